#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "fonts/font_set.hpp"

namespace pli::fonts {

/// A face that could be used, known by name alone.
struct FoundFace {
    std::string file;
    unsigned index = 0;
    std::vector<std::string> families{};  // a face may have several: "Noto Sans", "Noto Sans Condensed"
    int lightest = 400, boldest = 400;    // one weight, or what a variable font reaches
    int narrowest = 100, widest = 100;    // per cent; 100 is normal
    bool italic = false;
    bool slants = false;  // upright or italic as one likes
    bool variable = false;
};

/// Knows the workspace's font files and the system's fonts, by exact family name (upper and lower case are one;
/// "NotoSans" is "Noto Sans" where nothing is called so). The workspace comes first: where it has the family, the system's faces of that name are not looked at.
/// Source   CSS Fonts 4 §5.2 for the nearest weight; fontconfig for the system's fonts
/// Errors   BadInput or Unsupported: a file of the folder is no font Pli can embed; NotFound from `find`, with families
///          of similar names
/// Threads  made and used by one thread
class FontFinder {
public:
    /// Reads the folder and the system's list of fonts. A missing folder is an empty one.
    static Result<FontFinder> open(const std::string& folder);

    Result<FoundFace> find(const FaceQuery& query) const;
    std::optional<FoundFace> look_for(const FaceQuery& query) const;

private:
    std::vector<std::string> similar_families(std::string_view family) const;
    std::vector<FoundFace> workspace_, system_;
};

}  // namespace pli::fonts
