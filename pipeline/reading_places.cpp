#include "pipeline/reading_places.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "pipeline/imposition.hpp"
#include "pipeline/manifest.hpp"
#include "pipeline/output_file.hpp"
#include "pipeline/piece_mark.hpp"

namespace pli::pipeline {
namespace {

std::string box(const Rect& rect) {
    return fmt::format("{:.3f},{:.3f},{:.3f},{:.3f}", rect.left().to_mm(), rect.top().to_mm(), rect.size.width.to_mm(),
                       rect.size.height.to_mm());
}

/// A cell of the front, and where its back lies as one looks at the back, from the other side.
std::string cell_rows(const BatchSpec& batch) {
    const auto& layout = batch.layout;
    const auto cells = static_cast<std::uint32_t>(layout.cells.size());
    std::string rows;
    const auto add = [&](const char* side, std::uint32_t number, std::uint32_t at, bool back) {
        rows += fmt::format("cell,,{},{},{},{}\r\n", side, number + 1, box(layout.cells[at]),
                            layout.turned(at, back) ? "yes" : "no");
    };
    for (std::uint32_t cell = 0; cell < cells; ++cell) add("front", cell, cell, false);
    if (batch.production.sides == Sides::Duplex)
        for (std::uint32_t cell = 0; cell < cells; ++cell) add("back", cell, behind(layout.arrangement, cell), true);
    return rows;
}

void add_place(std::string& rows, std::string_view what, const std::string& name, const Rect& place) {
    if (place.size.width <= Length{}) return;
    rows += fmt::format("{},", what);
    append_csv_field(rows, name);
    rows += fmt::format(",front,,{},no\r\n", box(place));
}

}  // namespace

void ReadingPlaces::add(const Composition::Letterform& letterform) {
    const auto known = std::find(known_.begin(), known_.end(), &letterform);
    if (known != known_.end())
        std::iter_swap(known, known_.end() - 1);
    else
        known_.push_back(&letterform);
}

Result<HiddenFolder::FileSum> ReadingPlaces::write(const BatchSpec& batch, bool sheet_codes,
                                                   const HiddenFolder& folder) const {
    auto letterforms = known_;
    std::ranges::sort(letterforms, {}, [](const auto* letterform) -> const std::string& { return letterform->name; });
    std::string rows = "what,template,side,cell,x,y,width,height,turned\r\n" + cell_rows(batch);
    for (const auto* letterform : letterforms) {
        const Rect& area = letterform->production.sheet_code;
        if (sheet_codes && area.size.width > Length{})
            add_place(rows, "sheet-code", letterform->name, sheet_code_in(area));
        add_place(rows, "window", letterform->name, letterform->production.window);
    }
    auto file = TRY(OutputFile::create(folder.path("places.csv")));
    TRY(file.write(rows));
    return HiddenFolder::FileSum{"places.csv", TRY(file.close()).sha256};
}

}  // namespace pli::pipeline
