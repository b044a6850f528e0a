#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/length.hpp"
#include "base/result.hpp"

namespace pli::preflight {

/// Where a letter lies on a side of a press sheet, as one looks at it.
struct CellPlace {
    Rect box;
    bool turned = false;  // the letter stands on its head
    /// A rectangle of the letter, on the side.
    Rect on_side(const Rect& on_letter) const;
};

/// What a template keeps on the first side of its sheets.
struct TemplatePlaces {
    std::optional<Rect> sheet_code;  // on every front
    std::optional<Rect> window;      // on the first: what the envelope always shows
};

/// places.csv of a batch: where on a page cameras find what is to be read. The cells of backs are those behind the cells of
/// fronts, in the same order.
/// Source   docs/print-house.md
/// Errors   BadInput, naming the row
/// Units    Length from the top left corner, y downwards
struct Places {
    std::vector<CellPlace> fronts, backs;
    std::map<std::string, TemplatePlaces> templates;

    static Result<Places> parse(std::string_view csv);
    const TemplatePlaces& of(const std::string& template_name) const;
};

}  // namespace pli::preflight
