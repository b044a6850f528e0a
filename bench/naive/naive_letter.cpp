// The letter drawn the obvious way: one Cairo PDF surface, one page a letter, a fresh PangoLayout for every text.
// The yardstick of the benchmarks: machines drift, so Pli's figures are quoted as a multiple of this program's, run in
// the same minute. It is kept as plain as somebody would write it in an afternoon. usage: naive_letter RECIPIENTS.csv N
// OUT.pdf LETTER.json LOGO.png
#include <cairo-pdf.h>
#include <cairo.h>
#include <pango/pangocairo.h>
#include <qrencode.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <vector>

namespace {
using nlohmann::json;
constexpr double pt_per_mm = 72.0 / 25.4;

std::string slurp(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

using Row = std::vector<std::string>;
struct Csv {
    std::unordered_map<std::string, std::size_t> column;
    std::vector<Row> rows;
};

Csv read_csv(const std::string& path, std::size_t limit) {
    const std::string text = slurp(path);
    Csv csv;
    Row row;
    std::string cell;
    bool quoted = false, header = true;
    for (std::size_t i = 0; i < text.size() && csv.rows.size() < limit; ++i) {
        const char c = text[i];
        if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
            cell += '"';
            ++i;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (quoted || (c != ',' && c != '\n')) {
            if (c != '\r' || quoted) cell += c;
        } else {
            row.push_back(std::move(cell));
            cell.clear();
            if (c == ',') continue;
            if (header)
                for (std::size_t k = 0; k < row.size(); ++k) csv.column[row[k]] = k;
            else
                csv.rows.push_back(std::move(row));
            header = false;
            row.clear();
        }
    }
    return csv;
}

/// A text with {fields}: literal, column, literal, column, … literal.
struct Text {
    std::vector<std::string> literals;
    std::vector<std::size_t> columns;
    Text() = default;
    Text(const std::string& text, const Csv& csv) {
        std::size_t at = 0;
        for (auto open = text.find('{'); open != std::string::npos; open = text.find('{', at)) {
            const auto close = text.find('}', open);
            literals.push_back(text.substr(at, open - at));
            columns.push_back(csv.column.at(text.substr(open + 1, close - open - 1)));
            at = close + 1;
        }
        literals.push_back(text.substr(at));
    }
    std::string fill(const Row& row) const {
        std::string out = literals[0];
        for (std::size_t i = 0; i < columns.size(); ++i) out += row[columns[i]] + literals[i + 1];
        return out;
    }
};

enum class Align { Left, Right, Centre };

/// Pango and Cairo as their manuals show them.
struct Pen {
    cairo_t* cr = nullptr;
    PangoContext* context = nullptr;

    PangoLayout* layout(const std::string& text, double size, bool bold, double width) const {
        auto* l = pango_layout_new(context);
        auto* font = pango_font_description_new();
        pango_font_description_set_family(font, "Noto Sans");
        pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
        pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
        pango_layout_set_font_description(l, font);
        pango_font_description_free(font);
        if (width > 0) {
            pango_layout_set_width(l, static_cast<int>(width * PANGO_SCALE));
            pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
        }
        pango_layout_set_text(l, text.data(), static_cast<int>(text.size()));
        return l;
    }
    void line(const std::string& text, double x, double y, double size, bool bold = false,
              Align align = Align::Left) const {
        auto* l = layout(text, size, bold, 0);
        int width = 0, height = 0;
        if (align != Align::Left) pango_layout_get_size(l, &width, &height);
        const double natural = static_cast<double>(width) / PANGO_SCALE;
        cairo_move_to(cr, x - (align == Align::Right ? natural : natural / 2), y);
        pango_cairo_show_layout_line(cr, pango_layout_get_line_readonly(l, 0));
        g_object_unref(l);
    }
    int paragraph(const std::string& text, double x, double y, double width, double size, double leading) const {
        auto* l = layout(text, size, false, width);
        int count = 0;
        for (GSList* it = pango_layout_get_lines_readonly(l); it != nullptr; it = it->next, ++count) {
            cairo_move_to(cr, x, y + count * leading + leading * 0.78);
            pango_cairo_show_layout_line(cr, static_cast<PangoLayoutLine*>(it->data));
        }
        g_object_unref(l);
        return count;
    }
    void rule(double x0, double y0, double x1, double y1, double width, double grey = 0) const {
        cairo_set_source_rgb(cr, grey, grey, grey);
        cairo_set_line_width(cr, width);
        cairo_move_to(cr, x0, y0);
        cairo_line_to(cr, x1, y1);
        cairo_stroke(cr);
        cairo_set_source_rgb(cr, 0, 0, 0);
    }
};

double mm(const json& value) { return value.get<double>() * pt_per_mm; }

class Letter {
public:
    Letter(const std::string& recipients, std::size_t count, const std::string& form_file, const std::string& logo_file)
        : form(json::parse(slurp(form_file))), csv(read_csv(recipients, count)) {
        auto* fonts = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
        pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(fonts), 72);
        pen.context = pango_font_map_create_context(fonts);
        auto* options = cairo_font_options_create();
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
        pango_cairo_context_set_font_options(pen.context, options);
        pango_context_set_round_glyph_positions(pen.context, FALSE);
        logo = cairo_image_surface_create_from_png(logo_file.c_str());
        const auto text = [&](const json& node) { return Text(node.get<std::string>(), csv); };
        for (const auto& line : form["address"]["lines"]) address.push_back(text(line));
        date = text(form["date"]["text"]);
        subject = text(form["subject"]["text"]);
        url = text(form["qr"]["data"]);
        for (const auto& block : form["flow"]["blocks"])
            blocks.push_back(block.contains("text") ? text(block["text"]) : Text("", csv));
    }
    void draw(cairo_t* cr, const Row& row) {
        pen.cr = cr;
        cairo_set_source_rgb(cr, 0, 0, 0);
        draw_letterhead();
        draw_address(row);
        draw_code(row);
        draw_flow(row);
        draw_footer();
    }
    const std::vector<Row>& rows() const { return csv.rows; }

private:
    void rule(const json& r) const { pen.rule(mm(r["x0"]), mm(r["y"]), mm(r["x1"]), mm(r["y"]), r["width_pt"]); }

    void draw_letterhead() const {
        for (const auto& m : form["marks"])
            pen.rule(mm(m["x"]), mm(m["y"]), mm(m["x"]) + mm(m["len"]), mm(m["y"]), m["width_pt"]);
        const auto& g = form["logo"];
        cairo_save(pen.cr);
        cairo_translate(pen.cr, mm(g["x"]), mm(g["y"]));
        cairo_scale(pen.cr, mm(g["w"]) / 300, mm(g["h"]) / 120);
        cairo_set_source_surface(pen.cr, logo, 0, 0);
        cairo_paint(pen.cr);
        cairo_restore(pen.cr);
        const auto& sender = form["sender_line"];
        pen.line(sender["text"], mm(sender["x"]), mm(sender["baseline"]), sender["size"]);
        rule(sender["rule"]);
    }
    void draw_address(const Row& row) const {
        const auto& g = form["address"];
        double y = mm(g["first_baseline"]);
        for (const auto& line : address) {
            const auto text = line.fill(row);
            if (text.empty()) continue;
            pen.line(text, mm(g["x"]), y, g["size"]);
            y += mm(g["leading_mm"]);
        }
    }
    void draw_code(const Row& row) const {
        const auto& g = form["qr"];
        auto* code = QRcode_encodeString8bit(url.fill(row).c_str(), 0, QR_ECLEVEL_M);
        const double module = mm(g["size"]) / code->width;
        for (int y = 0; y < code->width; ++y)
            for (int x = 0; x < code->width;) {
                const int begin = x;
                while (x < code->width && (code->data[y * code->width + x] & 1) != 0) ++x;
                if (x > begin)
                    cairo_rectangle(pen.cr, mm(g["x"]) + begin * module, mm(g["y"]) + y * module, (x - begin) * module,
                                    module);
                else
                    ++x;
            }
        cairo_fill(pen.cr);
        QRcode_free(code);
        const auto& caption = g["caption"];
        pen.line(caption["text"], mm(caption["center_x"]), mm(caption["baseline"]), caption["size"], false,
                 Align::Centre);
    }
    void draw_flow(const Row& row) const {
        const auto &d = form["date"], &s = form["subject"], &g = form["flow"];
        pen.line(date.fill(row), mm(d["right_x"]), mm(d["baseline"]), d["size"], false, Align::Right);
        pen.line(subject.fill(row), mm(s["x"]), mm(s["baseline"]), s["size"], true);
        const double x = mm(g["x"]), leading = g["leading"], gap = g["gap"];
        double y = mm(g["top"]);
        std::size_t index = 0;
        for (const auto& block : g["blocks"]) {
            const auto text = blocks[index++].fill(row);
            if (block["type"] == "para") {
                y += pen.paragraph(text, x, y, mm(g["w"]), g["size"], leading) * leading + gap;
            } else if (block["type"] == "table") {
                y = draw_table(block, row, y) + gap;
            } else {
                y += mm(block["space"]);
                pen.rule(x, y, x + mm(block["line_w"]), y, block["line_pt"]);
                pen.line(block["text"], x, y + 11, block["size"]);
            }
        }
    }
    double draw_table(const json& table, const Row& row, double y) const {
        const double left = mm(form["flow"]["x"]), height = mm(table["row_h"]), pad = mm(table["pad"]);
        for (int i = 0; i <= table["rows"].get<int>(); ++i) {
            double x = left;
            for (const auto& column : table["columns"]) {
                const auto name = std::string("i").append(std::to_string(i)) + "_" + column["field"].get<std::string>();
                const auto text = i > 0 ? row[csv.column.at(name)] : column["title"].get<std::string>();
                const bool right = column["align"] == "right";
                pen.line(text, right ? x + mm(column["w"]) - pad : x + pad, y + height * 0.68, table["size"], i == 0,
                         right ? Align::Right : Align::Left);
                x += mm(column["w"]);
            }
            y += height;
            const double width = i > 0 ? table["row_rule_pt"] : table["header_rule_pt"];
            pen.rule(left, y, left + mm(form["flow"]["w"]), y, width, i > 0 ? table["row_rule_grey"].get<double>() : 0);
        }
        return y;
    }
    void draw_footer() const {
        const auto& g = form["footer"];
        rule(g["rule"]);
        for (const auto& column : g["columns"]) {
            double y = mm(g["first_baseline"]);
            for (const auto& line : column["lines"]) {
                pen.line(line, mm(column["x"]), y, g["size"]);
                y += g["leading"].get<double>();
            }
        }
    }

    json form;
    Csv csv;
    Pen pen;
    cairo_surface_t* logo = nullptr;
    std::vector<Text> address, blocks;
    Text date, subject, url;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 6) {
        std::fputs("usage: naive_letter RECIPIENTS.csv N OUT.pdf LETTER.json LOGO.png\n", stderr);
        return 2;
    }
    Letter letter(argv[1], std::stoul(argv[2]), argv[4], argv[5]);
    auto* surface = cairo_pdf_surface_create(argv[3], 210 * pt_per_mm, 297 * pt_per_mm);
    auto* cr = cairo_create(surface);
    for (const auto& row : letter.rows()) {
        letter.draw(cr, row);
        cairo_show_page(cr);
    }
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) {
        std::fprintf(stderr, "%s\n", cairo_status_to_string(cairo_surface_status(surface)));
        return 1;
    }
}
