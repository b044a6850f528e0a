#pragma once
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace pli::layouts {

/// A line may end before this byte. The spaces at a line's end are before it too and are not drawn.
struct LineBreak {
    std::uint32_t offset = 0;
    bool mandatory = false;  // after a line feed and its like; the end of the text is one as well
    bool operator==(const LineBreak&) const = default;
};

/// Where lines may be broken. Words of plain Latin text are decided by a table, everything else by ICU; both agree.
/// Source   UAX #14 as ICU 72 implements it, with the locale's tailoring
/// Threads  one object per thread
class LineBreaker {
public:
    LineBreaker();
    ~LineBreaker();
    LineBreaker(LineBreaker&&) noexcept;

    /// All opportunities of a UTF-8 text, ascending, the last at its end; none for empty text. `out` is cleared.
    void find(std::string_view text, std::string_view locale, std::vector<LineBreak>& out);
    /// The same, always by ICU: what the table is checked against.
    void find_by_icu(std::string_view text, std::string_view locale, std::vector<LineBreak>& out);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace pli::layouts
