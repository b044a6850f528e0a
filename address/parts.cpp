#include "address/parts.hpp"

#include <algorithm>

namespace pli::address {
namespace {

/// Most parts come clean: then they are copied whole.
bool is_clean(std::string_view part) {
    bool after_blank = true;
    for (const char c : part) {
        if ((c >= 0 && c < ' ') || c == 0x7F || (c == ' ' && after_blank)) return false;
        after_blank = c == ' ';
    }
    return !after_blank || part.empty();
}

}  // namespace

bool same_text(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
               return x == y || ((x ^ y) == 32 && (x | 32) >= 'a' && (x | 32) <= 'z');
           });
}

bool starts_with_word(std::string_view text, std::string_view beginning) {
    return text.size() >= beginning.size() && same_text(text.substr(0, beginning.size()), beginning);
}

bool ends_with_word(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && same_text(text.substr(text.size() - end.size()), end);
}

bool has_digit(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.back() == ' ' || text.back() == ',' || text.back() == ';')) text.remove_suffix(1);
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    return text;
}

void append_clean(std::string_view part, std::string& out) {
    if (is_clean(part)) {
        out += part;
        return;
    }
    const std::size_t start = out.size();
    for (const char c : part) {
        const bool blank = static_cast<unsigned char>(c) <= ' ' || c == 0x7F;
        if (!blank) out += c;
        if (blank && out.size() > start && out.back() != ' ') out += ' ';
    }
    while (out.size() > start && out.back() == ' ') out.pop_back();
}

std::string_view without_code(std::string_view city, std::string_view code) {
    if (code.empty() || !city.starts_with(code)) return city;
    return trimmed(city.substr(code.size()));
}

std::string_view without_town(std::string_view street, std::string_view code, std::string_view city) {
    if (city.size() < 2 || street.size() <= city.size() + 2 || !ends_with_word(street, city)) return street;
    std::string_view head = street.substr(0, street.size() - city.size());
    // "rue de Paris" is a street; only a comma or the postal code tells that the town is said again.
    const bool after_code = !code.empty() && ends_with_word(trimmed(head), code);
    if (!after_code && head.find_last_not_of(' ') != head.find_last_of(',')) return street;
    head = trimmed(head);
    if (after_code) head = trimmed(head.substr(0, head.size() - code.size()));
    return head.empty() ? street : head;
}

bool is_lieu_dit(std::string_view text) {
    for (const std::string_view word : {"lieu-dit", "lieu dit", "lieudit", "hameau"})
        if (starts_with_word(text, word)) return true;
    return false;
}

bool is_box(std::string_view text) {
    for (const std::string_view word :
         {"BP", "CS", "TSA", "Postfach", "PO Box", "P.O. Box", "P. O. Box", "Postbus", "Apartado", "Casella Postale",
          "Case postale", "CP", "Boîte postale", "Postboks", "Postlagernd"})
        if (starts_with_word(text, word) && (text.size() == word.size() || text[word.size()] == ' ')) return true;
    return false;
}

std::size_t length_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace pli::address
