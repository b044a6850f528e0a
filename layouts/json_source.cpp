#include "layouts/json_source.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pli::layouts {
namespace {

constexpr int deepest = 100;

/// "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error while …" → from "syntax error" on.
std::string message_of(const nlohmann::json::exception& problem) {
    const std::string_view text = problem.what();
    const std::size_t colon = text.find(": ");
    return std::string(colon == text.npos ? text : text.substr(colon + 2));
}

/// How many bytes of decoded text an escape at `raw` stands for, and how long it is in the file.
struct Escape {
    std::size_t raw = 1, decoded = 1;
};
Escape escape_at(std::string_view raw) {
    if (raw[0] != '\\') return {};
    if (raw.size() < 6 || raw[1] != 'u') return {2, 1};
    const unsigned unit = static_cast<unsigned>(std::stoul(std::string(raw.substr(2, 4)), nullptr, 16));
    if (unit >= 0xD800 && unit < 0xDC00) return {12, 4};
    return {6, unit < 0x80 ? 1u : unit < 0x800 ? 2u : 3u};
}

}  // namespace

/// Walks over JSON that nlohmann has accepted and notes where everything stands: so it need not check anything twice.
class JsonScanner {
public:
    explicit JsonScanner(JsonSource& source) : source_(source), text_(source.text_) {}

    Done scan() {
        skip_space();
        source_.places_.emplace("", JsonSource::Place{at_, at_});
        return scan_value("", 0);
    }

private:
    void skip_space() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }

    std::string_view scan_string() {
        const std::size_t open = at_++;
        while (text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
        ++at_;
        return text_.substr(open, at_ - open);
    }

    Done scan_value(const std::string& pointer, int depth) {
        if (depth > deepest) {
            return failure(Fault::BadInput, source_.position(at_),
                           fmt::format("nested deeper than {} levels", deepest));
        }
        if (text_[at_] == '{') return scan_object(pointer, depth);
        if (text_[at_] == '[') return scan_array(pointer, depth);
        if (text_[at_] == '"') {
            scan_string();
        } else {
            at_ = std::min(text_.find_first_of(",]} \t\r\n", at_), text_.size());
        }
        return {};
    }

    /// Steps over the opening bracket or the comma; true while another member follows.
    bool next_member(char close) {
        ++at_;
        skip_space();
        if (text_[at_] != close) return true;
        ++at_;
        return false;
    }
    bool closes(char close) {
        skip_space();
        if (text_[at_] != close) return false;
        ++at_;
        return true;
    }

    Done scan_object(const std::string& pointer, int depth) {
        if (!next_member('}')) return {};
        for (;;) {
            const std::size_t key = at_;
            const std::string name = nlohmann::json::parse(scan_string()).get<std::string>();
            skip_space();
            ++at_;  // ':'
            skip_space();
            const std::string member = pointer_to(pointer, name);
            if (!source_.places_.emplace(member, JsonSource::Place{key, at_}).second) {
                return failure(Fault::BadInput, source_.position(key),
                               fmt::format("the key \"{}\" is there twice", name), "remove one of them");
            }
            TRY(scan_value(member, depth + 1));
            if (closes('}')) return {};
            next_member('}');
        }
    }

    Done scan_array(const std::string& pointer, int depth) {
        if (!next_member(']')) return {};
        for (std::size_t i = 0;; ++i) {
            const std::string member = pointer_to(pointer, i);
            source_.places_.emplace(member, JsonSource::Place{at_, at_});
            TRY(scan_value(member, depth + 1));
            if (closes(']')) return {};
            next_member(']');
        }
    }

    JsonSource& source_;
    std::string_view text_;
    std::size_t at_ = 0;
};

Result<JsonSource> JsonSource::parse(std::string name, std::string text) {
    JsonSource source;
    source.name_ = std::move(name);
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);  // no editor counts the byte order mark as a column
    source.text_ = std::move(text);
    try {
        source.value_ = nlohmann::json::parse(source.text_);
        TRY(JsonScanner(source).scan());
    } catch (const nlohmann::json::parse_error& problem) {
        const std::size_t offset = problem.byte == 0 ? 0 : problem.byte - 1;
        return failure(Fault::BadInput, source.position(offset), message_of(problem));
    } catch (const nlohmann::json::exception& problem) {  // a number out of range
        return failure(Fault::BadInput, source.name_, message_of(problem));
    }
    return source;
}

std::string JsonSource::position(std::size_t offset) const {
    const std::string_view before = std::string_view(text_).substr(0, offset);
    const std::size_t line_start = before.rfind('\n') == before.npos ? 0 : before.rfind('\n') + 1;
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::string_view in_line = before.substr(line_start);
    const auto column = std::count_if(in_line.begin(), in_line.end(), [](char c) { return (c & 0xC0) != 0x80; }) + 1;
    return fmt::format("{}:{}:{}", name_, line, column);
}

const JsonSource::Place& JsonSource::nearest(std::string_view pointer) const {
    for (;;) {
        if (const auto found = places_.find(std::string(pointer)); found != places_.end()) return found->second;
        const std::size_t slash = pointer.rfind('/');
        pointer = pointer.substr(0, slash == pointer.npos ? 0 : slash);
    }
}

std::string JsonSource::where(std::string_view pointer) const { return position(nearest(pointer).value); }

std::string JsonSource::where_key(std::string_view pointer) const { return position(nearest(pointer).key); }

std::string JsonSource::where_inside(std::string_view pointer, std::size_t offset) const {
    std::size_t at = nearest(pointer).value;
    if (at < text_.size() && text_[at] == '"') {
        ++at;
        for (std::size_t decoded = 0; decoded < offset && at < text_.size() && text_[at] != '"';) {
            const Escape step = escape_at(std::string_view(text_).substr(at));
            at += step.raw;
            decoded += step.decoded;
        }
    }
    return position(std::min(at, text_.size()));
}

Error JsonSource::error_at(std::string_view pointer, const TextFinding& finding) const {
    return {Fault::BadInput, where_inside(pointer, finding.offset), finding.message, finding.remedy};
}

std::string pointer_to(std::string_view parent, std::string_view key) {
    std::string pointer(parent);
    pointer += '/';
    for (const char c : key) {
        if (c == '~') {
            pointer += "~0";
        } else if (c == '/') {
            pointer += "~1";
        } else {
            pointer += c;
        }
    }
    return pointer;
}

std::string pointer_to(std::string_view parent, std::size_t index) { return fmt::format("{}/{}", parent, index); }

}  // namespace pli::layouts
