#include "render/document_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <iterator>

#include "render/pdf_text.hpp"

namespace pli::render {

PartTree::PartTree(PdfFile& file, const DocumentParts& parts)
    : file_(file), parts_(parts), node_(file.reserve()), first_(file.reserve()) {
    for (std::uint32_t i = 1; i < parts_.count; ++i) file_.reserve();
}

void PartTree::add(const PartOfSide& side, ObjectId page) {
    assert(side.part < parts_.count && "DocumentParts::count says how many come");
    if (first_page_.number != 0 && side.part != open_.part) {
        write_part();
        first_page_ = {};
    }
    if (first_page_.number == 0) {
        open_ = side;
        first_page_ = page;
    }
    last_page_ = page;
}

/// What stands on the sheet in the DataMatrix too, so that both lead to the same row of the manifest.
std::string PartTree::piece_id(std::uint32_t piece) const {
    const auto number = parts_.numbers != nullptr ? (*parts_.numbers)[piece - 1] : piece;
    return text_string(fmt::format("{}-{:07}", parts_.piece_prefix, number));
}

/// A part that is one piece names it as recipient; a press sheet has several, for which CIP4 has no word.
std::string PartTree::metadata() const {
    const auto& pieces = open_.pieces;
    if (pieces.empty()) return "";
    if (pieces.size() == 1)
        return "/DPM<</CIP4_Root<</Type/CIP4_Root/CIP4_Recipient<</CIP4_UniqueID" + piece_id(pieces[0]) + ">>>>>>";
    std::string all;
    for (const auto piece : pieces) all += piece_id(piece);
    return "/DPM<</Pli_Pieces[" + all + "]>>";
}

void PartTree::write_part() {
    std::string body = "<</Type/DPart/Parent " + node_.reference() + "/Start " + first_page_.reference();
    // End says that there is more than one page, and is not there otherwise (ISO 32000-2, table 409).
    if (last_page_.number != first_page_.number) body += "/End " + last_page_.reference();
    file_.write(part(open_), body + metadata() + ">>");
}

/// A million parts make a dictionary of ten megabytes: it is written array by array.
void PartTree::write_root(ObjectId node, ObjectId root) {
    constexpr std::uint32_t longest_array = 1000;  // readers' limits begin at 8191 entries
    file_.begin_whole(node);
    file_.continue_whole("<</Type/DPart/Parent " + root.reference() + "/DParts[");
    std::string array;
    for (std::uint32_t first = 0; first < parts_.count; first += longest_array) {
        array = "[";
        for (std::uint32_t i = first; i < std::min(first + longest_array, parts_.count); ++i)
            fmt::format_to(std::back_inserter(array), "{} 0 R ", first_.number + i);
        array.back() = ']';
        file_.continue_whole(array);
    }
    file_.continue_whole(
        "]/DPM<</CIP4_Root<</Type/CIP4_Root/CIP4_Metadata<</CIP4_Conformance(base)/CIP4_Creator(Pli " PLI_VERSION
        ")/CIP4_JobID" +
        text_string(parts_.job) + ">>>>>>>>");
    file_.end_whole();
}

ObjectId PartTree::finish() {
    write_part();
    const ObjectId root = file_.reserve();
    write_root(node_, root);
    file_.write(root, "<</Type/DPartRoot/DPartRootNode " + node_.reference() + "/RecordLevel 1/NodeNameList[/Batch" +
                          name_object(parts_.level) + "]>>");
    return root;
}

}  // namespace pli::render
