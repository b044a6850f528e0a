#include "layouts/list_labels.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace pli::layouts {
namespace {

constexpr std::array bullets{"•", "–", "·", "·"};
constexpr std::array numbers{"1.", "a)", "i.", "1."};

std::string letters(int number) {
    std::string text;
    for (; number > 0; number = (number - 1) / 26)
        text.insert(text.begin(), static_cast<char>('a' + (number - 1) % 26));
    return text;
}

std::string roman(int number) {
    constexpr std::array<std::pair<int, const char*>, 13> steps{{{1000, "m"},
                                                                 {900, "cm"},
                                                                 {500, "d"},
                                                                 {400, "cd"},
                                                                 {100, "c"},
                                                                 {90, "xc"},
                                                                 {50, "l"},
                                                                 {40, "xl"},
                                                                 {10, "x"},
                                                                 {9, "ix"},
                                                                 {5, "v"},
                                                                 {4, "iv"},
                                                                 {1, "i"}}};
    std::string text;
    for (const auto& [value, sign] : steps)
        for (; number >= value; number -= value) text += sign;
    return text;
}

std::string capitals(std::string text) {
    for (char& c : text) c = static_cast<char>(c - 'a' + 'A');
    return text;
}

}  // namespace

std::string numeral(char form, int number) {
    const bool is_roman = form == 'i' || form == 'I';
    if (form == '1' || number < 1 || (is_roman && number > 3999)) return std::to_string(number);
    std::string text = is_roman ? roman(number) : letters(number);
    return form == 'A' || form == 'I' ? capitals(std::move(text)) : text;
}

std::string label_of(const ListSpec& list, int depth, int number) {
    const auto level = static_cast<std::size_t>(std::clamp(depth, 0, 3));
    std::string marker = list.marker ? list.marker->text : list.ordered ? numbers.at(level) : bullets.at(level);
    const auto form = list.ordered ? marker.find_last_of("1aAiI") : std::string::npos;
    if (form == std::string::npos) return marker;
    return marker.replace(form, 1, numeral(marker[form], number));
}

}  // namespace pli::layouts
