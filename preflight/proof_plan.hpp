#pragma once
#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "preflight/manifest_rows.hpp"
#include "preflight/places.hpp"
#include "preflight/proof.hpp"

namespace pli::preflight {

/// What must be seen in a place on a page.
struct Question {
    enum class Asks : std::uint8_t { SheetCode, NoCode, QrCode, Address };
    Asks asks = Asks::SheetCode;
    std::uint32_t page = 1, cell = 1, piece = 0;  // from 1; piece 0: the cell is blank
    Rect place;                                   // on the page
    std::string expected;                         // the code, its sum, the postal code
};

/// What a page must show.
struct ExpectedPage {
    std::vector<Question> questions;
    std::vector<std::uint32_t> sums;    // of the letters' contents, in the order they are drawn
    std::vector<std::uint32_t> pieces;  // whose contents they are
};

/// Which letter sheet lies in which cell of which press sheet, by the manifest.
/// Threads  immutable once made; share freely
class ProofPlan {
public:
    /// Errors   BadInput: the two tell of different grids; the manifest puts two sheets into one cell, or one into a cell that is none
    static Result<ProofPlan> make(ManifestFacts manifest, Places places);

    std::uint32_t press_sheets() const { return press_sheets_; }
    std::uint32_t sides() const { return sides_; }
    ExpectedPage expect(std::uint32_t press_sheet, bool back) const;
    /// Whether some letter's page adds up to this: marks and slug lines do not.
    bool is_letter_content(std::uint32_t sum) const { return letter_sums_.contains(sum); }

private:
    struct Occupant {
        std::uint32_t piece = 0, sheet = 0;  // from 1; 0: none
    };
    Done place_pieces();
    void expect_in(std::uint32_t press_sheet, std::size_t cell, bool back, ExpectedPage& page) const;
    Done occupy(std::size_t slot, Occupant occupant);
    void ask_of_front(const Occupant& occupant, const CellPlace& cell, ExpectedPage& page, const Question& begun) const;
    void ask_for_qr(const Occupant& occupant, std::uint32_t letter_page, const CellPlace& cell, ExpectedPage& page,
                    const Question& begun) const;

    std::vector<ManifestPiece> pieces_;
    ManifestGrid grid_;
    Places places_;
    std::vector<Occupant> occupants_;  // press sheet by press sheet, cell by cell
    std::uint32_t press_sheets_ = 0, sides_ = 1;
    std::unordered_set<std::uint32_t> letter_sums_;
};

}  // namespace pli::preflight
