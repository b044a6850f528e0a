#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "frame/dump.hpp"
#include "layouts/template.hpp"

namespace pli::layouts::trial {

/// Templates and letters of a test, with a workspace that has no files but those handed in.
class DrawingTable {
public:
    explicit DrawingTable(std::vector<std::string> fallback_fonts = {});

    std::map<std::string, std::string> files;  // name → bytes; "*.png" is taken for 300 x 120 RGB pixels
    std::vector<FieldLine> field_lines;        // of the first page of any PDF that is imported to be filled
    PressLimits limits;                        // none
    std::vector<KeptFree> kept_free;           // nothing
    Compiled compile(const std::string& json);
    /// The letter's frames, or the reason it was rejected. A template that does not compile fails the test.
    Result<std::vector<Frame>> lay_out(const std::string& json, const Letter& letter);
    const Assets& assets() const { return assets_; }
    const fonts::FontSet& fonts() const { return fonts_; }

private:
    ProfileSet profiles_;
    fonts::FontSet fonts_;
    Assets assets_;
};

/// A letter with these fields; its recipient lives at "12 rue des Lilas, 75011 Paris" unless the test says otherwise.
/// The texts must outlive the letter.
Letter letter_with(const std::vector<std::pair<std::string, std::string_view>>& fields);

/// The findings as text, one a line: "error unknown-key templates/trial/template.json:3:5: …".
std::string told(const std::vector<Finding>& findings);

/// All pages as text, and what the layers they place hold.
std::string drawn(const std::vector<Frame>& pages, const Assets& assets);

/// The accepted text of that name in tests/data/layouts. PLI_ACCEPT=1 rewrites the file: review its diff.
std::string accepted(const std::string& name, const std::string& now);

}  // namespace pli::layouts::trial
