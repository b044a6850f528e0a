#include "service/press_setup.hpp"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <filesystem>
#include <string_view>
#include <vector>

#include "service/composing.hpp"

namespace pli::service {

const std::vector<std::string_view>& press_conditions();  // press_conditions.toml, from cmake/embed.cmake

namespace {

namespace fs = std::filesystem;

const toml::table& known() {
    static const toml::table table = toml::parse(press_conditions().front());
    return table;
}

const toml::table* known_condition(std::string_view name) {
    for (const auto& entry : *known()["condition"].as_array())
        if ((*entry.as_table())["name"].value<std::string_view>() == name) return entry.as_table();
    return nullptr;
}

std::uint16_t thousandths(std::int64_t percent) { return static_cast<std::uint16_t>(percent * 10); }

layouts::PressLimits limits_of(const std::string& condition, const PrintSettings& print) {
    const auto every = known()["every_press"];
    layouts::PressLimits limits;
    limits.condition = condition;
    limits.least_dpi = every["least_dpi"].value_or(0);
    limits.thinnest_line = Length::pt(every["thinnest_line_pt"].value_or(0.0));
    if (const auto* entry = known_condition(condition))
        limits.total_ink = thousandths((*entry)["total_ink"].value_or(std::int64_t{0}));
    if (print.total_ink != 0) limits.total_ink = thousandths(print.total_ink);
    return limits;
}

uploads::PressLimits for_uploads(const layouts::PressLimits& limits) {
    const auto every = known()["every_press"];
    uploads::PressLimits press;
    press.condition = limits.condition;
    press.total_ink = limits.total_ink / 1000.0;
    press.least_dpi = limits.least_dpi;
    press.least_dpi_bitmap = every["least_dpi_bitmap"].value_or(0);
    press.thinnest_line = limits.thinnest_line;
    press.smallest_type = Length::pt(every["smallest_type_pt"].value_or(0.0));
    press.smallest_type_mixed = Length::pt(every["smallest_type_mixed_pt"].value_or(0.0));
    return press;
}

/// A condition by name needs the profile that goes with it; only one comes with Pli.
Result<render::PressCondition> built_in(const Workspace& workspace) {
    const auto& condition = render::coated_fogra39();
    const auto& wanted = workspace.print.output_condition;
    if (wanted.empty() || wanted == condition.identifier) return condition;
    return failure(Fault::BadInput, (fs::path(workspace.folder) / "pli.toml").string(),
                   fmt::format("print.output_condition is \"{}\", but Pli brings a profile for {} alone", wanted,
                               condition.identifier),
                   "put the print house's ICC profile into the workspace and name it as print.output_profile");
}

Result<render::PressCondition> condition_of(const Workspace& workspace) {
    const auto& print = workspace.print;
    if (print.output_profile.empty()) return built_in(workspace);
    const auto path = (fs::path(workspace.folder) / print.output_profile).lexically_normal().string();
    auto profile = TRY(render::read_output_profile(TRY(read_file(path)), path));
    render::PressCondition condition;
    condition.identifier = print.output_condition.empty() ? profile.name : print.output_condition;
    condition.info = profile.name;
    if (const auto* entry = known_condition(condition.identifier)) {
        condition.info = (*entry)["info"].value_or(condition.info);
        condition.registry = "http://www.color.org";
    }
    condition.profile = std::make_shared<const render::OutputProfile>(std::move(profile));
    return condition;
}

}  // namespace

Result<PressSetup> press_setup(const Workspace& workspace) {
    auto condition = TRY(condition_of(workspace));
    auto limits = limits_of(condition.identifier, workspace.print);
    auto upload_limits = for_uploads(limits);
    return PressSetup{std::move(condition), std::move(limits), std::move(upload_limits)};
}

uploads::PressLimits usual_press() { return for_uploads(limits_of(render::coated_fogra39().identifier, {})); }

}  // namespace pli::service
