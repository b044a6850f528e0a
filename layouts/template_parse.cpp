#include "layouts/template_parse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace pli::layouts {
namespace {

std::uint16_t thousandths(double part) { return static_cast<std::uint16_t>(std::lround(part * 1000)); }

std::optional<double> ink_part(ObjectReader& reader, std::string_view key) {
    const auto part = reader.number(key);
    if (part && (*part < 0 || *part > 1)) {
        reader.findings().error("ink-range", reader.pointer(key), "an ink goes from 0 (none) to 1 (full)");
        return {};
    }
    return part;
}

/// [c, m, y, k], each from 0 to 1.
std::optional<Colour> read_cmyk(ObjectReader& reader) {
    const auto parts = reader.list("cmyk");
    if (parts.empty()) return {};
    Colour colour{Colour::Space::Cmyk, {}, 0};
    for (std::size_t i = 0; i < parts.size() && i < 4; ++i) {
        const auto& value = reader.value().at("cmyk").at(i);
        const double part = value.is_number() ? value.get<double>() : -1;
        if (part < 0 || part > 1) {
            reader.findings().error("ink-range", parts[i], "an ink goes from 0 (none) to 1 (full)");
            return {};
        }
        colour.parts[i] = thousandths(part);
    }
    if (parts.size() == 4) return colour;
    reader.findings().error("ink-range", reader.pointer("cmyk"), "\"cmyk\" takes four numbers: [c, m, y, k]");
    return {};
}

ColourSpec read_colour(ObjectReader reader) {
    ColourSpec colour;
    const auto cmyk = read_cmyk(reader);
    const auto black = ink_part(reader, "k");
    const auto tint = ink_part(reader, "tint");
    if (const auto spot = reader.text("spot")) {
        colour.spot = *spot;
        colour.alternate = cmyk.value_or(Colour::cmyk(0, 0, 0, 1000));
        colour.ink = {Colour::Space::Spot, {thousandths(tint.value_or(1)), 0, 0, 0}, 0};
        if (*spot == "All" || *spot == "None")
            reader.findings().error("reserved-spot", reader.pointer("spot"),
                                    fmt::format("PDF keeps the ink name \"{}\" for itself", *spot));
        if (!cmyk) reader.missing("cmyk", "the spot colour's look on screen and proof as [c, m, y, k]");
    } else if (cmyk) {
        colour.ink = *cmyk;
    } else if (black) {
        colour.ink = Colour::grey(thousandths(*black));
    } else {
        reader.missing("cmyk", R"("cmyk": [c, m, y, k], "k": ink or "spot": name)");
    }
    reader.finish();
    return colour;
}

/// Names of the sample are known fields; nested objects are flattened with dots, as letters bring them.
void sample_names(const nlohmann::json& value, const std::string& path, std::vector<std::string>& names) {
    for (const auto& [key, member] : value.items()) {
        const std::string name = path.empty() ? key : path + "." + key;
        if (member.is_object()) sample_names(member, name, names);
        if (!member.is_object()) names.push_back(name);
    }
}

void read_fields(ObjectReader& top, Design& design) {
    design.declares_fields = top.has("fields") || top.has("sample");
    for (const auto& pointer : top.list("fields")) {
        const auto& name = top.findings().source().value().at(nlohmann::json::json_pointer(pointer));
        if (name.is_string()) design.fields.push_back(name.get<std::string>());
        if (!name.is_string()) top.findings().error("wrong-kind", pointer, "a field's name must be text in quotes");
    }
    if (top.object("sample")) sample_names(top.value().at("sample"), "", design.fields);
}

/// A sheet in front is for the address of an upload; before a letterhead it would be the letterhead.
void read_repairs(ObjectReader& top, Design& design) {
    for (const auto& pointer : top.list("repair")) {
        const auto& words = top.findings().source().value().at(nlohmann::json::json_pointer(pointer));
        if (!words.is_string()) {
            top.findings().error("wrong-kind", pointer, "a repair must be text in quotes");
            continue;
        }
        design.repairs.push_back(words.get<std::string>());
        if (design.kind == TemplateKind::Document && design.repairs.back().starts_with("cover-page"))
            top.findings().error("repair", pointer, "a letterhead takes no cover page", "leave it out");
    }
}

/// "inserts": the feeders that add something to each envelope.
void read_inserts(ObjectReader& top, Design& design) {
    constexpr int most = 8;
    for (const auto& pointer : top.list("inserts")) {
        const auto& feeder = top.findings().source().value().at(nlohmann::json::json_pointer(pointer));
        const int number = feeder.is_number_integer() ? feeder.get<int>() : 0;
        if (number < 1 || number > most)
            top.findings().error("inserts", pointer, fmt::format("expected the number of a feeder, 1 to {}", most));
        else
            design.inserts = static_cast<std::uint8_t>(design.inserts | 1u << (number - 1));
    }
}

void read_styles(ObjectReader& top, Design& design) {
    if (auto style = top.object("style")) {
        design.base = read_type(*style);
        style->finish();
    }
    for (const auto& [name, pointer] : top.members("styles")) {
        ObjectReader style(top.findings(), pointer);
        design.styles[name] = read_type(style);
        style.finish();
    }
    for (const auto& [name, pointer] : top.members("colours"))
        design.colours[name] = read_colour(ObjectReader(top.findings(), pointer));
}

std::optional<Placement> read_box(ObjectReader& top, std::string_view key) {
    auto reader = top.object(key);
    if (!reader) return {};
    const auto box = read_placement(*reader);
    if (box.x && box.y && box.width && box.height) return box;
    top.findings().error("missing-key", top.pointer(key), "a box takes \"x\", \"y\", \"w\" and \"h\" in mm");
    return {};
}

void read_return_line(ObjectReader& top, Design& design) {
    const auto text = top.text("return_line");
    if (!text) return;
    BlockSpec block;
    block.pointer = top.pointer("return_line");
    block.content = ReturnLineSpec{{*text, false, block.pointer}};
    design.return_line = block;
}

/// "back": what the back of a sheet has instead of the letter's text.
void read_back(ObjectReader& top, Design& design) {
    const auto use = top.choice("backs", {"print", "leave"});
    design.leaves_backs = use == 1;
    auto reader = top.object("back");
    if (!reader) return;
    BackSpec& back = design.back.emplace();
    back.pointer = top.pointer("back");
    back.file = reader->text("pdf").value_or("");
    back.fixed = read_blocks(*reader, "fixed");
    back.body = read_blocks(*reader, "body");
    back.body_box = read_box(*reader, "body_box");
    back.every_sheet = reader->choice("sheets", {"first", "every"}) == 1;
    reader->finish();
    if (use == 0)
        top.findings().error("backs", top.pointer("backs"), R"("backs": "print" has no room for a "back")",
                             "leave out one of the two");
    if (design.sides == Sides::Simplex)
        top.findings().error("backs", back.pointer, "a letter with a back is printed on both sides",
                             R"(set "sides": "duplex")");
    design.leaves_backs = true;
}

void read_limits(ObjectReader& top, Design& design) {
    design.max_pages = top.whole("max_pages", 1, 200).value_or(20);
    design.max_sheets = top.whole("max_sheets", 1, 200);
    design.overflow = static_cast<Overflow>(top.choice("overflow", {"flow", "shrink", "reject"}).value_or(0));
    if (design.overflow == Overflow::Reject) design.max_pages = 1;
    design.shrink_to = read_share(top, "shrink_to").value_or(design.shrink_to);
}

/// Of text in the PDFs a template brings.
void read_filling(ObjectReader& top, Design& design) {
    design.fills_placeholders = top.choice("placeholders", {"fill", "keep"}).value_or(0) == 0;
}

void read_document(ObjectReader& top, Design& design) {
    design.letterhead = top.text("letterhead").value_or("");
    read_filling(top, design);
    read_return_line(top, design);
    design.address = read_address(top, "address");
    design.fixed = read_blocks(top, "fixed");
    design.body = read_blocks(top, "body");
    design.footer = read_blocks(top, "footer");
    design.body_box = read_box(top, "body_box");
    design.marks = top.flag("marks").value_or(true);
    read_limits(top, design);
    read_back(top, design);
    if (auto next = top.object("next")) {
        design.next = read_blocks(*next, "fixed");
        design.next_box = read_box(*next, "body_box");
        next->finish();
    }
}

void read_pdf(ObjectReader& top, Design& design) {
    design.file = top.text("file").value_or("");
    if (design.file.empty()) top.missing("file", "the PDF's name, relative to the template");
    read_filling(top, design);
    design.stamps = read_blocks(top, "stamps");
}

}  // namespace

TypeSpec TypeSpec::over(const TypeSpec& below) const {
    TypeSpec result = *this;
    const auto fill = [](auto& mine, const auto& theirs) {
        if (!mine) mine = theirs;
    };
    // A new size without a leading takes its own leading, not that of the larger or smaller type below it.
    if (!result.size) fill(result.leading, below.leading);
    fill(result.font, below.font);
    fill(result.colour, below.colour);
    fill(result.size, below.size);
    fill(result.gap, below.gap);
    // Bold and a weight say the same: the nearer of the two is meant.
    const bool own_weight = wishes.weight.has_value(), own_bold = bold.has_value();
    if (!own_weight) fill(result.bold, below.bold);
    result.wishes.fill_from(below.wishes);
    if (own_bold && !own_weight) result.wishes.weight.reset();
    fill(result.italic, below.italic);
    fill(result.underline, below.underline);
    fill(result.align, below.align);
    fill(result.widows, below.widows);
    fill(result.orphans, below.orphans);
    fill(result.keep_next, below.keep_next);
    fill(result.keep_together, below.keep_together);
    fill(result.tabs, below.tabs);
    fill(result.breaking, below.breaking);
    fill(result.hyphenate, below.hyphenate);
    fill(result.max_hyphens, below.max_hyphens);
    fill(result.hang, below.hang);
    fill(result.locale, below.locale);
    if (result.pointer.empty()) result.pointer = below.pointer;
    return result;
}

Design read_design(FindingList& findings) {
    ObjectReader top(findings, "");
    Design design;
    top.has("$schema");
    top.has("about");
    design.kind = static_cast<TemplateKind>(top.choice("kind", {"document", "pdf"}).value_or(0));
    design.profile = top.text("profile").value_or("");
    if (!top.has("profile")) top.missing("profile", R"(the window profile, such as "DIN5008-B" or "NF-right")");
    design.locale = top.text("locale").value_or("en");
    design.paper = top.text("paper").value_or("A4-80");
    design.sides = static_cast<Sides>(top.choice("sides", {"simplex", "duplex"}).value_or(0));
    design.sheet_code = top.flag("sheet_code").value_or(true);
    read_inserts(top, design);
    read_fields(top, design);
    read_styles(top, design);
    read_repairs(top, design);
    if (design.kind == TemplateKind::Document) read_document(top, design);
    if (design.kind == TemplateKind::Pdf) read_pdf(top, design);
    top.finish();
    return design;
}

}  // namespace pli::layouts
