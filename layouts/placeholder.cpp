#include "layouts/placeholder.hpp"

#include <fmt/format.h>

#include <array>

namespace pli::layouts {
namespace {

using Kind = Format::Kind;

struct FormatName {
    std::string_view name;
    Kind kind;
};
constexpr std::array format_names{
    FormatName{"upper", Kind::Upper},
    FormatName{"lower", Kind::Lower},
    FormatName{"title", Kind::Title},
    FormatName{"date", Kind::Date},
    FormatName{"number", Kind::Number},
    FormatName{"money", Kind::Money},
    FormatName{"money_minor", Kind::MoneyMinor},
};
constexpr std::array<std::string_view, 3> date_styles{"short", "medium", "long"};

std::string_view trimmed(std::string_view s) {
    const auto first = s.find_first_not_of(' ');
    if (first == s.npos) return {};
    return s.substr(first, s.find_last_not_of(' ') - first + 1);
}

/// Letters of any script, digits, '_', '-', single dots and blanks between them: what columns of real files are called.
bool is_path(std::string_view s) {
    char before = '.';
    for (const char c : s) {
        const bool plain =
            (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_' || (c & 0x80) != 0;
        if (!plain && c != '-' && c != '.' && c != ' ') return false;
        if (c == '.' && before == '.') return false;
        before = c;
    }
    return before != '.';
}

/// Reads one text from left to right; `at_` is always at the next byte to look at.
class PieceReader {
public:
    PieceReader(std::string_view text, std::vector<TextFinding>& findings) : text_(text), findings_(findings) {}

    std::vector<Piece> read() {
        while (at_ < text_.size()) {
            const std::size_t brace = text_.find_first_of("{}", at_);
            literal_ += text_.substr(at_, brace - at_);
            if (brace == text_.npos) break;
            at_ = brace;
            read_brace();
        }
        flush();
        return std::move(pieces_);
    }

private:
    void report(std::size_t offset, std::string message, std::string remedy) {
        findings_.push_back({offset, "placeholder", std::move(message), std::move(remedy)});
    }

    void flush() {
        if (!literal_.empty()) pieces_.emplace_back(std::move(literal_));
        literal_.clear();
    }

    void read_brace() {
        const char brace = text_[at_];
        if (at_ + 1 < text_.size() && text_[at_ + 1] == brace) {
            literal_ += brace;
            at_ += 2;
        } else if (brace == '}') {
            report(at_++, "'}' closes nothing", "write }} for a brace that is to be printed");
        } else {
            read_placeholder();
        }
    }

    void read_placeholder() {
        const std::size_t open = at_;
        const std::size_t end = text_.find_first_of("{}", open + 1);
        if (end == text_.npos || text_[end] == '{') {
            report(
                open, "'{' is not closed",
                "close the placeholder with } before any other brace or change of formatting, or write {{ for a brace");
            at_ = end == text_.npos ? text_.size() : end;
            return;
        }
        at_ = end + 1;
        Placeholder placeholder;
        placeholder.offset = open;
        if (!read_inside(text_.substr(open + 1, end - open - 1), placeholder)) return;
        flush();
        pieces_.emplace_back(std::move(placeholder));
    }

    bool read_inside(std::string_view inside, Placeholder& placeholder) {
        const std::size_t bar = inside.find('|');
        if (bar != inside.npos) placeholder.fallback = std::string(inside.substr(bar + 1));
        const std::string_view head = inside.substr(0, bar);
        const std::size_t colon = head.find(':');
        const std::string_view path = trimmed(head.substr(0, colon));
        if (path.empty() || !is_path(path)) {
            report(placeholder.offset, fmt::format("'{}' is not the name of a field", path),
                   "write it as {first_name} or {order.total}");
            return false;
        }
        placeholder.path = std::string(path);
        return colon == head.npos || read_format(head.substr(colon + 1), placeholder);
    }

    bool read_format(std::string_view text, Placeholder& placeholder) {
        const std::size_t colon = text.find(':');
        const std::string_view name = trimmed(text.substr(0, colon));
        for (const FormatName& known : format_names) {
            if (known.name != name) continue;
            placeholder.format.kind = known.kind;
            return colon == text.npos || read_option(trimmed(text.substr(colon + 1)), placeholder);
        }
        report(placeholder.offset, fmt::format("unknown format '{}'", name),
               "use one of upper, lower, title, date, number, money, money_minor");
        return false;
    }

    bool read_option(std::string_view option, Placeholder& placeholder) {
        Format& format = placeholder.format;
        if (format.kind == Kind::Number && option.size() == 1 && option[0] >= '0' && option[0] <= '9') {
            format.decimals = static_cast<std::int8_t>(option[0] - '0');
            return true;
        }
        for (std::size_t i = 0; format.kind == Kind::Date && i < date_styles.size(); ++i) {
            if (date_styles[i] != option) continue;
            format.date = static_cast<DateStyle>(i);
            return true;
        }
        report(placeholder.offset, fmt::format("'{}' does not belong to this format", option),
               "date takes short, medium or long; number takes its decimals, 0 to 9; the others take nothing");
        return false;
    }

    std::string_view text_;
    std::vector<TextFinding>& findings_;
    std::vector<Piece> pieces_;
    std::string literal_;
    std::size_t at_ = 0;
};

}  // namespace

std::vector<Piece> parse_placeholders(std::string_view text, std::vector<TextFinding>& findings) {
    return PieceReader(text, findings).read();
}

}  // namespace pli::layouts
