#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "preflight/rules.hpp"

namespace pli::preflight {

/// One thing that is wrong, however many pages have it.
struct Finding {
    RuleId rule{};
    std::string file;          // "print.pdf"
    std::uint32_t page = 0;    // the first that shows it, from 1; 0: not on a page
    std::uint32_t object = 0;  // number of the PDF object; 0: none
    std::uint32_t pages = 0;   // how many pages show it
    std::string found;
};

/// Gathers findings: the same fact on the same object is one finding. At most fifty of a rule are kept; the others are
/// counted, so that a file broken on each of its million pages stays a short report.
class Findings {
public:
    explicit Findings(std::string file) : file_(std::move(file)) {}

    struct Place {
        std::uint32_t page = 0, object = 0;
    };
    void add(RuleId rule, Place place, std::string found);

    /// Errors first, then in the order of the rules and pages.
    std::vector<Finding> take();
    std::uint64_t left_out() const { return left_out_; }

private:
    static constexpr std::size_t kept_of_a_rule = 50;
    using Key = std::tuple<RuleId, std::uint32_t, std::string>;
    struct Noted {
        Finding finding;
        std::uint32_t last_page = 0;
    };
    std::string file_;
    std::map<Key, Noted> noted_;
    std::map<RuleId, std::size_t> kept_;
    std::uint64_t left_out_ = 0;
};

}  // namespace pli::preflight
