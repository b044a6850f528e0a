#include "uploads/looking.hpp"

namespace pli::uploads {

Asked<Sight> look_at(const std::string& bytes, int dpi, std::string_view where, const Limits& limits) {
    return ask_for<Sight>({"sight", std::to_string(limits.pages), std::to_string(dpi)}, bytes, where, limits);
}

Asked<std::vector<Raster>> draw_pages(const std::string& bytes, int first, int count, int dpi, std::string_view where,
                                      const Limits& limits) {
    return ask_for<std::vector<Raster>>({"draw", std::to_string(first), std::to_string(count), std::to_string(dpi)},
                                        bytes, where, limits);
}

}  // namespace pli::uploads
