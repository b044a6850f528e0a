#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "uploads/check.hpp"
#include "uploads/rules.hpp"
#include "uploads/survey.hpp"

namespace pli::uploads {

/// What the checks look at, and where they write.
struct Inspection {
    const SheetZones& zones;
    Sides sides;
    const Survey& survey;
    const Sight& sight;
    std::vector<Finding>& findings;

    void add(RuleId id, int page, std::optional<Rect> where, std::string found) const {
        findings.push_back(finding(id, page, where, std::move(found)));
    }
    void add(Finding one) const { findings.push_back(std::move(one)); }
};

/// One page, from 1; its ink map has no pixels where it could not be drawn.
struct PageView {
    int number;
    const PageFacts& facts;
    const PageSight& seen;
};

void check_document(const Inspection& inspection);                        // check_document.cpp
void check_placeholders(const Inspection& inspection);                    // check_placeholders.cpp
std::vector<PlaceholderSeen> placeholders_of(const Survey& survey);       // check_placeholders.cpp
void check_geometry(const Inspection& inspection, const PageView& page);  // check_geometry.cpp
void check_zones(const Inspection& inspection, const PageView& page);     // check_zones.cpp
void check_paper(const Inspection& inspection, const PageView& page);     // check_zones.cpp: edges, folds, blank pages
void check_colours(const Inspection& inspection, const PageView& page);   // check_colours.cpp
void check_marks(const Inspection& inspection, const PageView& page);     // check_marks.cpp: text, lines, pictures
void check_extras(const Inspection& inspection, const PageView& page);    // check_document.cpp: annotations, codes

/// What a text says; "…" where its font does not tell its characters.
std::string_view words_of(const TextMark& text);

std::string millimetres(Length length);       // "20", "62.7": no more than one digit
std::string size_in_words(const Size& size);  // "210 × 297 mm"
/// Text for a person: quoted, at most 40 characters, without control characters.
std::string quoted(std::string_view text);

}  // namespace pli::uploads
