#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/length.hpp"
#include "base/mass.hpp"
#include "base/result.hpp"
#include "postage/source.hpp"

namespace pli::postage {

class DataTable;

struct Paper {
    std::string name;      // "A4-100-laid"
    double grammage = 80;  // g/m²
    Length caliper;        // of one leaf
    Source source;
};

struct Envelope {
    std::string name;  // "C6/5"
    Size size;         // flap on top
    Mass mass;
    Length thickness;  // empty
    Length filling;    // as thick an insert as a machine gets in
    Source source;
};

/// What goes into the envelope beside the letter: a flyer, a card.
struct Insert {
    std::string name;
    Mass mass;
    Length thickness;
    std::vector<std::string> templates;  // goes with the letters of these; empty: with all
    Source source;
};

/// The papers, envelopes and inserts there are: postage/stocks/*.toml, then those of the print house's file, then the
/// workspace's paper/*.toml. The later wins: what was measured on the stock in hand stands nearest to the work.
/// Errors   load: BadInput with file, line and column; paper, envelope: NotFound
/// Threads  immutable once loaded; share freely
class Stocks {
public:
    static Result<Stocks> load(const std::string& folder, const std::string& print_house, const std::string& extra);

    /// A name that no file has but that tells its grammage ("A4-115-matt") is paper of ordinary bulk.
    Result<Paper> paper(std::string_view name) const;
    Result<Envelope> envelope(std::string_view name) const;
    std::vector<Insert> inserts_for(std::string_view template_name) const;

    const std::vector<Paper>& papers() const { return papers_; }
    const std::vector<Envelope>& envelopes() const { return envelopes_; }

private:
    Done read(DataTable& file);
    std::vector<Paper> papers_;
    std::vector<Envelope> envelopes_;
    std::vector<Insert> inserts_;
};

}  // namespace pli::postage
