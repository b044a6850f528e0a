#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "frame/frame.hpp"
#include "pipeline/hand_over.hpp"
#include "pipeline/night_run.hpp"
#include "pipeline/plain_text.hpp"

namespace pli::pipeline {

/// How the papers of the job bag look: control sheet, posting list, pull list.
namespace office {
constexpr Length left = 25_mm, right_margin = 20_mm, value_column = 70_mm, row_pitch = Length::mm(5.4);
constexpr TextStyle title{20_pt, Colour::black()}, heading{9_pt, Colour::grey(650)}, body{10_pt, Colour::black()},
    small{7.5_pt, Colour::black()};
}  // namespace office

/// The office prints on what it has: A4, or Letter where the letters are.
Size office_size(Size letters);

/// Fills a page from the top down; the first error stays and is given back at the end.
/// Errors   MissingGlyph: no fallback face holds a character
/// Threads  one thread at a time
class OfficeSheet {
public:
    OfficeSheet(Size size, PlainText& text) : text_(text) { frame_.size = size; }

    void line(const TextStyle& style, Length from_left, std::string_view words);
    /// Ends at `to`, as numbers do.
    void line_to(const TextStyle& style, Length to, std::string_view words);
    void rule() { rule_from(office::left, frame_.size.width - office::right_margin); }
    void rule_from(Length from, Length to);
    void down(Length by) { y_ += by; }
    Length y() const { return y_; }

    void section(std::string_view name);
    void row(std::string_view label, std::string_view value, const TextStyle& style = office::body);
    /// A step of the work with two lines to write on, and what belongs on them.
    void signature(std::string_view step, std::string_view first, std::string_view second);

    Result<Frame> finish();

private:
    PlainText& text_;
    Frame frame_;
    Length y_ = 24_mm;
    Done outcome_;
};

/// A page, and pages of letters shown on it at a smaller size.
struct OfficePage {
    struct Shown {
        const Frame* letter = nullptr;  // outlives the writing
        Rect box;                       // as wide and high as it is shown: in the letter's proportions
    };
    Frame frame;
    std::vector<Shown> shown;
};

struct OfficeFile {
    std::string_view file;   // "control.pdf"
    std::string_view title;  // "Control sheet": goes before the batch's name
    std::string_view batch;
};

/// Writes the pages as PDF/X-4 into the folder.   Errors: Environment
Result<HiddenFolder::FileSum> write_office_pdf(const RunPlan& plan, const OfficeFile& file,
                                               const std::vector<OfficePage>& pages, const HiddenFolder& folder);

}  // namespace pli::pipeline
