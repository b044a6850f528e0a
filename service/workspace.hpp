#pragma once
#include <string>
#include <vector>

#include "base/result.hpp"
#include "pipeline/night_run.hpp"

namespace pli::service {

/// A merchant's folder: pli.toml, templates/NAME/template.json, fonts/, profiles/, queue.sqlite, out/.
/// Errors   NotFound: no pli.toml; BadInput: pli.toml with line and column; Environment: cannot write
/// Threads  a value
struct Workspace {
    std::string folder;
    std::string name;                         // as pli.toml has it: part of what batch ids are made of
    std::string country = "FR";               // ISO 3166-1 alpha-2 of the sender
    std::vector<std::string> fallback_fonts;  // empty: fonts::default_fallbacks()
    pipeline::BatchRules rules;
    std::string out, queue;  // where batches and the queue lie

    static Result<Workspace> open(const std::string& folder);
    /// `pli init`: a workspace with one template to start from. Refuses a folder that is one already.
    static Result<Workspace> create(const std::string& folder);

    std::string template_folder(const std::string& name) const;
    std::vector<std::string> template_names() const;  // sorted
};

}  // namespace pli::service
