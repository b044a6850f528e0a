// Bodies of POST /v2/letters by strangers: letters or reasons come of them, and as many as a complete JSON reader sees.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

#include "http/letter_json.hpp"

namespace {

using namespace pli;

void expect(bool good) {
    if (!good) std::abort();
}

void read(std::string_view item, std::size_t index) {
    const auto letter = http::read_letter(item, index, {"FR", index % 2 == 0 ? "key" : "", false});
    if (!letter) {
        expect(!letter.error().message.empty());
        return;
    }
    const auto& taken = (*letter)->letter;
    expect(!taken.key.empty() && !taken.template_name.empty() && taken.priority <= jobs::highest_priority);
    expect(taken.fields.names && taken.fields.names->names.size() == taken.fields.values.size());
    expect(nlohmann::json::accept(item));  // what is no JSON is no letter
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t most = 50;
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    const auto items = http::items_of(body, most);
    const auto judged = nlohmann::json::parse(body, nullptr, false);
    if (!items) {
        expect(!items.error().message.empty());
        expect(!judged.is_array() || judged.empty() || judged.size() > most);
        return 0;
    }
    expect(!judged.is_array() || judged.size() == items->size());
    for (std::size_t i = 0; i < items->size(); ++i) {
        expect((*items)[i].data() >= body.data() && (*items)[i].data() + (*items)[i].size() <= body.data() + size);
        read((*items)[i], i);
    }
    return 0;
}
