#pragma once
#include <map>
#include <qpdf/QPDFObjGen.hh>
#include <string>
#include <vector>

#include "uploads/reader/matrix.hpp"
#include "uploads/reader/operations.hpp"
#include "uploads/reader/page_marks.hpp"

namespace pli::uploads::reader {

/// What was taken out.
struct Cleared {
    int characters = 0, paths = 0, pictures = 0, forms = 0;
    int all() const { return characters + paths + pictures + forms; }
};

/// Rewrites the content of one page, whose forms are its own, without what stands in its zones.
class ZoneClearing {
public:
    /// `zones` and `marks` in points from the top left corner of the page; `marks` found in the same streams.
    ZoneClearing(std::vector<Extent> zones, const PageMarks& marks);
    /// `to_paper`: from the space in which the form is drawn.
    void clear(const QPDFObjectHandle& form, const Matrix& to_paper);
    const Cleared& cleared() const { return cleared_; }

private:
    struct Cut {
        std::uint32_t at = 0, bytes = 1;
        double shift = 0;  // what TJ moves by instead, in thousandths
    };
    using Cuts = std::map<std::uint32_t, std::vector<Cut>>;  // by the string's offset in the content
    class Stream;

    bool inside(const Extent& mark) const;
    void note_cut(const PageGlyph& glyph, const PageMarks& marks);
    const Cuts* cuts_in(const QPDFObjectHandle& stream) const;

    std::vector<Extent> zones_;
    std::map<QPDFObjGen, Cuts> cuts_;
    Cleared cleared_;
};

}  // namespace pli::uploads::reader
