#include "frame/dump.hpp"

#include <fmt/format.h>

#include <iterator>

namespace pli {
namespace {

template <class... Fs>
struct Overloaded : Fs... {
    using Fs::operator()...;
};
template <class... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;

std::string place(Point p) { return fmt::format("{:.3f} {:.3f}", p.x.to_mm(), p.y.to_mm()); }
std::string place(const Rect& r) {
    return fmt::format("{} {:.3f}x{:.3f}", place(r.origin), r.size.width.to_mm(), r.size.height.to_mm());
}

std::string ink(const Colour& c) {
    switch (c.space) {
        case Colour::Space::K: return fmt::format("k{}", c.parts[3]);
        case Colour::Space::Cmyk: return fmt::format("cmyk{},{},{},{}", c.parts[0], c.parts[1], c.parts[2], c.parts[3]);
        case Colour::Space::Spot: return fmt::format("spot{}:{}", c.spot, c.parts[0]);
        case Colour::Space::Registration: return "registration";
    }
    return {};
}

}  // namespace

std::string dump(const Frame& frame) {
    std::string out = fmt::format("frame {:.3f}x{:.3f}\n", frame.size.width.to_mm(), frame.size.height.to_mm());
    const auto line = std::back_inserter(out);
    const Overloaded draw{
        [&](const TextRun& run) {
            fmt::format_to(line, "text {} face{} {:.2f}pt {}", place(run.baseline), run.face.value, run.size.to_pt(),
                           ink(run.colour));
            for (std::uint32_t i = 0; i < run.glyphs.count; ++i) {
                const Glyph& g = frame.glyphs[run.glyphs.first + i];
                fmt::format_to(line, " {}", g.id);
                if (g.dx != 0 || g.dy != 0) fmt::format_to(line, "@{},{}", g.dx, g.dy);
                fmt::format_to(line, "+{}", g.advance);
            }
            if (run.text.count != 0) fmt::format_to(line, " \"{}\"", frame.text_of(run.text));
        },
        [&](const Rule& rule) {
            fmt::format_to(line, "rule {} to {} {:.3f}pt {}", place(rule.from), place(rule.to), rule.width.to_pt(),
                           ink(rule.colour));
        },
        [&](const Fill& fill) { fmt::format_to(line, "fill {} {}", place(fill.box), ink(fill.colour)); },
        [&](const Code& code) {
            fmt::format_to(line, "{} {} \"{}\"", code.symbology == Symbology::Qr ? "qr" : "datamatrix", place(code.box),
                           frame.text_of(code.payload));
        },
        [&](const Bars& bars) {
            fmt::format_to(line, "bars {} pitch {:.4f} width {:.3f} tracker {:.3f} {}",
                           place(Rect{bars.origin, bars.extent()}), bars.size.pitch.to_mm(), bars.size.width.to_mm(),
                           bars.size.tracker.to_mm(), frame.text_of(bars.states));
        },
        [&](const Placed& placed) { fmt::format_to(line, "place asset{} {}", placed.asset.value, place(placed.box)); },
    };
    for (const Item& item : frame.items) {
        std::visit(draw, item);
        out += '\n';
    }
    return out;
}

}  // namespace pli
