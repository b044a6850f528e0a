#include "uploads/reader/repair_upload.hpp"

#include <qpdf/QPDFWriter.hh>
#include <utility>

#include "uploads/reader/repair_black.hpp"
#include "uploads/reader/repair_fonts.hpp"
#include "uploads/reader/repair_pages.hpp"
#include "uploads/reader/repair_placing.hpp"
#include "uploads/reader/repair_rgb.hpp"
#include "uploads/reader/repair_zones.hpp"
#include "uploads/reader/upload.hpp"

namespace pli::uploads::reader {
namespace {

/// Carries out one repair; those that are one movement were gathered before.
struct Carrying {
    const RepairDesk& desk;
    Done operator()(const Flatten&) const { return flatten(desk), Done{}; }
    Done operator()(const DropBlankPages&) const { return drop_blank_pages(desk); }
    Done operator()(const EmbedFonts& fonts) const { return embed_fonts(desk, fonts); }
    Done operator()(const BlackText&) const { return blacken_text(desk); }
    Done operator()(const CoverPage& cover) const { return add_cover(desk, cover), Done{}; }
    Done operator()(const ConvertRgb&) const { return convert_rgb(desk); }
    Done operator()(const TagRgb&) const { return tag_rgb(desk), Done{}; }
    /// Gathered before: rotate, scale, centre; clear-zone.
    template <class Gathered>
    Done operator()(const Gathered&) const {
        return {};
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

/// A page is taken apart once, however many of its zones are emptied.
std::vector<ClearZone> zones_of(const std::vector<Repair>& repairs) {
    std::vector<ClearZone> zones;
    for (const Repair& repair : repairs)
        if (const auto* clear = std::get_if<ClearZone>(&repair)) zones.push_back(*clear);
    return zones;
}

bool moves_pages(const Repair& repair) {
    return std::holds_alternative<Rotate>(repair) || std::holds_alternative<Scale>(repair) ||
           std::holds_alternative<Centre>(repair);
}

Done carry_out(const RepairDesk& desk, const std::vector<Repair>& repairs) {
    Placing placing = placing_of(repairs);
    std::vector<ClearZone> zones = zones_of(repairs);
    for (const Repair& repair : repairs) {
        if (moves_pages(repair)) {
            if (placing.asked()) TRY(place_pages(desk, std::exchange(placing, {})));
        } else if (std::holds_alternative<ClearZone>(repair)) {
            if (!zones.empty()) TRY(clear_zones(desk, std::exchange(zones, {})));
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
    // qpdf 11 leaves out of the cross-reference stream what a reconstructed trailer lacks; the number is its own.
    pdf.getTrailer().replaceKey("/Size", QPDFObjectHandle::newInteger(0));
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
    const RepairDesk desk{*pdf, order.sheet, press_profile, order.fonts_folder, order.most_bytes, repaired.deeds};
    tell_annotations(desk);
    static_cast<void>(TRY(printed_pages(*pdf, order.most_pages)));
    TRY(carry_out(desk, order.repairs));
    leave_behind(*pdf);
    repaired.bytes = written(*pdf);
    return repaired;
}

}  // namespace pli::uploads::reader
