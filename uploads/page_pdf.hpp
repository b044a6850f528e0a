#pragma once
#include <string>
#include <vector>

#include "frame/assets.hpp"
#include "uploads/message.hpp"

namespace pli::uploads {

/// An imported page as a PDF of its own, uncompressed in structure: what previews rasterise and tests look at.
/// Source   ISO 32000-1 §7.5 (file structure)
/// Threads  pure
std::string page_pdf(const std::vector<ForeignObject>& objects, std::uint32_t form, Size size);
std::string page_pdf(const ForeignPage& page);
/// All in one file, for readers that are started once for many pages.
std::string pages_pdf(const std::vector<ForeignObject>& objects, const std::vector<PageForm>& pages);

}  // namespace pli::uploads
