#pragma once
#include <deque>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "preflight/colour_spaces.hpp"
#include "preflight/fonts.hpp"
#include "preflight/graphics_states.hpp"
#include "preflight/inspection.hpp"
#include "preflight/pictures.hpp"

namespace pli::preflight {

struct NameHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>{}(name); }
};
template <class T>
using NameMap = std::unordered_map<std::string, T, NameHash, std::equal_to<>>;

/// What a content draws, for those who place it: what is judged in the size it ends up in. In the content's own units.
struct Drawn {
    struct Placed {
        Picture picture;
        Matrix matrix;
    };
    std::vector<Placed> pictures;
    double thinnest = std::numeric_limits<double>::infinity();  // of lines

    void add(const Drawn& part, const Matrix& matrix);
};

/// Overprinting as a form finds it when it is drawn; colours it sets itself, so this is all it depends on.
struct Overprint {
    bool fill = false, stroke = false;
    int mode = 0;
    auto operator<=>(const Overprint&) const = default;
};

struct XObject {
    enum class Kind : std::uint8_t { Bad, Picture, Form };
    Kind kind = Kind::Bad;
    Object stream = Object::newNull();
    Picture picture{};
    Matrix matrix = identity;
    bool single_use = false;  // by its GTS_Scope
    std::uint64_t uses = 0;
};

/// A pattern that a colour names: it brings its own colour, or none.
struct Pattern {
    bool bad = true, uncoloured = false;
};

/// The resources of a page or a form. Each name is looked up, and what it names judged, once.
struct Names {
    explicit Names(Object resources) : dictionary(std::move(resources)) {}
    Object dictionary;
    NameMap<const ColourSpace*> spaces{};
    NameMap<Font*> fonts{};
    NameMap<const ExtendedState*> states{};
    NameMap<XObject*> xobjects{};
    NameMap<Pattern> patterns{};
    NameMap<bool> others{};  // shadings and properties: whether they are there
};

/// Looks through content streams. Forms, patterns, glyphs and resources are looked at once, however many pages use
/// them; the content of a page is looked at for each page.
/// Threads  one object per thread
class ContentInspector {
public:
    ContentInspector(const Inspection& inspection, Fonts& fonts, ColourSpaces& spaces)
        : inspection_(inspection), fonts_(fonts), spaces_(spaces) {}

    /// What it finds has a page, but no object: so the same fault on all pages is one finding.
    void inspect_page(std::string_view content, Names& names);
    /// The appearance of an annotation.
    void inspect_appearance(Object form);
    /// A transparency group of a page or form.
    void check_group(Object owner, Object resources);

    // For the run through one content: what a name stands for; nullptr after a finding.
    const ColourSpace* space(Names& names, std::string_view name, std::uint32_t object);
    Font* font(Names& names, std::string_view name, std::uint32_t object);
    const ExtendedState* state(Names& names, std::string_view name, std::uint32_t object);
    XObject* xobject(Names& names, std::string_view name, std::uint32_t object);
    Pattern pattern(Names& names, std::string_view name, std::uint32_t object);
    void shading(Names& names, std::string_view name, std::uint32_t object);
    void properties(Names& names, std::string_view name, std::uint32_t object);
    const Drawn& draw_form(XObject& form, Names& outer, const Overprint& overprint);

    const Inspection& inspection() const { return inspection_; }
    ColourSpaces& spaces() { return spaces_; }
    Fonts& fonts() { return fonts_; }

private:
    Object named(Names& names, const char* category, std::string_view name, std::uint32_t object);
    XObject* read_xobject(Object stream, Names& names);
    void read_form(XObject& xobject);
    Font* read_font(Object dictionary, Names& names);
    const ExtendedState* read_state(Object dictionary, Names& names);
    Pattern read_pattern(Object pattern, Names& names);
    void check_shading(Object shading, Names& names);
    Names& names_of(Object owner, Names& outer);
    Drawn inspect_part(Object stream, Names& outer, const Overprint& overprint, bool colourless);
    void inspect_glyphs(Object font, Names& outer);

    const Inspection& inspection_;
    Fonts& fonts_;
    ColourSpaces& spaces_;
    std::unordered_map<std::uint32_t, std::unique_ptr<Names>> names_;
    std::unordered_map<std::uint32_t, XObject> xobjects_;
    std::unordered_map<std::uint32_t, ExtendedState> states_;
    std::unordered_map<std::uint32_t, Pattern> patterns_;
    std::deque<ExtendedState> direct_states_;
    std::deque<Names> direct_names_;
    std::map<std::pair<std::uint32_t, Overprint>, Drawn> drawn_;
    std::vector<std::uint32_t> open_;  // parts being looked at: one that draws itself never ends
};

}  // namespace pli::preflight
