#pragma once
#include "layouts/desk.hpp"
#include "layouts/template.hpp"

namespace pli::layouts {

/// What stands on a page beside the flow, as far as it can be known before the letter is set.
Done dress_page(Desk& desk, const PageDress& dress, Frame& frame);

/// What must know how many pages there are: page numbers, footers of the last page. Called once, when all are set;
/// `step` is 2 where every other frame is a back no text goes to.
Done complete_pages(Desk& desk, TypesetLetter& out, std::size_t step);

/// Whether `item` stands on this page of so many, counted from 1.
bool stands_on(PageScope scope, std::size_t page, std::size_t pages);

}  // namespace pli::layouts
