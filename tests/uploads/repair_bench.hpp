#pragma once
#include <string>
#include <vector>

#include "tests/uploads/test_pdf.hpp"
#include "uploads/repair.hpp"

namespace pli::uploads {

/// Repairs towards A4, given as a user gives them.
RepairPlan plan_of(const std::vector<std::string>& repairs);

/// The repaired PDF, or a failed test that says why.
Repaired repaired(const std::string& pdf, const std::vector<std::string>& repairs);
Error repair_refusal(const std::string& pdf, const std::vector<std::string>& repairs);

/// "scale: page 1: …", a line each.
std::string deeds_of(const Repaired& repaired);

/// What qpdf, poppler and MuPDF say of a PDF: without a complaint, or the complaint.
std::string complaints_about(const std::string& pdf);

/// The text that pdftotext finds, white space made single.
std::string text_in(const std::string& pdf);

/// One page at 72 dpi, as pdftoppm draws it.
Ppm picture_of(const std::string& pdf, int page = 0);
/// The colour of the pixel whose centre lies nearest to a place given in points from the top left.
std::vector<int> colour_at(const Ppm& picture, int x, int y);

}  // namespace pli::uploads
