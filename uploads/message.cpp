#include "uploads/message.hpp"

#include <cstring>
#include <type_traits>

namespace pli::uploads {
namespace {

constexpr std::uint32_t opening = 0x31494c50;  // "PLI1"
constexpr std::uint32_t ending = 0x21444e45;   // "END!": without it the child was stopped while it wrote

template <class Number>
void put(std::string& out, Number value) {
    static_assert(std::is_arithmetic_v<Number> || std::is_enum_v<Number>);
    char raw[sizeof value];
    std::memcpy(raw, &value, sizeof value);
    out.append(raw, sizeof value);
}
void put_text(std::string& out, std::string_view text) {
    put(out, std::uint64_t{text.size()});
    out.append(text);
}

void put_body(std::string& out, const Error& error) {
    put(out, error.fault);
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
    }
    put(out, imported.srgb_space);
}
void put_body(std::string& out, const Raster& raster) {
    put(out, raster.columns);
    put(out, raster.rows);
    put_text(out, {reinterpret_cast<const char*>(raster.rgb.data()), raster.rgb.size()});
}

/// Reads forward; once anything is missing, everything after is empty and `broken` stays set.
class Reader {
public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}

    template <class Number>
    Number number() {
        Number value{};
        const std::string_view raw = take(sizeof value);
        if (raw.size() == sizeof value) std::memcpy(&value, raw.data(), sizeof value);
        return value;
    }
    std::string_view text() { return take(number<std::uint64_t>()); }
    /// How many things follow that take at least `least` bytes each: a lie about the count cannot ask for memory.
    std::size_t count(std::size_t least) {
        const auto claimed = number<std::uint64_t>();
        if (claimed > rest_.size() / least) broken_ = true;
        return broken_ ? 0 : static_cast<std::size_t>(claimed);
    }
    bool broken() const { return broken_; }
    void refuse_unless(bool good) { broken_ = broken_ || !good; }
    bool at_end() const { return rest_.empty(); }

private:
    std::string_view take(std::uint64_t length) {
        if (length > rest_.size()) broken_ = true;
        if (broken_) return {};
        const auto taken = rest_.substr(0, static_cast<std::size_t>(length));
        rest_.remove_prefix(taken.size());
        return taken;
    }
    std::string_view rest_;
    bool broken_ = false;
};

Error read_error(Reader& in) {
    Error error;
    error.fault = in.number<Fault>();
    in.refuse_unless(error.fault <= Fault::Environment);
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
    return object;
}

PageForm read_page(Reader& in, std::size_t object_count) {
    PageForm page;
    page.size.width = Length::nm(in.number<std::int64_t>());
    page.size.height = Length::nm(in.number<std::int64_t>());
    page.form = in.number<std::uint32_t>();
    in.refuse_unless(page.form < object_count && page.size.width > Length{} && page.size.height > Length{});
    return page;
}

ImportedPages read_pages(Reader& in) {
    ImportedPages imported;
    imported.objects.resize(in.count(16));
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

Reply read_reply(Reader& in) {
    switch (in.number<std::uint8_t>()) {
        case 0: return read_error(in);
        case 1: return read_pages(in);
        case 2: return read_raster(in);
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
