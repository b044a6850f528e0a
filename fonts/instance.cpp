#include "fonts/instance.hpp"

#include <fmt/format.h>
#include <hb-ot.h>
#include <hb-subset.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace pli::fonts {
namespace {

using Axis = hb_ot_var_axis_info_t;

std::vector<Axis> axes_of(hb_face_t* face) {
    std::vector<Axis> axes(hb_ot_var_get_axis_count(face));
    auto count = static_cast<unsigned>(axes.size());
    hb_ot_var_get_axis_infos(face, 0, &count, axes.data());
    return axes;
}

std::string spelled(hb_tag_t tag) { return Feature{tag}.name(); }

std::string name_of(hb_face_t* face, hb_ot_name_id_t id) {
    char name[256];
    unsigned size = sizeof name;
    hb_ot_name_get_utf8(face, id, hb_language_from_string("en", -1), &size, name);
    return {name, size};
}

bool same_name(std::string_view a, std::string_view b) {
    const auto plain = [](std::string_view text) {
        std::string kept;
        for (const char c : text)
            if (c != ' ' && c != '-') kept += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        return kept;
    };
    return plain(a) == plain(b);
}

/// The font's own instances.
class NamedInstances {
public:
    explicit NamedInstances(hb_face_t* face) : face_(face), count_(hb_ot_var_get_named_instance_count(face)) {}
    unsigned count() const { return count_; }
    std::string name(unsigned i) const {
        return name_of(face_, hb_ot_var_named_instance_get_subfamily_name_id(face_, i));
    }
    std::string postscript_name(unsigned i) const {
        const auto id = hb_ot_var_named_instance_get_postscript_name_id(face_, i);
        return id == 0xFFFF || id == HB_OT_NAME_ID_INVALID ? "" : name_of(face_, id);
    }
    std::vector<float> at(unsigned i) const {
        std::vector<float> values(hb_ot_var_get_axis_count(face_));
        auto size = static_cast<unsigned>(values.size());
        hb_ot_var_named_instance_get_design_coords(face_, i, &size, values.data());
        return values;
    }
    std::optional<unsigned> named(std::string_view wanted) const {
        for (unsigned i = 0; i < count_; ++i)
            if (same_name(name(i), wanted)) return i;
        return std::nullopt;
    }
    std::optional<unsigned> standing_at(const std::vector<AxisValue>& axes) const {
        for (unsigned i = 0; i < count_; ++i) {
            const std::vector<float> values = at(i);
            const auto same = [](const AxisValue& axis, float value) {
                return axis.value == static_cast<double>(value);
            };
            if (std::equal(axes.begin(), axes.end(), values.begin(), values.end(), same)) return i;
        }
        return std::nullopt;
    }
    std::string list() const {
        std::vector<std::string> names;
        for (unsigned i = 0; i < count_; ++i) names.push_back(name(i));
        return fmt::format("{}", fmt::join(names, ", "));
    }

private:
    hb_face_t* face_;
    unsigned count_;
};

/// What weight, width and slant of the query make of an axis.
double by_style(const Axis& axis, const FaceQuery& query) {
    double wanted = static_cast<double>(axis.default_value);
    if (axis.tag == HB_OT_TAG_VAR_AXIS_WEIGHT) wanted = query.weight;
    if (axis.tag == HB_OT_TAG_VAR_AXIS_WIDTH) wanted = query.width;
    if (axis.tag == HB_OT_TAG_VAR_AXIS_ITALIC && query.italic) wanted = 1;
    // slants lean by degrees, counter-clockwise: as far as the font goes
    if (axis.tag == HB_OT_TAG_VAR_AXIS_SLANT && query.italic) wanted = static_cast<double>(axis.min_value);
    return std::clamp(wanted, static_cast<double>(axis.min_value), static_cast<double>(axis.max_value));
}

std::string ranges_of(const std::vector<Axis>& axes) {
    std::vector<std::string> ranges;
    for (const Axis& axis : axes)
        ranges.push_back(fmt::format("{} {:g} to {:g}", spelled(axis.tag), axis.min_value, axis.max_value));
    return fmt::format("{}", fmt::join(ranges, ", "));
}

Done set_axis(std::vector<AxisValue>& values, const AxisValue& wanted, const std::vector<Axis>& axes,
              const std::string& file) {
    const auto at = std::find_if(axes.begin(), axes.end(), [&](const Axis& a) { return spelled(a.tag) == wanted.tag; });
    const bool fits = at != axes.end() && wanted.value >= static_cast<double>(at->min_value) &&
                      wanted.value <= static_cast<double>(at->max_value);
    if (!fits)
        return failure(Fault::BadInput, file, fmt::format("has no axis {} at {:g}", wanted.tag, wanted.value),
                       fmt::format("its axes are {}", ranges_of(axes)));
    values[static_cast<std::size_t>(at - axes.begin())].value = wanted.value;
    return {};
}

void keep_all(hb_subset_input_t* input, hb_face_t* face) {
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_RETAIN_GIDS | HB_SUBSET_FLAGS_NOTDEF_OUTLINE |
                                         HB_SUBSET_FLAGS_NO_PRUNE_UNICODE_RANGES | HB_SUBSET_FLAGS_NAME_LEGACY);
    for (const auto which : {HB_SUBSET_SETS_LAYOUT_FEATURE_TAG, HB_SUBSET_SETS_LAYOUT_SCRIPT_TAG,
                             HB_SUBSET_SETS_NAME_ID, HB_SUBSET_SETS_NAME_LANG_ID}) {
        hb_set_t* set = hb_subset_input_set(input, which);
        hb_set_clear(set);
        hb_set_invert(set);
    }
    hb_set_clear(hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG));
    hb_set_add_range(hb_subset_input_glyph_set(input), 0, hb_face_get_glyph_count(face) - 1);
    hb_face_collect_unicodes(face, hb_subset_input_unicode_set(input));
}

}  // namespace

Result<std::vector<AxisValue>> instance_axes(hb_face_t* face, const FaceQuery& query, const std::string& file) {
    const std::vector<Axis> axes = axes_of(face);
    std::vector<AxisValue> values;
    if (axes.empty() && query.axes.empty() && query.instance.empty()) return values;
    if (axes.empty())
        return failure(Fault::BadInput, file, "is not a variable font: it has no axes and no instances",
                       "leave out \"axes\" and \"instance\", or use the family's variable font");
    for (const Axis& axis : axes) values.push_back({spelled(axis.tag), by_style(axis, query)});
    if (!query.instance.empty()) {
        const NamedInstances instances(face);
        const auto instance = instances.named(query.instance);
        if (!instance)
            return failure(Fault::BadInput, file, fmt::format("has no instance \"{}\"", query.instance),
                           fmt::format("its instances are {}", instances.list()));
        const std::vector<float> at = instances.at(*instance);
        for (std::size_t i = 0; i < values.size(); ++i) values[i].value = static_cast<double>(at[i]);
    }
    for (const AxisValue& wanted : query.axes) TRY(set_axis(values, wanted, axes, file));
    return values;
}

Result<HbFace> pinned(hb_face_t* variable, const std::vector<AxisValue>& axes, const std::string& file) {
    const Handle<hb_subset_input_t, hb_subset_input_destroy> input(hb_subset_input_create_or_fail());
    HbFace instance;
    if (input) {
        keep_all(input.get(), variable);
        for (const AxisValue& axis : axes)
            hb_subset_input_pin_axis_location(input.get(), variable, hb_tag_from_string(axis.tag.c_str(), 4),
                                              static_cast<float>(axis.value));
        instance.reset(hb_subset_or_fail(variable, input.get()));
    }
    if (!instance || hb_ot_var_has_data(instance.get()) != 0)
        return failure(Fault::BadInput, file, "is a variable font that cannot be set to the axes wanted",
                       "the font file is probably damaged: replace it");
    // the builder's face makes its tables anew at each call: keep the finished bytes instead
    const HbBlob bytes(hb_face_reference_blob(instance.get()));
    HbFace finished(hb_face_create(bytes.get(), 0));
    hb_face_make_immutable(finished.get());
    return finished;
}

void name_instance(Face& face, hb_face_t* variable, const std::vector<AxisValue>& axes) {
    const NamedInstances instances(variable);
    const auto own = instances.standing_at(axes);
    std::string suffix, shown;
    for (const AxisValue& axis : axes) {
        suffix += fmt::format("_{:g}{}", axis.value, axis.tag);
        shown += fmt::format("{}{} {:g}", shown.empty() ? "" : ", ", axis.tag, axis.value);
    }
    face.style = own ? instances.name(*own) : shown;
    std::string prefix = name_of(variable, HB_OT_NAME_ID_VARIATIONS_PS_PREFIX);
    if (prefix.empty()) prefix = face.family;
    face.postscript_name = own ? instances.postscript_name(*own) : "";
    if (face.postscript_name.empty())
        face.postscript_name = own ? prefix + "-" + instances.name(*own) : prefix + suffix;
    clean_postscript_name(face.postscript_name);
}

}  // namespace pli::fonts
