#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "uploads/child_process.hpp"
#include "uploads/import.hpp"
#include "uploads/message.hpp"
#include "uploads/rules.hpp"

namespace pli::uploads {

/// Why an upload was not taken: for programs the rule it breaks, for people the Error.
struct Refusal {
    RuleId rule = RuleId::Damaged;
    Error error;
};
template <class Answer>
using Asked = tl::expected<Answer, Refusal>;

/// What a child of `pli-import` says to one request, the limits put behind its verb.
/// Errors   the child's own refusal, or how it ended: out of time or memory, crashed, said too much or nothing.
///          Environment means this installation's fault, whatever the rule
/// Threads  any; each call runs its own child
Asked<Reply> ask(std::vector<std::string> request, std::string_view bytes, std::string_view where,
                 const Limits& limits);

/// What a child's end and words mean: the second half of `ask`.
Asked<Reply> understood(const ChildOutcome& outcome, std::string_view where, const Limits& limits);

/// A reply where one kind of answer is expected.
template <class Answer>
Asked<Answer> as_answer(Asked<Reply> reply, std::string_view where) {
    if (!reply) return tl::unexpected(std::move(reply).error());
    if (auto* answer = std::get_if<Answer>(&*reply)) return std::move(*answer);
    return tl::unexpected(
        Refusal{RuleId::Damaged,
                {Fault::BadInput, std::string(where), "the reader answered something else than was asked", {}}});
}

/// Asks, where one kind of answer is expected.
template <class Answer>
Asked<Answer> ask_for(std::vector<std::string> request, std::string_view bytes, std::string_view where,
                      const Limits& limits) {
    return as_answer<Answer>(ask(std::move(request), bytes, where, limits), where);
}

/// For callers to whom a refusal is an error like any other.
template <class Answer>
Result<Answer> as_result(Asked<Answer> asked) {
    if (!asked) return tl::unexpected(std::move(asked).error().error);
    return std::move(*asked);
}

}  // namespace pli::uploads
