#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/day.hpp"
#include "base/result.hpp"
#include "postage/post_office.hpp"
#include "service/one_letter.hpp"
#include "service/post_counter.hpp"
#include "service/workspace.hpp"

namespace pli::service {

/// What somebody wants to post: a queued letter, a template's, or so many sheets described by hand.
struct PostageQuestion {
    OneLetterRequest letter;
    std::uint32_t sheets = 0;  // more than 0: by hand, and the next four count
    std::string paper = "A4-80", envelope = "DL", to;
    Size sheet{Length::mm(210), Length::mm(297)};
    std::int64_t pieces = 1;  // of the posting it goes with
    Day day;
};

/// The counter's answer, with all it was weighed against. Points into `office`.
struct PostageQuote {
    postage::PostOffice office;
    postage::Makeup makeup;
    std::string destination;
    postage::Assessment assessment;
    /// The same sheets in each other envelope there is.
    struct Elsewhere {
        std::string envelope;
        postage::Assessment assessment;
    };
    std::vector<Elsewhere> elsewhere;
};

/// Errors   whatever would reject the letter; NotFound: paper or envelope; BadInput: a data file
Result<PostageQuote> quote(const Workspace& workspace, const PostageQuestion& question);

/// What the run of that day would cost: every letter that is due is typeset, nothing is printed and no letter moves.
struct RunQuote {
    std::string tariff;  // "Deutsche Post, deutsche-post of 2026-01-01"; empty: none is valid
    std::string closed;  // why there is none
    PostageSum sum;
    /// Products that the run's letters did not take, with the reason, how many letters it kept away and what they would
    /// have cost.
    struct Passed {
        std::string product, reason;
        std::uint64_t pieces = 0;
        Money price;  // of one piece; none where it could not have gone that way
    };
    std::vector<Passed> alternatives;
    std::uint64_t rejected = 0;  // would be rejected, and why the first was
    std::string first_rejection;
};
Result<RunQuote> quote_run(const Workspace& workspace, Day day);

}  // namespace pli::service
