#pragma once
#include <functional>
#include <string>
#include <vector>

#include "layouts/template.hpp"
#include "pipeline/night_run.hpp"

namespace pli::pipeline {

/// Turns one letter into frames. Belongs to one worker thread with all its caches.
using Typeset = std::function<Done(const Letter&, layouts::TypesetLetter&)>;

/// What the pipeline must know of a template, and how its letters come to be. The seam between the run and the way of
/// composing: `night_run` fills it from compiled templates, a test hands in frames of its own.
struct Composition {
    struct Letterform {
        std::string name;
        layouts::Production production;
    };
    std::vector<Letterform> letterforms;  // by Letter::template_index
    std::function<Typeset()> typesetter;  // a new one, for each worker; called from several threads at once
};

/// `night_run` with the composing handed in; plan.templates is not looked at.
Result<RunReport> run_pipeline(const RunPlan& plan, const RunEvents& events, const Composition& composition);

}  // namespace pli::pipeline
