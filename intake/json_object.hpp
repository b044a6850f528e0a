#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace pli::intake {

/// One JSON object taken flat: nested members joined by dots, lists as their JSON text. Numbers keep the digits they
/// were written with; null is empty.
struct JsonObject {
    struct Member {
        std::string name, text;
        bool list = false;
    };
    std::vector<Member> members;
    std::size_t count = 0;  // members beyond it are spares: their memory is used again for the next object
};

/// Errors   BadInput: no object, or broken, with the byte's number in `where`, or nested too deep
Done read_json_object(std::string_view line, JsonObject& object);

}  // namespace pli::intake
