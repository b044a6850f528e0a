#include "uploads/asking.hpp"

#include <fmt/format.h>
#include <signal.h>

#include "uploads/child_process.hpp"
#include "uploads/plain_words.hpp"

namespace pli::uploads {
namespace {

struct Story {
    RuleId rule;
    std::string text;
};

Story signal_story(int signal, const Limits& limits) {
    switch (signal) {
        case SIGXCPU:
        case SIGKILL:  // the kernel's answer when the hard limit of processor time is reached, or memory is short
            return {RuleId::TooHeavy,
                    fmt::format("reading it took more than {} s of processor time or all memory", limits.cpu_seconds)};
        case SIGSYS: return {RuleId::Attack, "reading it led to a system call that is not allowed, as an attack would"};
        default: return {RuleId::Attack, fmt::format("the reader crashed on it (signal {})", signal)};
    }
}

/// C libraries do not throw: poppler's and GLib's allocators say it and stop the process.
bool ran_out_of_memory(std::string_view complaint) {
    return complaint.find("Out of memory") != std::string_view::npos ||
           complaint.find("failed to allocate") != std::string_view::npos;
}

Story story_of(const ChildOutcome& outcome, const Limits& limits) {
    if (ran_out_of_memory(outcome.complaint))
        return {RuleId::TooHeavy, fmt::format("reading it needs more than {} MB of memory", limits.memory_bytes >> 20)};
    switch (outcome.end) {
        case ChildOutcome::End::OutOfTime:
            return {RuleId::TooHeavy, fmt::format("reading it took more than {} s", limits.wall_seconds)};
        case ChildOutcome::End::TooMuchOutput:
            return {RuleId::TooHeavy, fmt::format("its pages need more than {} MB", limits.output_bytes >> 20)};
        case ChildOutcome::End::Signalled: return signal_story(outcome.code, limits);
        case ChildOutcome::End::Exited: break;
    }
    return {RuleId::Damaged, outcome.complaint.empty()
                                 ? fmt::format("the reader gave up with exit status {}", outcome.code)
                                 : "the reader gave up: " + plain_words(outcome.complaint)};
}

constexpr std::string_view save_again = "open it in a PDF program, save or print it as a new PDF and upload that";

tl::unexpected<Refusal> refused(RuleId rule, std::string_view where, std::string message) {
    return tl::unexpected(
        Refusal{rule, {Fault::BadInput, std::string(where), std::move(message), std::string(save_again)}});
}

/// The child's own refusal; in `Error::where` it names the rule.
tl::unexpected<Refusal> passed_on(Error error, std::string_view where) {
    const Rule* named = rule_named(error.where);
    error.where = where;
    error.message = plain_words(error.message);
    error.remedy = plain_words(error.remedy);
    return tl::unexpected(Refusal{named == nullptr ? RuleId::Damaged : named->id, std::move(error)});
}

std::vector<std::string> with_limits(std::vector<std::string> request, const Limits& limits) {
    const std::vector<std::string> numbers{std::to_string(limits.memory_bytes), std::to_string(limits.cpu_seconds),
                                           std::to_string(limits.output_bytes)};
    request.insert(request.begin() + 1, numbers.begin(), numbers.end());
    return request;
}

}  // namespace

Asked<Reply> ask(std::vector<std::string> request, std::string_view bytes, std::string_view where,
                 const Limits& limits) {
    auto outcome = run_child(with_limits(std::move(request), limits), bytes, limits);
    if (!outcome) return tl::unexpected(Refusal{RuleId::Damaged, std::move(outcome).error()});
    return understood(*outcome, where, limits);
}

Asked<Reply> understood(const ChildOutcome& outcome, std::string_view where, const Limits& limits) {
    if (outcome.end != ChildOutcome::End::Exited || outcome.output.empty()) {
        Story story = story_of(outcome, limits);
        return refused(story.rule, where, std::move(story.text));
    }
    auto reply = unpack(outcome.output);
    if (!reply) return refused(RuleId::Attack, where, reply.error().message);
    if (auto* error = std::get_if<Error>(&*reply)) return passed_on(std::move(*error), where);
    return std::move(*reply);
}

}  // namespace pli::uploads
