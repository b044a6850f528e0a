#include "pipeline/ticket.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "pipeline/output_file.hpp"
#include "pipeline/xml_text.hpp"
#include "postage/makeup.hpp"

namespace pli::pipeline {
namespace {

constexpr const char* press_paper = "Paper";  // ids within the ticket
constexpr const char* envelope_product = "Envelope";
constexpr const char* letter_product = "Letter";
constexpr const char* piece_product = "Mailpiece";

bool is_cut(const BatchSpec& batch) { return !batch.layout.as_letter; }
bool duplex(const BatchSpec& batch) { return batch.production.sides == Sides::Duplex; }

std::string number(std::uint64_t value) { return std::to_string(value); }
std::string points(Length length) { return fmt::format("{:.2f}", length.to_pt()); }
std::string points(Size size) { return points(size.width) + " " + points(size.height); }

/// Left, bottom, right, top.
std::string points(const Rect& box, Length sheet_height) {
    return fmt::format("{} {} {} {}", points(box.left()), points(sheet_height - box.bottom()), points(box.right()),
                       points(sheet_height - box.top()));
}

/// Stocks are known only where the run has a post office.
std::optional<postage::Paper> paper_of(const RunPlan& plan, const BatchSpec& batch) {
    if (!plan.post_office) return std::nullopt;
    auto paper = plan.post_office->stocks().paper(batch.production.paper);
    return paper ? std::optional(std::move(*paper)) : std::nullopt;
}
std::optional<postage::Envelope> envelope_of(const RunPlan& plan, const BatchSpec& batch) {
    if (!plan.post_office || batch.production.envelope.empty()) return std::nullopt;
    auto envelope = plan.post_office->stocks().envelope(batch.production.envelope);
    return envelope ? std::optional(std::move(*envelope)) : std::nullopt;
}

std::string insert_id(std::size_t n) { return fmt::format("Insert{}", n + 1); }

/// How a resource takes part in the processes. XJDF keeps those without a usage for information only.
enum class Usage : std::uint8_t { Input, Output, Information };

class Ticket {
public:
    Ticket(const RunPlan& plan, const ControlFacts& facts)
        : plan_(plan),
          facts_(facts),
          batch_(facts.batch),
          paper_(paper_of(plan, batch_)),
          envelope_(envelope_of(plan, batch_)),
          panels_(envelope_ ? postage::panels_of(batch_.production.sheet, envelope_->size) : 1) {}

    std::string text() {
        const auto types = processes();
        xml_.open("XJDF", {{"xmlns", "http://www.CIP4.org/JDFSchema_2_0"},
                           {"JobID", batch_.name},
                           {"JobPartID", "mailing"},
                           {"RelatedJobID", plan_.reprint ? plan_.reprint->of : ""},
                           {"DescriptiveName", fmt::format("{}: {} pieces", plan_.sender, facts_.total.pieces)},
                           {"Types", types}});
        add_head();
        add_products();
        add_job();
        add_print_file();
        add_press();
        add_finishing();
        add_delivery();
        xml_.close();
        return xml_.finish();
    }

private:
    std::string processes() const {
        std::string types = "DigitalPrinting";
        if (is_cut(batch_)) types += " Cutting";
        if (panels_ > 1) types += " Folding";
        return types + " Inserting Delivery";
    }

    void open_set(std::string_view name, Usage usage, std::string_view process_usage = {}) {
        const auto* word = usage == Usage::Input ? "Input" : usage == Usage::Output ? "Output" : "";
        xml_.open("ResourceSet", {{"Name", name}, {"Usage", word}, {"ProcessUsage", process_usage}});
    }
    void amount(std::uint64_t pieces) {
        xml_.open("AmountPool");
        xml_.leaf("PartAmount", {{"Amount", number(pieces)}});
        xml_.close();
    }
    void close(int elements) {
        while (elements-- > 0) xml_.close();
    }

    void add_head() {
        xml_.open("AuditPool");
        xml_.open("AuditCreated");
        xml_.leaf("Header", {{"AgentName", "Pli"},
                             {"AgentVersion", PLI_VERSION},
                             {"DeviceID", "pli"},
                             {"Time", Instant::midnight(plan_.day).iso()}});
        close(2);
        xml_.leaf_text("Comment", {{"Type", "Instruction"}}, how_to_print());
        xml_.leaf("GeneralID", {{"IDUsage", "BatchID"}, {"IDValue", batch_.id}});
        xml_.leaf("GeneralID", {{"IDUsage", "Run"}, {"IDValue", plan_.run}});
        for (const auto& sum : facts_.sums)
            xml_.leaf("GeneralID", {{"IDUsage", "SHA256"}, {"IDValue", Digest::hex(sum.sha256) + "  " + sum.name}});
    }

    const char* how_to_print() const {
        if (!is_cut(batch_)) return "print.pdf holds letter sheets in piece order: print page by page";
        if (batch_.layout.arrangement.method == Method::InSequence)
            return "print.pdf holds press sheets, imposed and ready: print page by page, cut, merge row by row from "
                   "the left";
        return "print.pdf holds press sheets, imposed and ready: print page by page, cut, put each pile under the one "
               "before";
    }

    void add_products() {
        const auto pieces = number(facts_.total.pieces);
        xml_.open("ProductList");
        xml_.open("Product",
                  {{"ID", piece_product}, {"IsRoot", "true"}, {"ProductType", "FilledEnvelope"}, {"Amount", pieces}});
        xml_.open("Intent", {{"Name", "AssemblingIntent"}});
        xml_.open("AssemblingIntent", {{"Container", envelope_product}});
        xml_.leaf("BlowIn", {{"ChildRef", letter_product}});
        for (std::size_t i = 0; i < batch_.production.inserts.size(); ++i)
            xml_.leaf("BlowIn", {{"ChildRef", insert_id(i)}});
        close(3);
        xml_.leaf("Product", {{"ID", envelope_product},
                              {"IsRoot", "false"},
                              {"ProductType", "Envelope"},
                              {"DescriptiveName", batch_.production.envelope},
                              {"Amount", pieces}});
        add_letter();
        for (std::size_t i = 0; i < batch_.production.inserts.size(); ++i)
            xml_.leaf("Product", {{"ID", insert_id(i)},
                                  {"IsRoot", "false"},
                                  {"ProductType", "Insert"},
                                  {"DescriptiveName", batch_.production.inserts[i]},
                                  {"Amount", pieces}});
        xml_.close();
    }

    void add_letter() {
        xml_.open("Product", {{"ID", letter_product},
                              {"IsRoot", "false"},
                              {"ProductType", "Letter"},
                              {"Amount", number(facts_.total.pieces)}});
        intent("LayoutIntent", {{"Dimensions", points(batch_.production.sheet)},
                                {"Sides", duplex(batch_) ? "TwoSidedHeadToHead" : "OneSided"}});
        intent("MediaIntent",
               {{"MediaType", "Paper"}, {"MediaQuality", batch_.production.paper}, {"Weight", weight()}});
        xml_.open("Intent", {{"Name", "ColorIntent"}});
        xml_.open("ColorIntent");
        xml_.leaf("SurfaceColor", {{"Surface", "Front"}, {"ColorsUsed", inks()}});
        if (duplex(batch_)) xml_.leaf("SurfaceColor", {{"Surface", "Back"}, {"ColorsUsed", inks()}});
        close(3);
    }
    void intent(std::string_view name, XmlText::Attributes attributes) {
        xml_.open("Intent", {{"Name", name}});
        xml_.leaf(name, attributes);
        xml_.close();
    }

    std::string weight() const { return paper_ ? fmt::format("{:g}", paper_->grammage) : ""; }
    std::string inks() const { return batch_.production.colour ? "Cyan Magenta Yellow Black" : "Black"; }

    void add_job() {
        open_set("NodeInfo", Usage::Input);
        xml_.open("Resource");
        xml_.leaf("NodeInfo", {{"Status", "Waiting"}});
        close(2);
        open_set("CustomerInfo", Usage::Input);
        xml_.open("Resource");
        xml_.leaf("CustomerInfo", {{"CustomerJobName", batch_.name}, {"CustomerProjectID", plan_.sender}});
        close(2);
    }

    void add_print_file() {
        open_set("RunList", Usage::Input);
        xml_.open("Resource", {{"DescriptiveName", batch_.name}});
        xml_.open("RunList", {{"NPage", number(facts_.print_pages)}});
        xml_.leaf("FileSpec", {{"URL", "print.pdf"},
                               {"MimeType", "application/pdf"},
                               {"FileFormat", "PDF/X-4"},
                               {"NPage", number(facts_.print_pages)}});
        close(3);
    }

    void add_press() {
        const auto& sheet = batch_.layout;
        open_set("Media", Usage::Input);
        xml_.open("Resource", {{"ID", press_paper}, {"DescriptiveName", batch_.production.paper}});
        amount(facts_.press_sheets);
        xml_.leaf("Media", {{"MediaType", "Paper"},
                            {"MediaUnit", "Sheet"},
                            {"MediaQuality", batch_.production.paper},
                            {"Dimension", points(sheet.media)},
                            {"Weight", weight()},
                            {"Thickness", paper_ ? fmt::format("{:.0f}", paper_->caliper.to_mm() * 1000) : ""}});
        close(2);
        add_layout(sheet);
        open_set("DigitalPrintingParams", Usage::Input);
        xml_.open("Resource");
        xml_.leaf("DigitalPrintingParams",
                  {{"Collate", "Sheet"}, {"Sides", duplex(batch_) ? "TwoSided" : "OneSidedFront"}});
        close(2);
        add_inks();
    }

    const char* work_style() const {
        if (!duplex(batch_)) return "Simplex";
        if (batch_.layout.arrangement.turn == Turn::HeadToFoot) return "WorkAndTumble";
        return is_cut(batch_) ? "WorkAndTurn" : "WorkAndBack";
    }

    /// For information: nothing is left to impose, but the cutter and the man at the piles want to see it.
    void add_layout(const PressLayout& sheet) {
        open_set("Layout", Usage::Information);
        xml_.open("Resource");
        xml_.open("Layout", {{"WorkStyle", work_style()}, {"PaperRef", press_paper}});
        const auto depth = sheet.arrangement.depth == 0 ? facts_.press_sheets : sheet.arrangement.depth;
        const bool piles = sheet.arrangement.method == Method::CutAndStack;
        for (std::uint32_t cell = 0; cell < sheet.cells.size(); ++cell)
            xml_.leaf("Position", {{"AbsoluteBox", points(sheet.cells[cell], sheet.media.height)},
                                   {"Orientation", sheet.turned(cell, false) ? "Rotate180" : ""},
                                   {"StackOrd", piles ? number(cell) : ""},
                                   {"StackDepth", piles ? number(depth) : ""}});
        close(3);
    }

    void add_inks() {
        open_set("ColorantControl", Usage::Input);
        xml_.open("Resource");
        xml_.leaf("ColorantControl", {{"ProcessColorModel", batch_.production.colour ? "DeviceCMYK" : "DeviceGray"},
                                      {"ColorantParams", inks()}});
        close(2);
    }

    void add_finishing() {
        if (is_cut(batch_)) add_cutting();
        if (panels_ > 1) add_folding();
        add_code();
        add_inserting();
    }

    void add_cutting() {
        const auto& sheet = batch_.layout;
        open_set("CuttingParams", Usage::Input);
        xml_.open("Resource");
        xml_.open("CuttingParams");
        for (std::size_t cell = 0; cell < sheet.cells.size(); ++cell)
            xml_.leaf("CutBlock", {{"BlockName", fmt::format("Pile{}", cell + 1)},
                                   {"Box", points(sheet.cells[cell], sheet.media.height)}});
        close(3);
    }

    /// So many panels that the sheet goes into the envelope. Whether it is folded in or in zigzag is the inserter's
    /// affair, so of the catalogue only what one fold is, is named.
    void add_folding() {
        open_set("FoldingParams", Usage::Input);
        xml_.open("Resource");
        xml_.leaf("FoldingParams", {{"FoldCatalog", panels_ == 2 ? "F4-1" : fmt::format("F{}-X", 2 * panels_)},
                                    {"FoldingDetails", "AddressOutside"}});
        close(2);
    }

    void add_code() {
        open_set("Component", Usage::Input, "Letter");
        xml_.open("Resource", {{"DescriptiveName", "letter sheets, in piece order"}});
        amount(facts_.total.sheets);
        xml_.open("Component", {{"ProductType", "Letter"}, {"MediaRef", press_paper}});
        xml_.leaf("IdentificationField",
                  {{"Encoding", "Barcode"},
                   {"EncodingDetails", "DataMatrix"},
                   {"Position", "Front"},
                   {"Purpose", "Verification"},
                   {"ValueFormat", plan_.reprint ? "3%14s%07i%03i%03i%02i" : "1%14s%07i%03i%03i"},
                   {"ValueTemplate", plan_.reprint ? "job doc sheet sheets generation" : "job doc sheet sheets"}});
        close(3);
    }

    void add_inserting() {
        open_set("InsertingParams", Usage::Input);
        xml_.open("Resource");
        xml_.leaf("InsertingParams", {{"InsertLocation", "Front"}, {"Method", "BlowIn"}});
        close(2);
        open_set("Component", Usage::Input, "Envelope");
        xml_.open("Resource", {{"DescriptiveName", batch_.production.envelope}});
        amount(facts_.total.pieces);
        xml_.leaf("Component",
                  {{"ProductType", "Envelope"}, {"Dimensions", envelope_ ? points(envelope_->size) + " 0" : ""}});
        close(2);
        for (const auto& insert : batch_.production.inserts) {
            open_set("Component", Usage::Input, "Insert");
            xml_.open("Resource", {{"DescriptiveName", insert}});
            amount(facts_.total.pieces);
            xml_.leaf("Component", {{"ProductType", "Insert"}});
            close(2);
        }
        open_set("Component", Usage::Output);
        xml_.open("Resource", {{"DescriptiveName", "closed envelopes"}});
        amount(facts_.total.pieces);
        xml_.leaf("Component", {{"ProductType", "FilledEnvelope"}});
        close(2);
    }

    void add_delivery() {
        const bool weighed = facts_.total.mass > Mass{};
        open_set("DeliveryParams", Usage::Input);
        xml_.open("Resource", {{"DescriptiveName", "to the post: posting-list.csv"}});
        xml_.open("DeliveryParams", {{"Method", "Post"}});
        xml_.leaf("DropItem", {{"Amount", number(facts_.total.pieces)},
                               {"ItemRef", piece_product},
                               {"TotalWeight", weighed ? fmt::format("{:.2f}", facts_.total.mass.to_g()) : ""}});
        close(3);
    }

    const RunPlan& plan_;
    const ControlFacts& facts_;
    const BatchSpec& batch_;
    std::optional<postage::Paper> paper_;
    std::optional<postage::Envelope> envelope_;
    int panels_;
    XmlText xml_;
};

}  // namespace

std::string ticket_text(const RunPlan& plan, const ControlFacts& facts) { return Ticket(plan, facts).text(); }

Result<HiddenFolder::FileSum> write_ticket(const RunPlan& plan, const ControlFacts& facts, const HiddenFolder& folder) {
    auto file = TRY(OutputFile::create(folder.path("ticket.xjdf")));
    TRY(file.write(ticket_text(plan, facts)));
    const auto written = TRY(file.close());
    return HiddenFolder::FileSum{"ticket.xjdf", written.sha256};
}

}  // namespace pli::pipeline
