#include "uploads/import.hpp"

#include <fmt/format.h>
#include <signal.h>

#include "uploads/child_process.hpp"
#include "uploads/message.hpp"

namespace pli::uploads {
namespace {

std::string signal_story(int signal, const Limits& limits) {
    switch (signal) {
        case SIGXCPU:
        case SIGKILL:  // the kernel's answer when the hard limit of processor time is reached, or memory is short
            return fmt::format("reading it took more than {} s of processor time or all memory", limits.cpu_seconds);
        case SIGSYS: return "reading it led to a system call that is not allowed, as an attack would";
        default: return fmt::format("the reader crashed on it (signal {})", signal);
    }
}

std::string story_of(const ChildOutcome& outcome, const Limits& limits) {
    switch (outcome.end) {
        case ChildOutcome::End::OutOfTime: return fmt::format("reading it took more than {} s", limits.wall_seconds);
        case ChildOutcome::End::TooMuchOutput:
            return fmt::format("its pages need more than {} MB", limits.output_bytes >> 20);
        case ChildOutcome::End::Signalled: return signal_story(outcome.code, limits);
        case ChildOutcome::End::Exited: break;
    }
    return outcome.complaint.empty() ? fmt::format("the reader gave up with exit status {}", outcome.code)
                                     : "the reader gave up: " + outcome.complaint;
}

constexpr std::string_view save_again = "open it in a PDF program, save or print it as a new PDF and upload that";

/// The child's reply, its refusal turned into this upload's error.
Result<Reply> ask(const std::vector<std::string>& arguments, std::string_view bytes, std::string_view where,
                  const Limits& limits) {
    const ChildOutcome outcome = TRY(run_child(arguments, bytes, limits));
    const std::string place(where);
    if (outcome.end != ChildOutcome::End::Exited || outcome.output.empty())
        return failure(Fault::BadInput, place, story_of(outcome, limits), std::string(save_again));
    auto reply = unpack(outcome.output);
    if (!reply) return failure(Fault::BadInput, place, reply.error().message, std::string(save_again));
    if (auto* error = std::get_if<Error>(&*reply))
        return failure(error->fault, place, std::move(error->message), std::move(error->remedy));
    return reply;
}

std::vector<std::string> with_limits(std::vector<std::string> arguments, const Limits& limits) {
    for (const auto limit : {limits.memory_bytes, static_cast<std::uint64_t>(limits.cpu_seconds), limits.output_bytes})
        arguments.push_back(std::to_string(limit));
    return arguments;
}

}  // namespace

Result<std::vector<ForeignPage>> import_pdf(std::string bytes, std::string_view where, const ImportOptions& options) {
    auto arguments = with_limits({"pages"}, options.limits);
    arguments.push_back(std::to_string(options.limits.pages));
    arguments.push_back(options.grey_rgb_to_k ? "grey-to-k" : "as-is");
    Reply reply = TRY(ask(arguments, bytes, where, options.limits));
    auto* imported = std::get_if<ImportedPages>(&reply);
    if (imported == nullptr)
        return failure(Fault::BadInput, std::string(where), "the reader answered something else than was asked");
    const auto objects = std::make_shared<const std::vector<ForeignObject>>(std::move(imported->objects));
    const auto source = std::make_shared<const std::string>(std::move(bytes));
    std::vector<ForeignPage> pages;
    for (const PageForm& page : imported->pages)
        pages.push_back({page.size, page.form, objects, source, static_cast<int>(pages.size()), imported->srgb_space});
    return pages;
}

Result<Raster> rasterise(const std::string& bytes, int page, int dpi, std::string_view where, const Limits& limits) {
    auto arguments = with_limits({"raster"}, limits);
    arguments.push_back(std::to_string(page));
    arguments.push_back(std::to_string(dpi));
    Reply reply = TRY(ask(arguments, bytes, where, limits));
    if (auto* raster = std::get_if<Raster>(&reply)) return std::move(*raster);
    return failure(Fault::BadInput, std::string(where), "the reader answered something else than was asked");
}

Result<Survey> survey(const std::string& bytes, std::string_view where, const Limits& limits) {
    auto arguments = with_limits({"survey"}, limits);
    arguments.push_back(std::to_string(limits.pages));
    arguments.push_back("as-is");
    Reply reply = TRY(ask(arguments, bytes, where, limits));
    if (auto* seen = std::get_if<Survey>(&reply)) return std::move(*seen);
    return failure(Fault::BadInput, std::string(where), "the reader answered something else than was asked");
}

}  // namespace pli::uploads
