#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "pipeline/franking_code.hpp"
#include "pipeline/night_run.hpp"
#include "postage/choice.hpp"
#include "service/print_house.hpp"

namespace pli::service {

/// `[print]` of pli.toml: the press that the batches are for.
struct PrintSettings {
    std::string output_profile;    // an ICC file of the workspace; empty: the built-in one
    std::string output_condition;  // its name: "FOGRA51"
    std::uint32_t total_ink = 0;   // percent; 0: what is known of the condition
    bool convert_rgb = false;      // pictures in RGB come as inks of the press, instead of tagged with their profile
};

/// A merchant's folder: pli.toml, templates/NAME/template.json, fonts/, profiles/, print-houses/, tariffs/, sorting/,
/// paper/, queue.sqlite, out/.
/// Errors   NotFound: no pli.toml; BadInput: pli.toml with line and column; Environment: cannot write
/// Threads  a value
struct Workspace {
    std::string folder;
    std::string name;                         // as pli.toml has it: part of what batch ids are made of
    std::string country = "FR";               // ISO 3166-1 alpha-2 of the sender
    std::vector<std::string> fallback_fonts;  // empty: fonts::default_fallbacks()
    pipeline::BatchRules rules;
    std::optional<PrintHouse> print_house;  // `[batches] print_house`; its press is that of `rules`
    PrintSettings print;
    postage::Settings postage;                          // its country is never empty
    std::string omr;                                    // the inserter's mark profile; empty: no marks
    std::optional<pipeline::FrankingAccount> franking;  // none: letters are franked otherwise
    std::map<std::string, std::string> frozen;  // templates that do not lie in templates/: service/frozen_templates.hpp
    std::string out;                            // where batches lie
    std::string queue;                          // for store::open: a file, or the address of a database
    std::uint32_t letters_per_unit = 0;         // a run in parts of so many, for several workers; 0: in one

    static Result<Workspace> open(const std::string& folder);
    /// `pli init`: a workspace with one template to start from. Refuses a folder that is one already.
    static Result<Workspace> create(const std::string& folder);

    std::string template_folder(const std::string& name) const;
    std::vector<std::string> template_names() const;  // sorted
};

}  // namespace pli::service
