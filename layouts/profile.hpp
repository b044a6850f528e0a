#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.hpp"
#include "base/length.hpp"
#include "base/result.hpp"

namespace pli::layouts {

/// Where address, folds and text stand on a sheet for one market's window envelope. The numbers live in
/// layouts/profiles/*.toml, each file with its validity dates and the source of every figure.
/// Units    Length from the sheet's top left corner, y downwards
/// Errors   load: BadInput with file, line and column, also for two editions of one name that overlap in time;
///          find: NotFound naming the profiles there are on that day
/// Threads  immutable once loaded; share freely
struct Profile {
    std::string name;     // "DIN5008-B"
    std::string country;  // ISO 3166-1 alpha-2 of the market
    Day valid_from;
    std::optional<Day> valid_until;
    Size sheet;
    Rect address_field;   // the whole field, return line included
    Rect always_visible;  // what the window shows wherever the insert slides: the address stays inside
    std::optional<Rect> return_line;
    Rect address;  // where the address block is set
    Length address_size, address_leading, return_size;
    int address_lines = 6;
    int address_lines_abroad = 6;  // where one more is allowed for the country
    std::optional<Rect> info_block;
    Rect body;       // first page, between reference line and footer
    Rect body_next;  // follow-on pages
    Rect footer;
    std::vector<Length> folds;
    std::optional<Length> punch;
    Length mark_x, mark_length, punch_length;  // fold and punch marks at the left edge
    Rect sheet_code;                           // where the inserter's DataMatrix goes, kept free by templates
    std::vector<Rect> reserved;                // nothing may be printed there, ever
    std::optional<Rect> hybrid_franking;       // kept free as well where the carrier franks inside the window
    struct Margins {
        Length top, right, bottom, left;
    };
    std::optional<Margins> printable;         // the edges that machines do not reach
    int most_sheets = 0, most_megabytes = 0;  // of an uploaded letter; 0: not known
    struct LargerEnvelope {
        std::string name;  // "C4"
        int most_sheets = 0;
    };
    std::optional<LargerEnvelope> larger;  // what more sheets go into, the window at the same place of the sheet
    std::optional<Rect> franking;          // where the merchant's own franking code goes, clear zone included
    std::string envelope;                  // "DL", "C6/5": part of the production class
};

class ProfileSet {
public:
    /// Every *.toml of the folder; `extra` (the workspace's own profiles/) wins over a built-in name.
    static Result<ProfileSet> load(const std::string& folder, const std::string& extra);
    Result<const Profile*> find(std::string_view name, Day on) const;
    const std::vector<Profile>& all() const { return profiles_; }

private:
    std::vector<Profile> profiles_;
};

}  // namespace pli::layouts
