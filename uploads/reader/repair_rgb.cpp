#include "uploads/reader/repair_rgb.hpp"

#include <fmt/format.h>

#include <optional>
#include <qpdf/Pl_String.hh>
#include <set>

#include "uploads/reader/contents.hpp"
#include "uploads/reader/ink_maker.hpp"
#include "uploads/reader/operations.hpp"
#include "uploads/reader/pdf_values.hpp"

namespace pli::uploads::reader {
namespace {

/// An RGB colour space: its profile, or null for one without.
using RgbSpace = std::optional<QPDFObjectHandle>;

RgbSpace rgb_space(QPDFObjectHandle space) {
    const auto parts = items_of(space);
    const auto kind = space.isName() ? space : parts.empty() ? QPDFObjectHandle::newNull() : parts[0];
    if (!is_name(kind)) return std::nullopt;
    const std::string name = QPDFObjectHandle(kind).getName();
    if (name == "/DeviceRGB" || name == "/RGB" || name == "/CalRGB") return QPDFObjectHandle::newNull();
    if (name == "/ICCBased" && parts.size() > 1 && number_in(parts[1], "/N", 0) == 3) return parts[1];
    return std::nullopt;
}

/// A device space means what the resources say it does.
RgbSpace meant_by(QPDFObjectHandle space, const QPDFObjectHandle& resources) {
    auto known = rgb_space(space);
    const auto spaces = entry(resources, "/ColorSpace");
    if (known && space.isName() && is_dictionary(spaces))
        if (const auto meaning = rgb_space(entry(spaces, "/DefaultRGB"))) return meaning;
    return known;
}

struct Counts {
    int colours = 0, pictures = 0, left = 0;
};

/// One piece of content, its colour operators in RGB replaced.
class Inking {
public:
    Inking(const Content& content, InkMaker& maker, Counts& counts)
        : resources_(content.resources), maker_(maker), counts_(counts) {}

    std::string run(const std::string& operators) {
        OperationReader reader(operators);
        for (Operation operation; reader.next(operation);)
            if (!replaced(operation)) result_ += reader.written(operation);
        return std::move(result_);
    }

private:
    struct Side {
        bool rgb = false;
        QPDFObjectHandle profile = QPDFObjectHandle::newNull();
    };
    struct Sides {
        Side fill, stroke;
    };

    bool replaced(const Operation& operation) {
        const std::string_view name = operation.name;
        if (name == "q") saved_.push_back(sides_);
        if (name == "Q" && !saved_.empty()) {
            sides_ = saved_.back();
            saved_.pop_back();
        }
        if (name == "rg" || name == "RG") return device_colour(operation, name == "RG");
        if (name == "g" || name == "k") sides_.fill = {};
        if (name == "G" || name == "K") sides_.stroke = {};
        if (name == "cs" || name == "CS") return space(operation, name == "CS");
        if (name == "sc" || name == "scn" || name == "SC" || name == "SCN") return colour(operation, name[0] == 'S');
        return false;
    }
    bool device_colour(const Operation& operation, bool stroke) {
        const auto meaning = meant_by(QPDFObjectHandle::newName("/DeviceRGB"), resources_);
        (stroke ? sides_.stroke : sides_.fill) = {};
        return set(operation, stroke, *meaning);
    }
    bool space(const Operation& operation, bool stroke) {
        Side& side = stroke ? sides_.stroke : sides_.fill;
        side = {};
        if (operation.operands.empty()) return false;
        const std::string name = "/" + content::decoded_name(operation.operands.back().text);
        const auto spaces = entry(resources_, "/ColorSpace");
        const auto named = is_dictionary(spaces) ? QPDFObjectHandle(spaces).getKey(name) : QPDFObjectHandle::newNull();
        const auto known =
            meant_by(QPDFObjectHandle(named).isNull() ? QPDFObjectHandle::newName(name) : named, resources_);
        if (!known) return false;
        side = {true, *known};
        result_ += stroke ? "\n0 0 0 1 K" : "\n0 0 0 1 k";  // its first colour is black
        ++counts_.colours;
        return true;
    }
    bool colour(const Operation& operation, bool stroke) {
        const Side& side = stroke ? sides_.stroke : sides_.fill;
        return side.rgb && set(operation, stroke, side.profile);
    }
    bool set(const Operation& operation, bool stroke, const QPDFObjectHandle& profile) {
        if (operation.size() != 3) return false;
        const Inks inks = maker_.inks_of({operation.number(0), operation.number(1), operation.number(2)}, profile);
        result_ +=
            fmt::format("\n{:.4g} {:.4g} {:.4g} {:.4g} {}", inks[0], inks[1], inks[2], inks[3], stroke ? "K" : "k");
        ++counts_.colours;
        return true;
    }

    QPDFObjectHandle resources_;
    InkMaker& maker_;
    Counts& counts_;
    Sides sides_;
    std::vector<Sides> saved_;
    std::string result_;
};

QPDFObjectHandle cmyk() { return QPDFObjectHandle::newName("/DeviceCMYK"); }

/// Whole pixels of three bytes; nothing where they cannot be had.
std::optional<std::string> pixels_of(QPDFObjectHandle image) {
    const double columns = number_in(image, "/Width", 0), rows = number_in(image, "/Height", 0);
    if (number_in(image, "/BitsPerComponent", 0) != 8 || columns < 1 || rows < 1 || columns * rows > 1e8)
        return std::nullopt;
    if (!items_in(image, "/Decode").empty() || !items_in(image, "/Mask").empty()) return std::nullopt;
    if (QPDFObjectHandle mask = entry(image, "/SMask"); is_dictionary(mask) && !items_in(mask, "/Matte").empty())
        return std::nullopt;
    std::string pixels;
    Pl_String sink("pixels", nullptr, pixels);
    bool decoded = false;
    if (!image.pipeStreamData(&sink, &decoded, 0, qpdf_dl_all, true, false) || !decoded) return std::nullopt;
    const auto wanted = static_cast<std::size_t>(columns * rows) * 3;
    if (pixels.size() < wanted) return std::nullopt;
    pixels.resize(wanted);
    return pixels;
}

/// A table of RGB colours becomes a table of inks; the pixels that point into it stay.
bool convert_palette(QPDFObjectHandle image, const QPDFObjectHandle& resources, InkMaker& maker) {
    auto parts = items_in(image, "/ColorSpace");
    if (parts.size() < 4 || !is_name(parts[0])) return false;
    const auto base = meant_by(parts[1], resources);
    if (!base) return false;
    std::string colours = parts[3].isString() ? parts[3].getStringValue() : decoded_bytes(parts[3]);
    colours.resize(colours.size() / 3 * 3);
    image.getDict().replaceKey(
        "/ColorSpace", QPDFObjectHandle::newArray({parts[0], cmyk(), parts[2],
                                                   QPDFObjectHandle::newString(maker.inks_of_pixels(colours, *base))}));
    return true;
}

void convert_picture(QPDFObjectHandle image, const QPDFObjectHandle& resources, InkMaker& maker, Counts& counts) {
    if (convert_palette(image, resources, maker)) {
        ++counts.pictures;
        return;
    }
    const auto space = meant_by(entry(image, "/ColorSpace"), resources);
    if (!space) return;
    const auto pixels = pixels_of(image);
    if (!pixels) {
        ++counts.left;
        return;
    }
    image.replaceStreamData(maker.inks_of_pixels(*pixels, *space), QPDFObjectHandle::newNull(),
                            QPDFObjectHandle::newNull());
    image.getDict().replaceKey("/ColorSpace", cmyk());
    ++counts.pictures;
}

void convert_pictures(const Content& content, InkMaker& maker, std::set<QPDFObjGen>& seen, Counts& counts) {
    auto objects = entry(content.resources, "/XObject");
    if (!objects.isDictionary()) return;
    for (auto& [name, object] : objects.getDictAsMap())
        if (is_stream(object) && name_in(object, "/Subtype") == "/Image" && seen.insert(object.getObjGen()).second)
            convert_picture(object, content.resources, maker, counts);
}

int rgb_shadings(const Content& content) {
    int count = 0;
    auto shadings = entry(content.resources, "/Shading");
    if (shadings.isDictionary())
        for (auto& [name, shading] : shadings.getDictAsMap())
            if (rgb_space(entry(shading, "/ColorSpace"))) ++count;
    auto patterns = entry(content.resources, "/Pattern");
    if (patterns.isDictionary())
        for (auto& [name, pattern] : patterns.getDictAsMap())
            if (rgb_space(entry(entry(pattern, "/Shading"), "/ColorSpace"))) ++count;
    return count;
}

/// Blending in RGB would send the inks there and back.
void drop_rgb_blending(QPDFObjectHandle holder) {
    auto group = entry(holder, "/Group");
    if (is_dictionary(group) && rgb_space(entry(group, "/CS"))) group.removeKey("/CS");
}

int tag_all(QPDF& pdf) {
    auto profile = QPDFObjectHandle::newStream(&pdf, srgb_profile());
    profile.getDict().replaceKey("/N", QPDFObjectHandle::newInteger(3));
    const auto space =
        pdf.makeIndirectObject(QPDFObjectHandle::newArray({QPDFObjectHandle::newName("/ICCBased"), profile}));
    int tagged = 0;
    for (const Content& content : contents_of(pdf)) {
        QPDFObjectHandle resources = content.resources;
        auto spaces = resources.getKey("/ColorSpace");
        if (!spaces.isDictionary())
            spaces = resources.replaceKeyAndGetNew("/ColorSpace", QPDFObjectHandle::newDictionary());
        if (spaces.hasKey("/DefaultRGB")) continue;
        spaces.replaceKey("/DefaultRGB", space);
        ++tagged;
    }
    return tagged;
}

}  // namespace

void tag_rgb(const RepairDesk& desk) {
    if (tag_all(desk.pdf) > 0) desk.tell(TagRgb{}, 0, "RGB without a profile is marked as sRGB");
}

Done convert_rgb(const RepairDesk& desk) {
    InkMaker maker = TRY(InkMaker::open(desk.press_profile));
    Counts counts;
    std::set<QPDFObjGen> seen;
    for (const Content& content : contents_of(desk.pdf)) {
        const int before = counts.colours;
        const std::string inked = Inking(content, maker, counts).run(content.operators());
        if (counts.colours != before) content.replace(inked);
        convert_pictures(content, maker, seen, counts);
        drop_rgb_blending(content.holder);
        counts.left += rgb_shadings(content);
    }
    if (counts.colours + counts.pictures > 0)
        desk.tell(ConvertRgb{}, 0,
                  fmt::format("{} colours of text and paths and {} pictures became inks of the press, neutral text and "
                              "paths black alone",
                              counts.colours, counts.pictures));
    if (counts.left == 0) return {};
    tag_all(desk.pdf);
    desk.tell(ConvertRgb{}, 0, fmt::format("{} shadings or pictures stay RGB and are marked as sRGB", counts.left));
    return {};
}

}  // namespace pli::uploads::reader
