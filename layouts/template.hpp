#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/letter.hpp"
#include "base/result.hpp"
#include "fonts/font_set.hpp"
#include "fonts/shaper.hpp"
#include "frame/assets.hpp"
#include "frame/field_lines.hpp"
#include "frame/frame.hpp"
#include "layouts/profile.hpp"

namespace pli::layouts {

/// How an uploaded PDF is brought in: what is repaired on the way, as docs/templates.md names it, and towards what.
struct UploadOrder {
    const std::vector<std::string>& repairs;
    const Profile& profile;
    Sides sides = Sides::Simplex;
    bool fills = false;  // placeholders are taken out of its pages
};
struct Upload {
    std::vector<ForeignPage> pages;
    std::vector<std::string> repaired;            // what was done, in words; empty: the upload is as it came
    std::vector<std::vector<FieldLine>> lines{};  // whose placeholders were taken out, page by page
};

/// How a template reaches files of its workspace and uploads reach a page. Wired in `service`; tests hand in their own.
struct Resources {
    std::function<Result<std::string>(std::string_view path)> read;  // image, JSON; relative to the template
    std::function<Result<Image>(const std::string& bytes, std::string_view path)> decode_image;  // PNG, JPEG
    std::function<Result<Upload>(std::string_view path, const UploadOrder& order)>
        import_pdf;  // letterhead, upload; sandboxed
    std::function<Result<ForeignPage>(const std::string& svg, std::string_view path)>
        import_svg;  // vector, black kept in K
    std::function<Result<std::string>(std::string_view file)>
        read_hyphenation;  // "hyph_fr.dic"; NotFound: another may do
};

/// What the press cannot print well. Zero: nothing is known, nothing is said.
struct PressLimits {
    std::string condition;        // "FOGRA39"
    std::uint16_t total_ink = 0;  // the sum of all inks on one spot, in thousandths of one
    int least_dpi = 0;
    Length thinnest_line;
};

/// A place on the sheet that belongs to the print house: "the inserter's marks".
struct KeptFree {
    std::string name;
    std::function<Rect(Size sheet)> place;
    bool through = false;  // nothing may be printed behind it either
};

/// What a template is compiled against. All references must outlive the call; Assets and FontSet are added to.
struct Workshop {
    const ProfileSet& profiles;
    fonts::FontSet& fonts;
    Assets& assets;
    Resources resources;
    Day day;              // which edition of a profile holds, and {today}
    std::string country;  // the sender's, alpha-2: addresses at home have no country line
    PressLimits limits{};
    std::vector<KeptFree> kept_free{};  // by the print house, on the front of every sheet
};

/// Something found in a template. Errors stop it from compiling; warnings are shown by `template check`, and so are
/// notes, which tell what was done as asked.
struct Finding {
    enum class Severity : std::uint8_t { Error, Warning, Note };
    Severity severity = Severity::Error;
    std::string code;  // stable, "unknown-placeholder"
    Error error;       // where: "templates/thanks/template.json:12:8"
};

/// What production must know to choose batch and machine.
struct Production {
    std::string paper = "A4-80";  // stock name
    std::string envelope;         // from the profile
    bool colour = true;           // any ink but K
    Sides sides = Sides::Simplex;
    Rect sheet_code;           // on each front; empty size: the template asks for none
    Rect window{};             // what the envelope always shows of the first front; empty size: no address there
    Rect franking{};           // on the first front; empty size: the profile has no place for it
    std::uint8_t inserts = 0;  // from which feeders of the inserter something is added: bit 0 is feeder 1
    auto operator<=>(const Production&) const = default;
};

/// A letter typeset: one Frame per side, in reading order. Reused by its worker from letter to letter.
struct TypesetLetter {
    std::vector<Frame> pages;
    std::size_t page_count = 0;  // frames beyond it are spares from earlier letters
    Sides sides = Sides::Simplex;

    Frame& add_page(Size size);
    void clear() { page_count = 0; }
};

/// A template made ready: static text shaped and broken, static layer drawn once, placeholders bound, everything that
/// can be checked checked. Immutable; share freely.
class CompiledTemplate {
public:
    CompiledTemplate();
    ~CompiledTemplate();
    CompiledTemplate(CompiledTemplate&&) noexcept;
    CompiledTemplate& operator=(CompiledTemplate&&) noexcept;

    const std::string& name() const;
    const std::string& version() const;  // hash of everything it was made of
    const std::string& locale() const;
    const Production& production() const;
    std::vector<std::string> placeholders() const;  // in order of appearance

    struct State;
    std::unique_ptr<State> state;
};

/// Compiles `template.json` text. Returns all findings; the template is there only if none of them is an error.
struct Compiled {
    std::unique_ptr<CompiledTemplate> result;
    std::vector<Finding> findings;
};
Compiled compile(std::string_view name, std::string_view json, Workshop& workshop);

/// Lays out letters in one thread: owns the shaper, the caches and the bindings of field names to placeholders.
/// Errors   AddressTooLong, MissingGlyph, Overflow, BadInput (missing field): reject this letter, go on with the next
/// Threads  one object per thread
class Typesetter {
public:
    Typesetter(const fonts::FontSet& fonts, const Assets& assets, Day day, std::string country);
    ~Typesetter();
    Typesetter(Typesetter&&) noexcept;

    /// `out` is cleared and refilled.
    Done lay_out(const CompiledTemplate& letterform, const Letter& letter, TypesetLetter& out);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace pli::layouts
