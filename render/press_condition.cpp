#include "render/press_condition.hpp"

#include <fmt/format.h>

#include "render/deflate.hpp"
#include "render/icc.hpp"

/// profiles/coated_fogra39.icc, put into the program by the assembler.
extern "C" const char pli_coated_fogra39[], pli_coated_fogra39_end[];

namespace pli::render {
namespace {

Done check(std::string_view profile, std::string_view where) {
    const auto refused = [&](std::string message) {
        return failure(Fault::BadInput, std::string(where), "this " + std::move(message),
                       "name a CMYK profile of the press, such as the one the print house asks for");
    };
    const auto header = read_icc_header(profile);
    if (!header) return refused("is not an ICC profile, or it is cut short");
    if (header->device_class != "prtr") return refused("profile is not one of a press (class \"prtr\")");
    if (header->colour_space != "CMYK")
        return refused(fmt::format("profile is for \"{}\", not for CMYK", header->colour_space));
    if (header->version > 4) return refused(fmt::format("profile has ICC version {}, newer than 4", header->version));
    if (!converts_both_ways(profile)) return refused("profile lacks the tables from colour to ink or back");
    return {};
}

}  // namespace

Result<OutputProfile> read_output_profile(std::string bytes, std::string_view where) {
    TRY(check(bytes, where));
    OutputProfile profile;
    profile.name = icc_description(bytes);
    profile.deflated = deflate_once(bytes);
    profile.bytes = std::move(bytes);
    return profile;
}

const PressCondition& coated_fogra39() {
    static const PressCondition condition = [] {
        std::string bytes(pli_coated_fogra39, static_cast<std::size_t>(pli_coated_fogra39_end - pli_coated_fogra39));
        auto profile = read_output_profile(std::move(bytes), "the built-in profile");
        return PressCondition{"FOGRA39", "Offset on coated paper type 1 and 2, 115 g/m2, ISO 12647-2:2004/Amd 1",
                              "http://www.color.org",
                              std::make_shared<const OutputProfile>(std::move(profile).value())};
    }();
    return condition;
}

}  // namespace pli::render
