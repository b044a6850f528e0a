#include "base/day.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>

namespace pli {
namespace {

std::chrono::year_month_day civil(Day day) { return std::chrono::sys_days{std::chrono::days{day.days}}; }

bool number(std::string_view digits, int& value) {
    const auto end = digits.data() + digits.size();
    return digits.find_first_not_of("0123456789") == std::string_view::npos &&
           std::from_chars(digits.data(), end, value).ptr == end;
}

}  // namespace

Day Day::of(int year, int month, int day) {
    using namespace std::chrono;
    const sys_days date = std::chrono::year{year} / month / day;
    return {static_cast<std::int32_t>(date.time_since_epoch().count())};
}

Result<Day> Day::parse(std::string_view text) {
    int y = 0, m = 0, d = 0;
    const bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-' && number(text.substr(0, 4), y) &&
                        number(text.substr(5, 2), m) && number(text.substr(8, 2), d);
    if (!shaped || !(std::chrono::year{y} / m / d).ok())
        return failure(Fault::BadInput, {}, fmt::format("\"{}\" is not a date, expected YYYY-MM-DD", text));
    return Day::of(y, m, d);
}

std::string Day::iso() const { return fmt::format("{:04}-{:02}-{:02}", year(), month(), day_of_month()); }
std::string Day::compact() const { return fmt::format("{:04}{:02}{:02}", year(), month(), day_of_month()); }
int Day::year() const { return static_cast<int>(civil(*this).year()); }
int Day::month() const { return static_cast<int>(static_cast<unsigned>(civil(*this).month())); }
int Day::day_of_month() const { return static_cast<int>(static_cast<unsigned>(civil(*this).day())); }

std::string Instant::iso() const {
    const std::int64_t of_day = ((seconds % 86'400) + 86'400) % 86'400;
    const Day day{static_cast<std::int32_t>((seconds - of_day) / 86'400)};
    return fmt::format("{}T{:02}:{:02}:{:02}Z", day.iso(), of_day / 3600, of_day / 60 % 60, of_day % 60);
}

}  // namespace pli
