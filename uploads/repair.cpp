#include "uploads/repair.hpp"

#include <algorithm>

#include "uploads/asking.hpp"

namespace pli::uploads {
namespace {

/// A zone that has a name and no rectangle means nothing to the child.
Done check(const RepairPlan& plan) {
    for (const Repair& repair : plan.repairs) {
        const auto* clear = std::get_if<ClearZone>(&repair);
        if (clear != nullptr && clear->zone.size.width <= Length{})
            return failure(Fault::BadInput, text_of(repair), "nobody has said where this zone is",
                           "give it as clear-zone=x:y:width:height in mm");
        if (std::holds_alternative<ConvertRgb>(repair) && !plan.press_profile)
            return failure(Fault::BadInput, text_of(repair), "it is not known which press to convert to");
    }
    return {};
}

}  // namespace

/// The press profile goes in front of the upload: the child has one standard input and may open no file.
Result<Repaired> repair(const std::string& bytes, const RepairPlan& plan, std::string_view where,
                        const Limits& limits) {
    TRY(check(plan));
    const std::string profile = plan.press_profile ? *plan.press_profile : std::string();
    std::vector<std::string> request{"repair",
                                     std::to_string(limits.pages),
                                     std::to_string(profile.size()),
                                     std::to_string(plan.sheet.width.nm()),
                                     std::to_string(plan.sheet.height.nm()),
                                     plan.fonts_folder};
    std::vector<Repair> repairs = plan.repairs;
    std::ranges::stable_sort(repairs, {}, &Repair::index);
    for (const Repair& one : repairs) request.push_back(text_of(one));
    return as_result(ask_for<Repaired>(std::move(request), profile + bytes, where, limits));
}

}  // namespace pli::uploads
