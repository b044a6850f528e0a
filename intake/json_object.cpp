#include "intake/json_object.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace pli::intake {
namespace {

using nlohmann::json;

constexpr int deepest = 64;

Error broken(std::size_t byte, std::string message) {
    return {Fault::BadInput, fmt::format("byte {}", byte), std::move(message), "each line holds one JSON object"};
}

/// Takes the parser's events as they come: no tree is built. Within a list the text is written out again.
class Flattener : public nlohmann::json_sax<json> {
public:
    explicit Flattener(JsonObject& object) : object_(object) { object_.count = 0; }
    Error error;

    bool null() override { return scalar("null", ""); }
    bool boolean(bool value) override { return scalar(value ? "true" : "false"); }
    bool number_integer(number_integer_t value) override { return scalar(fmt::format("{}", value)); }
    bool number_unsigned(number_unsigned_t value) override { return scalar(fmt::format("{}", value)); }
    bool number_float(number_float_t, const string_t& written) override { return scalar(written); }
    bool string(string_t& value) override {
        if (list_depth_ == 0) return scalar({}, value);
        return scalar(json(value).dump(), value);
    }
    bool binary(binary_t&) override { return false; }  // not in text

    bool start_object(std::size_t) override {
        if (!deeper()) return false;
        if (list_depth_ > 0) return open('{');
        prefix_ends_.push_back(prefix_.size());
        if (depth_ > 1) prefix_ = name_ + ".";
        return true;
    }
    bool key(string_t& name) override {
        if (list_depth_ == 0) {
            name_ = prefix_ + name;
            return true;
        }
        comma();
        list() += json(name).dump() + ":";
        after_key_ = true;
        return true;
    }
    bool end_object() override {
        --depth_;
        if (list_depth_ > 0) return close('}');
        prefix_.resize(prefix_ends_.back());
        prefix_ends_.pop_back();
        return true;
    }
    bool start_array(std::size_t) override {
        if (depth_ == 0) return refuse("a list, expected an object");
        if (!deeper()) return false;
        if (list_depth_ == 0) add("", true);
        return open('[');
    }
    bool end_array() override {
        --depth_;
        return close(']');
    }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& why) override {
        const std::string text = why.what();
        const auto cause = text.find(": ");  // "[json.exception…] parse error at line 1, column 9: cause"
        error = broken(position, "is not JSON: " + (cause == std::string::npos ? text : text.substr(cause + 2)));
        return false;
    }

private:
    bool refuse(std::string message) {
        error = broken(1, std::move(message));
        return false;
    }
    bool deeper() { return ++depth_ <= deepest || refuse(fmt::format("nested deeper than {} levels", deepest)); }
    std::string& list() { return object_.members[object_.count - 1].text; }

    void add(std::string_view text, bool is_list) {
        if (object_.count == object_.members.size()) object_.members.emplace_back();
        auto& member = object_.members[object_.count++];
        member.name = name_;
        member.text = text;
        member.list = is_list;
    }
    /// `json` as it stands in a list; `plain` as the value of a field, where it differs.
    bool scalar(std::string_view as_json, std::string_view plain) {
        if (depth_ == 0) return refuse("a single value, expected an object");
        if (list_depth_ == 0) {
            add(plain, false);
            return true;
        }
        comma();
        list() += as_json;
        return true;
    }
    bool scalar(std::string_view both) { return scalar(both, both); }

    void comma() {
        const auto last = list().empty() ? '[' : list().back();
        if (!after_key_ && last != '[' && last != '{') list() += ',';
        after_key_ = false;
    }
    bool open(char bracket) {
        if (list_depth_ > 0) comma();
        ++list_depth_;
        list() += bracket;
        return true;
    }
    bool close(char bracket) {
        --list_depth_;
        list() += bracket;
        return true;
    }

    JsonObject& object_;
    std::string prefix_, name_;
    std::vector<std::size_t> prefix_ends_;
    int depth_ = 0, list_depth_ = 0;
    bool after_key_ = false;
};

}  // namespace

Done read_json_object(std::string_view line, JsonObject& object) {
    Flattener flattener(object);
    if (json::sax_parse(line.begin(), line.end(), &flattener)) return {};
    return tl::unexpected(flattener.error);
}

}  // namespace pli::intake
