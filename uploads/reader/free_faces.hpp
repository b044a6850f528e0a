#pragma once
#include <array>
#include <string>
#include <string_view>

namespace pli::uploads::reader {

/// One face of one file.
struct FaceFile {
    std::string path;
    unsigned index =
        0;  // as fontconfig counts: the face of a collection, and above 16 bits an instance of a variable font
};

/// The four styles of a free family, regular, bold, italic, bold italic, as Debian's packages have them.
struct Series {
    std::string_view folder, family, extension;
    std::array<std::string_view, 4> styles;

    std::string file(bool bold, bool italic) const {
        std::string path(folder);
        return path.append(family).append(styles[(bold ? 1u : 0u) + (italic ? 2u : 0u)]).append(extension);
    }
};

namespace free_faces {

constexpr std::string_view urw = "/usr/share/fonts/opentype/urw-base35/",
                           liberation = "/usr/share/fonts/truetype/liberation/",
                           noto = "/usr/share/fonts/truetype/noto/";
using Styles = std::array<std::string_view, 4>;
constexpr Styles plain{"-Regular", "-Bold", "-Italic", "-BoldItalic"};
constexpr Styles sloped{"-Regular", "-Bold", "-Oblique", "-BoldOblique"};
constexpr Styles roman{"-Roman", "-Bold", "-Italic", "-BoldItalic"};
constexpr Styles short_names{"-Roman", "-Bold", "-Italic", "-BdIta"};
constexpr Styles single{"", "", "", ""};

constexpr Series nimbus_sans{urw, "NimbusSans", ".otf", plain}, nimbus_narrow{urw, "NimbusSansNarrow", ".otf", sloped},
    nimbus_roman{urw, "NimbusRoman", ".otf", plain}, nimbus_mono{urw, "NimbusMonoPS", ".otf", plain},
    symbols{urw, "StandardSymbolsPS", ".otf", single}, dingbats{urw, "D050000L", ".otf", single},
    century{urw, "C059", ".otf", short_names}, palladio{urw, "P052", ".otf", roman},
    liberation_sans{liberation, "LiberationSans", ".ttf", plain},
    liberation_narrow{liberation, "LiberationSansNarrow", ".ttf", plain},
    liberation_serif{liberation, "LiberationSerif", ".ttf", plain},
    liberation_mono{liberation, "LiberationMono", ".ttf", plain}, noto_sans{noto, "NotoSans", ".ttf", plain},
    noto_serif{noto, "NotoSerif", ".ttf", plain};

}  // namespace free_faces
}  // namespace pli::uploads::reader
