#include "layouts/template_parse.hpp"

namespace pli::layouts {
namespace {

constexpr std::size_t deepest = 4;

TextSpec text_at(ObjectReader& reader) {
    const bool html = reader.has("html");
    const std::string_view key = html ? "html" : "text";
    if (html && reader.has("text"))
        reader.findings().error("block-kind", reader.pointer("text"), R"(an item is either "text" or "html")");
    if (!html && !reader.has("text")) reader.missing("text", "what the item says");
    return {reader.text(key).value_or(""), html, reader.pointer(key)};
}

ListSpec read_level(ObjectReader& reader, std::size_t depth);

ListItemSpec read_item(FindingList& findings, const std::string& pointer, std::size_t depth) {
    const auto& value = findings.source().value().at(nlohmann::json::json_pointer(pointer));
    if (value.is_string()) return {{value.get<std::string>(), false, pointer}, {}};
    ObjectReader reader(findings, pointer);
    ListItemSpec item{text_at(reader), {}};
    if (reader.has("list") && depth + 1 < deepest) item.lists.push_back(read_level(reader, depth + 1));
    if (reader.has("list") && depth + 1 >= deepest)
        findings.error("list-depth", reader.pointer("list"), "a list has at most four levels");
    reader.finish();
    return item;
}

ListSpec read_level(ObjectReader& reader, std::size_t depth) {
    ListSpec list;
    list.ordered = reader.flag("ordered").value_or(false);
    list.start = reader.whole("start", 0, 9999).value_or(1);
    list.indent = reader.mm("indent");
    if (const auto marker = reader.text("marker")) list.marker = MarkerSpec{*marker, reader.pointer("marker")};
    for (const auto& item : reader.list("list")) list.items.push_back(read_item(reader.findings(), item, depth));
    if (list.items.empty()) reader.missing("list", "at least one item: a text, or an object with \"text\" or \"html\"");
    return list;
}

}  // namespace

ListSpec read_list(ObjectReader& reader) { return read_level(reader, 0); }

}  // namespace pli::layouts
