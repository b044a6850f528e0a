#include "uploads/message.hpp"

#include <algorithm>

#include "uploads/opinion_message.hpp"
#include "uploads/packing.hpp"
#include "uploads/sight_message.hpp"
#include "uploads/sound_object.hpp"
#include "uploads/survey_message.hpp"

namespace pli::uploads {

void each(auto& way, Any<Colour> auto& v) { way(v.space, v.parts, v.spot); }
void each(auto& way, Any<ForeignType> auto& v) {
    way(v.font, v.weight, v.serif, v.fixed_pitch, v.italic, v.size, v.colour, v.spot, v.alternate, v.colour_known);
}
void each(auto& way, Any<LinePart> auto& v) { way(v.placeholder, v.form, v.left, v.right, v.type); }
void each(auto& way, Any<SpotSeen> auto& v) { way(v.codes, v.words, v.ink); }
void each(auto& way, Any<FieldLine> auto& v) { way(v.align, v.kept, v.baseline, v.room_left, v.room_right, v.parts); }

namespace {

constexpr Length longest_side = 8000_mm;       // of a page; what the child takes ends at 7 m
constexpr std::uint32_t opening = 0x31494c50;  // "PLI1"
constexpr std::uint32_t ending = 0x21444e45;   // "END!": without it the child was stopped while it wrote

void put_body(std::string& out, const Error& error) {
    put(out, error.fault);
    put_text(out, error.where);
    put_text(out, error.message);
    put_text(out, error.remedy);
}
void put_body(std::string& out, const ImportedPages& imported) {
    put(out, std::uint64_t{imported.objects.size()});
    for (const ForeignObject& object : imported.objects) {
        put_text(out, object.bytes);
        put(out, std::uint64_t{object.references.size()});
        for (const auto& reference : object.references) {
            put(out, reference.offset);
            put(out, reference.object);
        }
    }
    put(out, std::uint64_t{imported.pages.size()});
    for (const PageForm& page : imported.pages) {
        put(out, page.size.width.nm());
        put(out, page.size.height.nm());
        put(out, page.form);
        Writing way(out);
        way(page.field_lines);
    }
    put(out, imported.srgb_space);
}
void put_body(std::string& out, const Raster& raster) {
    put(out, raster.columns);
    put(out, raster.rows);
    put_text(out, {reinterpret_cast<const char*>(raster.rgb.data()), raster.rgb.size()});
}

void put_body(std::string& out, const Survey& survey) { put_survey(out, survey); }
void put_body(std::string& out, const Repaired& repaired) {
    put_text(out, repaired.bytes);
    put(out, std::uint64_t{repaired.deeds.size()});
    for (const Deed& deed : repaired.deeds) {
        put_text(out, deed.repair);
        put(out, deed.page);
        put_text(out, deed.what);
    }
}
void put_body(std::string& out, const Sight& sight) { put_sight(out, sight); }
void put_body(std::string& out, const std::vector<Raster>& rasters) {
    put(out, std::uint64_t{rasters.size()});
    for (const Raster& raster : rasters) put_body(out, raster);
}
void put_body(std::string& out, const Opinion& opinion) { put_opinion(out, opinion); }
void put_body(std::string& out, const SpotsSeen& seen) {
    Writing way(out);
    way(seen.spots);
}

Error read_error(Reader& in) {
    Error error;
    error.fault = in.number<Fault>();
    in.refuse_unless(error.fault <= Fault::Environment);
    error.where = in.text();
    error.message = in.text();
    error.remedy = in.text();
    return error;
}

ForeignObject read_object(Reader& in, std::size_t object_count) {
    ForeignObject object;
    object.bytes = in.text();
    object.references.resize(in.count(8));
    std::uint32_t least = 0;
    for (auto& reference : object.references) {
        reference.offset = in.number<std::uint32_t>();
        reference.object = in.number<std::uint32_t>();
        in.refuse_unless(reference.offset >= least && reference.offset <= object.bytes.size());
        in.refuse_unless(reference.object < object_count);
        least = reference.offset;
    }
    in.refuse_unless(in.broken() || is_one_object(object));
    return object;
}

/// Whoever sets the line need not ask whether it has a part, a size or a form.
bool is_sound(const FieldLine& line, std::size_t object_count) {
    const auto sound = [&](const LinePart& part) {
        if (part.placeholder.empty()) return part.form < object_count;
        return part.type.size > Length{} && part.type.size < 1000_mm;
    };
    return !line.parts.empty() && std::ranges::all_of(line.parts, sound);
}

PageForm read_page(Reader& in, std::size_t object_count) {
    PageForm page;
    page.size.width = Length::nm(in.number<std::int64_t>());
    page.size.height = Length::nm(in.number<std::int64_t>());
    page.form = in.number<std::uint32_t>();
    const auto is_paper = [](Length side) { return side > Length{} && side <= longest_side; };
    in.refuse_unless(page.form < object_count && is_paper(page.size.width) && is_paper(page.size.height));
    Reading way(in);
    way(page.field_lines);
    for (const FieldLine& line : page.field_lines) in.refuse_unless(is_sound(line, object_count));
    return page;
}

ImportedPages read_pages(Reader& in) {
    ImportedPages imported;
    const std::size_t count = in.count(16);
    in.refuse_unless(count <= most_objects);
    imported.objects.resize(in.broken() ? 0 : count);
    for (auto& object : imported.objects) object = read_object(in, imported.objects.size());
    imported.pages.resize(in.count(20));
    for (auto& page : imported.pages) page = read_page(in, imported.objects.size());
    imported.srgb_space = in.number<std::uint32_t>();
    in.refuse_unless(imported.srgb_space == ForeignPage::none || imported.srgb_space < imported.objects.size());
    return imported;
}

Raster read_raster(Reader& in) {
    Raster raster;
    raster.columns = in.number<std::uint32_t>();
    raster.rows = in.number<std::uint32_t>();
    const std::string_view pixels = in.text();
    in.refuse_unless(pixels.size() == std::uint64_t{raster.columns} * raster.rows * 3);
    raster.rgb.assign(pixels.begin(), pixels.end());
    return raster;
}

Repaired read_repaired(Reader& in) {
    Repaired repaired;
    repaired.bytes = in.text();
    repaired.deeds.resize(in.count(20));
    for (Deed& deed : repaired.deeds) {
        deed.repair = in.text();
        deed.page = in.number<int>();
        deed.what = in.text();
    }
    return repaired;
}

std::vector<Raster> read_rasters(Reader& in) {
    std::vector<Raster> rasters(in.count(16));
    for (Raster& raster : rasters) raster = read_raster(in);
    return rasters;
}

SpotsSeen read_spots(Reader& in) {
    SpotsSeen seen;
    Reading way(in);
    way(seen.spots);
    for (const SpotSeen& spot : seen.spots) in.refuse_unless(spot.ink >= 0 && spot.ink <= 1);
    return seen;
}

Reply read_reply(Reader& in) {
    switch (in.number<std::uint8_t>()) {
        case 0: return read_error(in);
        case 1: return read_pages(in);
        case 2: return read_raster(in);
        case 3: return read_survey(in);
        case 4: return read_repaired(in);
        case 5: return read_sight(in);
        case 6: return read_rasters(in);
        case 7: return read_opinion(in);
        case 8: return read_spots(in);
        default: in.refuse_unless(false); return Error{};
    }
}

}  // namespace

std::string pack(const Reply& reply) {
    std::string out;
    put(out, opening);
    put(out, static_cast<std::uint8_t>(reply.index()));
    std::visit([&](const auto& body) { put_body(out, body); }, reply);
    put(out, ending);
    return out;
}

Result<Reply> unpack(std::string_view bytes) {
    Reader in(bytes);
    in.refuse_unless(in.number<std::uint32_t>() == opening);
    Reply reply = read_reply(in);
    in.refuse_unless(in.number<std::uint32_t>() == ending);
    if (in.broken() || !in.at_end()) return failure(Fault::BadInput, "", "the reader's answer is cut short or damaged");
    return reply;
}

}  // namespace pli::uploads
