#include "http/letter_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "intake/column_names.hpp"

namespace pli::http {
namespace {

using intake::JsonObject;
using intake::Part;

/// "/recipient/street" of "recipient.street".
std::string pointer_to(std::string_view member) {
    std::string pointer = "/";
    for (const char c : member) pointer += c == '.' ? '/' : c;
    return pointer;
}

tl::unexpected<Error> wrong(std::string_view member, std::string message, std::string remedy = {}) {
    return failure(Fault::BadInput, pointer_to(member), std::move(message), std::move(remedy));
}

// Shapes: letters come in kinds, and those of a kind have the same members

struct Shape {
    intake::Columns columns;
    std::vector<std::size_t> member_of;  // by column
    Done checked;
};

bool is_control(std::string_view name) {
    constexpr std::array<std::string_view, 8> controls{"template",  "key",  "locale", "not_before",
                                                       "not_after", "hold", "test",   "priority"};
    return std::ranges::find(controls, name) != controls.end();
}

void add_column(Shape& shape, std::size_t member, const std::string& header, std::optional<Part> part) {
    if (part) shape.columns.column_of[static_cast<std::size_t>(*part)] = static_cast<int>(shape.columns.headers.size());
    shape.columns.headers.push_back(header);
    shape.member_of.push_back(member);
}

Done add_member(Shape& shape, FieldNames& fields, std::size_t index, const JsonObject::Member& member) {
    const std::string& name = member.name;
    if (name.starts_with("data.")) {
        add_column(shape, index, name, std::nullopt);
        shape.columns.field_of.push_back(static_cast<int>(fields.names.size()));
        fields.names.push_back(name.substr(5));
        return {};
    }
    if (name.starts_with("recipient.")) {
        const auto part = intake::part_named(std::string_view(name).substr(10));
        if (!part || *part == Part::Key || *part == Part::Locale)
            return wrong(name, "is no part of an address", "put it into \"data\" if a template is to print it");
        if (member.list && *part != Part::Lines) return wrong(name, "is a list, expected a text");
        add_column(shape, index, name, part);
        shape.columns.field_of.push_back(-1);
        return {};
    }
    if (name == "recipient" || name == "data") return wrong(name, "is not an object");
    if (!is_control(name)) return wrong(name, "is not known", "see the schema Letter in /v2/openapi.json");
    if (member.list) return wrong(name, "is a list, expected a single value");
    if (name != "key" && name != "locale") return {};
    add_column(shape, index, name, name == "key" ? Part::Key : Part::Locale);
    shape.columns.field_of.push_back(-1);
    return {};
}

std::shared_ptr<const Shape> shape_of(const JsonObject& object) {
    auto shape = std::make_shared<Shape>();
    auto fields = std::make_shared<FieldNames>();
    shape->columns.column_of.fill(-1);
    for (std::size_t i = 0; i < object.count && shape->checked; ++i)
        shape->checked = add_member(*shape, *fields, i, object.members[i]);
    shape->columns.fields = std::move(fields);
    return shape;
}

std::shared_ptr<const Shape> known_shape(const JsonObject& object) {
    constexpr std::size_t most = 1000;  // a client may invent members for ever
    thread_local std::unordered_map<std::string, std::shared_ptr<const Shape>> known;
    thread_local std::string name;
    name.clear();
    for (std::size_t i = 0; i < object.count; ++i) {
        name += object.members[i].name;
        name += object.members[i].list ? '\1' : '\0';
    }
    if (const auto found = known.find(name); found != known.end()) return found->second;
    if (known.size() >= most) known.clear();
    return known.emplace(name, shape_of(object)).first->second;
}

// One letter

const JsonObject::Member* member_named(const JsonObject& object, std::string_view name) {
    for (std::size_t i = 0; i < object.count; ++i)
        if (object.members[i].name == name) return &object.members[i];
    return nullptr;
}

Result<bool> flag(const JsonObject& object, std::string_view name) {
    const auto* member = member_named(object, name);
    if (member == nullptr || member->text == "false" || member->text.empty()) return false;
    if (member->text == "true") return true;
    return wrong(name, fmt::format("\"{}\" is neither true nor false", member->text.substr(0, 40)));
}

Result<Day> day(const JsonObject& object, std::string_view name) {
    const auto* member = member_named(object, name);
    if (member == nullptr || member->text.empty()) return Day{};
    auto parsed = Day::parse(member->text);
    if (!parsed) return wrong(name, parsed.error().message, "write it as YYYY-MM-DD");
    return parsed;
}

Result<std::uint8_t> priority(const JsonObject& object) {
    const auto* member = member_named(object, "priority");
    if (member == nullptr || member->text.empty()) return jobs::usual_priority;
    const char digit = member->text.front();
    if (member->text.size() == 1 && digit >= '0' && digit <= '0' + jobs::highest_priority)
        return static_cast<std::uint8_t>(digit - '0');
    return wrong("priority", "is not a whole number from 0 to 9", "9 goes before 0; 5 is usual");
}

/// An address given as a list of lines is kept as they are printed: one below the other.
Done join_lines(PreparedLetter& prepared) {
    const auto column = prepared.columns->of(Part::Lines);
    if (column < 0) return {};
    auto& value = prepared.row.values[static_cast<std::size_t>(column)];
    if (value.kind != FieldKind::List) return {};
    for (const auto& line : nlohmann::json::parse(value.text)) {
        if (!line.is_string()) return wrong("recipient.lines", "holds something that is not a text");
        if (!prepared.lines.empty()) prepared.lines += '\n';
        prepared.lines += line.get<std::string>();
    }
    value = {prepared.lines, FieldKind::Text};
    return {};
}

Done fill_row(PreparedLetter& prepared, const Shape& shape) {
    for (const auto index : shape.member_of) {
        const auto& member = prepared.object.members[index];
        prepared.row.values.push_back({member.text, member.list ? FieldKind::List : FieldKind::Text});
    }
    return join_lines(prepared);
}

Done build(PreparedLetter& prepared, const LetterRules& rules) {
    intake::Options options;
    options.template_name = prepared.template_name;
    options.home_country = rules.home_country;
    prepared.builder.emplace("", std::move(options));
    const auto built = prepared.builder->build(prepared.row, *prepared.columns, prepared.letter);
    if (built) return {};
    const auto& refused = built.error();
    return wrong(refused.column.empty() ? "recipient" : refused.column, refused.error.message, refused.error.remedy);
}

Done set_controls(PreparedLetter& prepared, const LetterRules& rules) {
    auto& letter = prepared.letter;
    letter.template_name = prepared.template_name;
    letter.due = TRY(day(prepared.object, "not_before"));
    letter.deadline = TRY(day(prepared.object, "not_after"));
    letter.priority = TRY(priority(prepared.object));
    letter.held = TRY(flag(prepared.object, "hold"));
    letter.test = TRY(flag(prepared.object, "test")) || rules.test;
    const auto* locale = member_named(prepared.object, "locale");
    if (locale != nullptr && !locale->text.empty() && letter.locale.empty())
        return wrong("locale", fmt::format("\"{}\" is no locale", locale->text.substr(0, 40)), "for example fr-CH");
    return {};
}

void choose_key(PreparedLetter& prepared, std::size_t index, const LetterRules& rules) {
    const auto* own = member_named(prepared.object, "key");
    prepared.key_of_request = !rules.idempotency_key.empty() && (own == nullptr || own->text.empty());
    if (prepared.key_of_request) {
        prepared.key = fmt::format("idempotency-key {} {}", rules.idempotency_key, index);
        prepared.letter.key = prepared.key;
    }
    if (prepared.letter.test) {  // a test and the letter it tried out are two letters
        prepared.key = fmt::format("test {}", prepared.letter.key);
        prepared.letter.key = prepared.key;
    }
}

// The body

constexpr std::string_view blanks = " \t\r\n";

/// Walks over JSON without reading it: where an item ends that begins at `from`.
class Walk {
public:
    explicit Walk(std::string_view text) : text_(text) {}
    /// The byte behind the value; npos where it does not end.
    std::size_t behind_value(std::size_t from) const {
        int depth = 0;
        for (auto at = from; at < text_.size(); ++at) {
            const char c = text_[at];
            if (c == '"') {
                at = end_of_string(at);
                if (at == std::string_view::npos) return at;
            } else if (c == '{' || c == '[') {
                ++depth;
            } else if ((c == '}' || c == ']') && --depth <= 0) {
                return depth < 0 ? at : at + 1;
            } else if (c == ',' && depth == 0) {
                return at;
            }
        }
        return depth == 0 ? text_.size() : std::string_view::npos;
    }

private:
    std::size_t end_of_string(std::size_t at) const {
        for (++at; at < text_.size(); ++at) {
            if (text_[at] == '\\')
                ++at;
            else if (text_[at] == '"')
                return at;
        }
        return std::string_view::npos;
    }
    std::string_view text_;
};

tl::unexpected<Error> broken(std::size_t byte, std::string message) {
    return failure(Fault::BadInput, fmt::format("byte {}", byte + 1), std::move(message),
                   "send a letter as a JSON object, or several as a list of them");
}

/// `at` stands behind the opening bracket.
Result<std::vector<std::string_view>> items_of_list(std::string_view body, std::size_t at, std::size_t most) {
    const Walk walk(body);
    std::vector<std::string_view> items;
    at = body.find_first_not_of(blanks, at);
    while (at != std::string_view::npos && body[at] != ']') {
        const auto end = walk.behind_value(at);
        if (end == std::string_view::npos || end >= body.size()) return broken(body.size(), "the list does not end");
        if (items.size() == most)
            return failure(Fault::BadInput, "", fmt::format("the list holds more than {} letters", most),
                           "send them in several requests");
        items.push_back(body.substr(at, end - at));
        at = body.find_first_not_of(blanks, end);
        if (at == std::string_view::npos || body[at] == ']') break;
        if (body[at] != ',') return broken(at, "a comma is missing between two letters");
        at = body.find_first_not_of(blanks, at + 1);
        if (at != std::string_view::npos && body[at] == ']') return broken(at, "a letter is missing behind the comma");
    }
    if (at == std::string_view::npos) return broken(body.size(), "the list does not end");
    if (const auto rest = body.find_first_not_of(blanks, at + 1); rest != std::string_view::npos)
        return broken(rest, "something stands behind the list");
    if (items.empty()) return broken(0, "the list is empty");
    return items;
}

}  // namespace

Result<std::vector<std::string_view>> items_of(std::string_view body, std::size_t most) {
    if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
    const auto start = body.find_first_not_of(blanks);
    if (start == std::string_view::npos) return broken(0, "the body is empty");
    if (body[start] == '[') return items_of_list(body, start + 1, most);
    return std::vector{body};
}

Result<std::unique_ptr<PreparedLetter>> read_letter(std::string_view item, std::size_t index,
                                                    const LetterRules& rules) {
    auto prepared = std::make_unique<PreparedLetter>();
    if (auto read = intake::read_json_object(item, prepared->object); !read) {
        read.error().remedy = "a letter is a JSON object";
        return tl::unexpected(read.error());
    }
    const auto shape = known_shape(prepared->object);
    TRY(Done(shape->checked));
    prepared->columns = std::shared_ptr<const intake::Columns>(shape, &shape->columns);
    const auto* wanted = member_named(prepared->object, "template");
    if (wanted == nullptr || wanted->text.empty()) return wrong("template", "is missing", "name a template");
    prepared->template_name = wanted->text;
    TRY(fill_row(*prepared, *shape));
    TRY(build(*prepared, rules));
    TRY(set_controls(*prepared, rules));
    choose_key(*prepared, index, rules);
    return prepared;
}

}  // namespace pli::http
