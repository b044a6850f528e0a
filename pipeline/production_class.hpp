#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/length.hpp"
#include "base/letter.hpp"
#include "layouts/template.hpp"

namespace pli::pipeline {

/// What letters must have in common to run through the machines together.
struct ProductionClass {
    std::string name;  // "a4-80-dl-duplex-colour": in batch names, hence lower case letters, digits and hyphens only
    std::string paper, envelope;
    Sides sides = Sides::Simplex;
    bool colour = true;
    Size sheet;
    std::vector<std::string> inserts;
    std::string product;   // where the post takes it apart from other mail; empty: pieces of several products
    bool franked = false;  // each piece carries the code of its postage
};

/// `sheet` is the size of the letter's pages: a class never mixes sizes. What can be cut from A4, A5, letter or legal
/// is printed on exactly that. Where the stock's name does not begin with the size's name, the class does.
ProductionClass production_class(const layouts::Production& production, Sides sides, Size sheet);

/// What the post office adds: inserts, because the inserter's feeders are loaded for a batch, and the product, where it
/// is handed in apart.
void add_postage(ProductionClass& production, const std::vector<std::string>& inserts, std::string_view product);

/// Sizes nearer than a sheet can be cut: 595 x 842 pt and 210 x 297 mm are both A4.
bool same_sheet(Size a, Size b);
bool is_a4(Size sheet);

/// Lower case letters, digits and single hyphens; everything else becomes a hyphen: "C6/5" → "c6-5".
std::string name_part(std::string_view text);

}  // namespace pli::pipeline
