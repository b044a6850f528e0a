#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "preflight/check_pdf.hpp"

namespace pli::preflight::test {

/// The smallest PDF/X-4 and PDF/VT-1 file that shows something: two pages, a part for each, text in an embedded font, a
/// line, a spot colour, a picture, a form. Tests take it and break one thing.
struct SmallPdf {
    SmallPdf();
    /// In an object's dictionary, in a stream's data; the text to replace has to be there.
    void replace(int object, std::string_view text, std::string_view by);
    void replace_data(int object, std::string_view text, std::string_view by);
    /// Before the end of an object's dictionary.
    void add(int object, std::string_view entries);
    /// Another object; gives its number.
    int add_object(std::string dictionary);
    int add_stream(std::string dictionary, std::string data);
    std::string bytes() const;

    struct Part {
        std::string dictionary, data;
        bool stream = false;
    };
    std::map<int, Part> objects;
    std::string header = "%PDF-1.6\n%\xE2\xE3\xCF\xD3\n";
    std::string trailer =
        "/Root 1 0 R/Info 11 0 R/ID[<00112233445566778899AABBCCDDEEFF><00112233445566778899AABBCCDDEEFF>]";
};

constexpr int catalogue = 1, page_tree = 2, first_page = 3, second_page = 4, first_content = 5, second_content = 6,
              resources = 7, metadata = 8, intent = 9, press_profile = 10, info = 11, font = 12, descendant = 13,
              descriptor = 14, font_file = 15, to_unicode = 16, part_root = 17, part_node = 18, first_part = 19,
              second_part = 20, form = 21, picture = 22, tint = 23, overprint = 24;

/// An ICC profile with a header and one tag; enough for everything but a colour.
std::string icc_profile(std::string_view device_class, std::string_view colours, int version = 2);
/// A TrueType font with three glyphs, 500, 600 and 700 wide.
std::string true_type();

/// The report on these bytes, through a file.
PdfReport checked(const std::string& bytes);
/// The codes of what was found, each once, sorted.
std::vector<std::string> codes_of(const PdfReport& report);

/// A way to break the small PDF, and the one rule that then has to be found.
struct Variant {
    std::string_view rule, what;
    void (*break_it)(SmallPdf&);
};
std::vector<Variant> file_variants();
std::vector<Variant> content_variants();
std::vector<Variant> colour_variants();
std::vector<Variant> part_variants();

}  // namespace pli::preflight::test
