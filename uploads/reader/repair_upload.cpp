#include "uploads/reader/repair_upload.hpp"

#include <qpdf/QPDFWriter.hh>
#include <utility>

#include "uploads/reader/repair_fonts.hpp"
#include "uploads/reader/repair_pages.hpp"
#include "uploads/reader/repair_placing.hpp"
#include "uploads/reader/upload.hpp"

namespace pli::uploads::reader {
namespace {

/// Carries out one repair; those that are one movement were gathered before.
struct Carrying {
    const RepairDesk& desk;
    Done operator()(const Flatten&) const { return flatten(desk), Done{}; }
    Done operator()(const DropBlankPages&) const { return drop_blank_pages(desk); }
    Done operator()(const EmbedFonts&) const { return embed_fonts(desk); }
    Done operator()(const CoverPage& cover) const { return add_cover(desk, cover), Done{}; }
    template <class Other>
    Done operator()(const Other& other) const {
        return failure(Fault::Unsupported, "", "this repair is not carried out yet: " + text_of(other));
    }
};

Placing placing_of(const std::vector<Repair>& repairs) {
    Placing placing;
    for (const Repair& repair : repairs) {
        if (const auto* rotate = std::get_if<Rotate>(&repair)) placing.rotate = *rotate;
        if (const auto* scale = std::get_if<Scale>(&repair)) placing.scale = *scale;
        placing.centre = placing.centre || std::holds_alternative<Centre>(repair);
    }
    return placing;
}

bool moves_pages(const Repair& repair) {
    return std::holds_alternative<Rotate>(repair) || std::holds_alternative<Scale>(repair) ||
           std::holds_alternative<Centre>(repair);
}

Done carry_out(const RepairDesk& desk, const std::vector<Repair>& repairs) {
    Placing placing = placing_of(repairs);
    for (const Repair& repair : repairs) {
        if (moves_pages(repair)) {
            if (placing.asked()) TRY(place_pages(desk, std::exchange(placing, {})));
        } else {
            TRY(std::visit(Carrying{desk}, repair));
        }
    }
    return {};
}

/// What claims things of the original, or leads into it, does not hold for what was made of it.
void leave_behind(QPDF& pdf) {
    auto root = pdf.getRoot();
    for (const char* key : {"/AcroForm", "/StructTreeRoot", "/MarkInfo", "/Metadata", "/Outlines", "/Dests", "/Threads",
                            "/PieceInfo", "/Perms", "/Extensions", "/SpiderInfo", "/Legal"})
        root.removeKey(key);
}

std::string written(QPDF& pdf) {
    QPDFWriter writer(pdf);
    writer.setOutputMemory();
    writer.setPreserveEncryption(false);
    writer.setDeterministicID(true);
    writer.setStreamDataMode(qpdf_s_compress);
    writer.setObjectStreamMode(qpdf_o_generate);
    writer.setMinimumPDFVersion("1.6");
    writer.write();
    const auto buffer = writer.getBufferSharedPointer();
    return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

}  // namespace

Result<Repaired> repair_upload(const std::string& bytes, std::string_view press_profile, const RepairOrder& order) {
    const auto pdf = TRY(open_upload(bytes));
    Repaired repaired;
    const RepairDesk desk{*pdf, order.sheet, press_profile, order.most_bytes, repaired.deeds};
    tell_annotations(desk);
    static_cast<void>(TRY(printed_pages(*pdf, order.most_pages)));
    TRY(carry_out(desk, order.repairs));
    leave_behind(*pdf);
    repaired.bytes = written(*pdf);
    return repaired;
}

}  // namespace pli::uploads::reader
