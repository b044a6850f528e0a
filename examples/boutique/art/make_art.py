#!/usr/bin/python3
"""Draws the logo and the flyer of the example: art/logo.svg, art/logo.png and the two-page flyer.pdf.

    apt-get install python3-fonttools libharfbuzz-bin librsvg2-bin ghostscript fonts-noto-core
    /usr/bin/python3 examples/boutique/art/make_art.py

The files are committed; run this only to change the art. Everything is drawn twice from one description: as SVG on
screen and as CMYK PostScript for paper, so that black stays on the black plate.
Lengths in points, y upwards; `mm` turns millimetres from the sheet's top left corner into that.
"""
import json
import math
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
TEMPLATES = HERE.parent / "templates"
FONT_FOLDER = Path("/usr/share/fonts/truetype/noto")
DISPLAY, DISPLAY_ITALIC, TEXT, TEXT_BOLD = "NotoSerifDisplay-Regular", "NotoSerifDisplay-Italic", "NotoSans-Regular", "NotoSans-Bold"

# name: (cyan, magenta, yellow, black in percent, the look of it on a screen)
INKS = {
    "black": (0, 0, 0, 100, "#000000"), "paper": (0, 0, 0, 0, "#ffffff"),
    "night": (78, 84, 18, 26, "#40325f"), "lavender": (56, 60, 0, 4, "#7d6cab"), "bloom": (40, 46, 0, 0, "#a28fc6"),
    "mist": (12, 14, 0, 0, "#e0dbee"), "sage": (48, 16, 54, 24, "#6d8260"), "moss": (60, 28, 66, 40, "#4a5e45"),
    "sun": (0, 14, 44, 0, "#fadfa0"), "dusk": (4, 30, 26, 0, "#f2c3b2"), "hill": (42, 34, 10, 8, "#8d93b4"),
}
A4 = (595.276, 841.89)


def mm(x, y=None, height=A4[1]):
    return x * 72 / 25.4 if y is None else (x * 72 / 25.4, height - y * 72 / 25.4)


def shape(font, text):
    """(glyph name, x offset, advance) in font units, kerned by HarfBuzz."""
    out = subprocess.run(["hb-shape", "--output-format=json", "--no-clusters", str(FONT_FOLDER / f"{font}.ttf"), text],
                         check=True, capture_output=True, text=True).stdout
    return [(g["g"], g.get("dx", 0), g["ax"]) for g in json.loads(out)]


def positions(font, size, text, tracking):
    """(glyph name, x) in points, and the width of the whole."""
    x, placed = 0.0, []
    for glyph, dx, advance in shape(font, text):
        placed.append((glyph, x + dx * size / 1000))
        x += advance * size / 1000 + tracking
    return placed, x - tracking


class Drawing:
    """A list of shapes. Paths are lists of ("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x, y), ("Z",)."""

    def __init__(self):
        self.items = []

    def fill(self, path, ink):
        self.items.append(("fill", path, ink))

    def stroke(self, path, ink, width, dash=""):
        self.items.append(("stroke", path, ink, width, dash))

    def shade(self, path, start, end, ink_start, ink_end):
        self.items.append(("shade", path, start, end, ink_start, ink_end))

    def text(self, x, y, font, size, text, ink="black", tracking=0.0, align="left"):
        placed, width = positions(font, size, text, tracking)
        x -= {"left": 0, "centre": width / 2, "right": width}[align]
        self.items.append(("text", [(glyph, x + dx) for glyph, dx in placed], y, font, size, ink))


def rectangle(x, y, width, height):
    return [("M", x, y), ("L", x + width, y), ("L", x + width, y + height), ("L", x, y + height), ("Z",)]


def rounded(x, y, width, height, r):
    k = 0.5523 * r
    right, top = x + width, y + height
    return [("M", x + r, y), ("L", right - r, y), ("C", right - r + k, y, right, y + r - k, right, y + r), ("L", right, top - r),
            ("C", right, top - r + k, right - r + k, top, right - r, top), ("L", x + r, top),
            ("C", x + r - k, top, x, top - r + k, x, top - r), ("L", x, y + r), ("C", x, y + r - k, x + r - k, y, x + r, y), ("Z",)]


def circle(x, y, r):
    return rounded(x - r, y - r, 2 * r, 2 * r, r)


def petal(x, y, length, width, angle):
    """A drop that starts at (x, y) and points along `angle` (radians, 0 = right)."""
    def at(along, across):
        return (x + along * math.cos(angle) - across * math.sin(angle), y + along * math.sin(angle) + across * math.cos(angle))
    return [("M", *at(0, 0)), ("C", *at(length * 0.15, width), *at(length * 0.75, width * 0.9), *at(length, 0)),
            ("C", *at(length * 0.75, -width * 0.9), *at(length * 0.15, -width), *at(0, 0)), ("Z",)]


def sprig(drawing, x, y, height, lean=0.0, dice=None, light=False):
    """A stalk of lavender with its foot at (x, y); `lean` moves its tip sideways, as a part of its height."""
    dice = dice or random.Random(7)

    def along(t):  # a quadratic curve: upright at the foot, leaning at the tip
        return x + lean * height * t * t, y + height * t
    stem = [("M", x, y), ("C", x, y + height * 0.33, x + lean * height * 0.33, y + height * 0.67, *along(0.97))]
    drawing.stroke(stem, "sage", height * 0.012)
    for side, t in ((1, 0.10), (-1, 0.16), (1, 0.24)):
        px, py = along(t)
        drawing.fill(petal(px, py, height * 0.20, height * 0.012, math.pi / 2 - side * 0.42 - lean * t), "sage")
    inks = ("bloom", "lavender", "mist") if light else ("lavender", "bloom", "night")
    whorls = 9
    for whorl in range(whorls):
        t = 0.46 + 0.50 * whorl / (whorls - 1)
        px, py = along(t)
        tilt = math.pi / 2 - math.atan(2 * lean * t)
        size = height * (0.078 - 0.040 * abs(whorl / (whorls - 1) - 0.25))
        for k, spread in enumerate((-1.05, 1.05, -0.52, 0.52, 0.0)):
            wobble = dice.uniform(-0.08, 0.08)
            drawing.fill(petal(px, py, size, size * 0.30, tilt + spread + wobble), inks[0] if k < 2 else inks[1] if k < 4 else inks[2])


# ---- two ways out

def svg(drawing, width, height):
    fonts, parts = {}, []
    def d(path):
        return " ".join(op[0] + " ".join(f"{v:.2f}" for v in op[1:]) for op in path)
    for item in drawing.items:
        kind = item[0]
        if kind == "fill":
            parts.append(f'<path fill="{INKS[item[2]][4]}" d="{d(item[1])}"/>')
        elif kind == "stroke":
            parts.append(f'<path fill="none" stroke="{INKS[item[2]][4]}" stroke-width="{item[3]:.2f}" d="{d(item[1])}"/>')
        elif kind == "text":
            _, placed, y, name, size, ink = item
            glyphs = fonts.setdefault(name, TTFont(FONT_FOLDER / f"{name}.ttf").getGlyphSet())
            for glyph, x in placed:
                pen = SVGPathPen(glyphs)
                glyphs[glyph].draw(pen)
                if pen.getCommands():
                    parts.append(f'<path fill="{INKS[ink][4]}" transform="matrix({size / 1000:g} 0 0 {size / 1000:g} {x:.2f} {y:.2f})" d="{pen.getCommands()}"/>')
    body = "\n".join(parts)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}pt" height="{height:g}pt" viewBox="0 0 {width:g} {height:g}">\n'
            f'<g transform="matrix(1 0 0 -1 0 {height:g})">\n{body}\n</g>\n</svg>\n')


def ink_operands(ink):
    return " ".join(f"{v / 100:g}" for v in INKS[ink][:4])


def postscript(drawing):
    names = {"M": "moveto", "L": "lineto", "C": "curveto", "Z": "closepath"}
    def path(ops):
        return "newpath " + " ".join(" ".join(f"{v:.2f}" for v in op[1:]) + " " + names[op[0]] for op in ops)
    lines = []
    for item in drawing.items:
        kind = item[0]
        if kind == "fill":
            lines.append(f"{ink_operands(item[2])} setcmykcolor {path(item[1])} fill")
        elif kind == "stroke":
            lines.append(f"[{item[4]}] 0 setdash {item[3]:.2f} setlinewidth {ink_operands(item[2])} setcmykcolor {path(item[1])} stroke")
        elif kind == "shade":
            _, ops, start, end, first, last = item
            lines.append(f"gsave {path(ops)} clip <</ShadingType 2/ColorSpace/DeviceCMYK/Coords[{start[0]:.2f} {start[1]:.2f} {end[0]:.2f} {end[1]:.2f}]"
                         f"/Extend[true true]/Function<</FunctionType 2/Domain[0 1]/N 1/C0[{ink_operands(first)}]/C1[{ink_operands(last)}]>>>> shfill grestore")
        else:
            _, placed, y, name, size, ink = item
            lines.append(f"/{name} findfont {size:g} scalefont setfont {ink_operands(ink)} setcmykcolor")
            lines += [f"{x:.3f} {y:.3f} moveto /{glyph} glyphshow" for glyph, x in placed]
    return "\n".join(lines) + "\nshowpage\n"


def write_pdf(path, pages, title):
    head = (f"%!PS-Adobe-3.0\n<</PageSize[{A4[0]} {A4[1]}]>> setpagedevice\n"
            f"[/Title ({title}) /Author (Maison Lavande) /DOCINFO pdfmark\n"
            f"[{{Catalog}} <</Lang (fr-FR)>> /PUT pdfmark\n")
    with tempfile.NamedTemporaryFile("w", suffix=".ps", encoding="ascii") as source:
        source.write(head + "".join(postscript(page) for page in pages))
        source.flush()
        subprocess.run(["gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", "-dCompatibilityLevel=1.6", "-sColorConversionStrategy=LeaveColorUnchanged",
                        "-dSubsetFonts=true", "-dEmbedAllFonts=true", f"-sFONTPATH={FONT_FOLDER}", f"-sOutputFile={path}", source.name], check=True)


# ---- the art

def logo():
    drawing = Drawing()
    for x, height, lean in ((18, 56, -0.16), (24, 64, 0.0), (30, 54, 0.18)):
        sprig(drawing, x, 2, height, lean)
    drawing.text(58, 47, DISPLAY, 25, "MAISON", "night", tracking=5.2)
    drawing.text(58, 8, DISPLAY, 25, "LAVANDE", "night", tracking=3.3)
    drawing.stroke([("M", 58.5, 36.3), ("L", 115, 36.3)], "bloom", 0.6)
    drawing.text(190, 33.6, DISPLAY_ITALIC, 9, "Haute-Provence", "lavender", tracking=0.4, align="right")
    return drawing, 198, 68


def field(drawing, x, y, width, height):
    """Rows of lavender that run together at the horizon, in the box given."""
    horizon, vanishing = y + height * 0.44, x + width * 0.60
    drawing.fill(rectangle(x, y, width, horizon - y), "moss")
    rows = 19
    for row in range(rows):
        left = x + width * (-0.9 + 2.8 * row / rows)
        right = left + width * 2.8 / rows * 0.66
        band = [("M", clamp_to(x, width, left, vanishing, y, horizon)[0], clamp_to(x, width, left, vanishing, y, horizon)[1]),
                ("L", vanishing, horizon), ("L", *clamp_to(x, width, right, vanishing, y, horizon)), ("Z",)]
        drawing.fill(band, ("lavender", "bloom", "night")[row % 3])
    return horizon


def clamp_to(x, width, foot, vanishing, y, horizon):
    """Where the line from the foot of a row to the vanishing point enters the box."""
    for edge in (x, x + width):
        outside = foot < x if edge == x else foot > x + width
        if outside:
            part = (edge - foot) / (vanishing - foot)
            return edge, y + part * (horizon - y)
    return foot, y


def scene(drawing, x, y, width, height):
    sky_foot = y + height * 0.40
    drawing.shade(rectangle(x, sky_foot, width, height - (sky_foot - y)), (x, y + height), (x, sky_foot), "night", "dusk")
    drawing.fill(circle(x + width * 0.60, y + height * 0.485, height * 0.075), "sun")
    hills = [("M", x, y + height * 0.40), ("L", x, y + height * 0.52),
             ("C", x + width * 0.18, y + height * 0.60, x + width * 0.30, y + height * 0.47, x + width * 0.46, y + height * 0.475),
             ("C", x + width * 0.66, y + height * 0.48, x + width * 0.78, y + height * 0.58, x + width, y + height * 0.50),
             ("L", x + width, y + height * 0.40), ("Z",)]
    drawing.fill(hills, "hill")
    field(drawing, x, y, width, height)
    dice = random.Random(3)
    for k in range(11):
        sprig(drawing, x + width * (0.05 + 0.052 * k), y + 3, height * dice.uniform(0.24, 0.42), dice.uniform(-0.14, 0.14), dice, light=True)


def front():
    drawing = Drawing()
    x, y = mm(20, 38)
    for foot, height, lean in ((0, 54, -0.16), (6, 62, 0.0), (12, 52, 0.18)):
        sprig(drawing, x + 8 + foot, y, height, lean)
    drawing.text(x + 40, y + 32, DISPLAY, 25, "MAISON", "night", tracking=5.2)
    drawing.text(x + 40, y + 6, DISPLAY, 25, "LAVANDE", "night", tracking=3.3)
    for line, text in enumerate(("Savons, eaux de linge et miels", "de lavande fine, faits à Apt", "par quatre mains depuis 1987")):
        drawing.text(*mm(20, 52 + 5.6 * line), DISPLAY_ITALIC, 12.5, text, "night")
    left, foot = mm(20, 270)  # the inserter's code stands to the left of x 18
    scene(drawing, left, foot, mm(170), mm(160))
    drawing.text(*mm(105, 134), DISPLAY_ITALIC, 46, "L’atelier ouvre", "paper", align="centre")
    drawing.text(*mm(105, 151), DISPLAY_ITALIC, 46, "ses portes", "paper", align="centre")
    drawing.text(*mm(105, 164), DISPLAY, 15, "SAMEDI 28 ET DIMANCHE 29 NOVEMBRE", "sun", tracking=2.4, align="centre")
    card_left, card_foot = mm(142, 264)
    drawing.fill(rounded(card_left, card_foot, mm(42), mm(52), mm(3)), "paper")  # the code goes here: x 148, y 219, 30 mm wide
    drawing.text(*mm(163, 216), TEXT_BOLD, 7.5, "VOTRE INVITATION", "black", tracking=0.6, align="centre")
    drawing.text(*mm(105, 279), TEXT, 8.5, "Maison Lavande · 14, place de la Bouquerie · 84400 Apt · maison-lavande.example", "black", align="centre")
    return drawing


def back():
    drawing = Drawing()
    drawing.text(*mm(25, 38), DISPLAY_ITALIC, 34, "Au programme", "night")
    drawing.stroke([("M", *mm(25, 44)), ("L", *mm(150, 44))], "bloom", 0.8)
    programme = [
        ("10 h", "Visite de la distillerie", "L’alambic de 1921 en marche, et l’odeur qui va avec."),
        ("11 h 30", "Savon au chaudron", "Cuire, couler, découper : chacun repart avec le sien."),
        ("14 h", "Bouquets et fuseaux", "Tresser la lavande comme le faisait grand-mère Œlia."),
        ("16 h", "Goûter au miel", "Navettes, calissons, et le miel de la première récolte."),
        ("18 h", "Nœuds, feux et lampions", "On ferme à la nuit, autour du feu de sarments."),
    ]
    y = 58
    for hour, name, what in programme:
        drawing.text(*mm(25, y), DISPLAY, 15, hour, "lavender")
        drawing.text(*mm(52, y), TEXT_BOLD, 11.5, name)
        drawing.text(*mm(52, y + 6), TEXT, 10, what)
        y += 19
    drawing.text(*mm(25, 163), DISPLAY_ITALIC, 18, "Prix de l’atelier, ce week-end seulement", "night")
    prices = [("Savon de Marseille à la lavande, 300 g", "5,50 €"), ("Eau de linge « Première récolte », 500 ml", "14,90 €"),
              ("Huile essentielle de lavande fine, 10 ml", "11,90 €"), ("Miel de lavande IGP, 250 g", "7,90 €"), ("Coffret « Maison Lavande »", "43,00 €")]
    for row, (name, price) in enumerate(prices):
        line = 174 + 7.5 * row
        drawing.text(*mm(25, line), TEXT, 10.5, name)
        drawing.text(*mm(150, line), TEXT_BOLD, 10.5, price, align="right")
        drawing.stroke([("M", *mm(25, line + 2.4)), ("L", *mm(150, line + 2.4))], "mist", 0.5)
    dice = random.Random(11)
    for k, (x, height, lean) in enumerate(((168, 150, -0.08), (176, 190, 0.02), (184, 165, 0.10), (191, 120, 0.02))):
        sprig(drawing, *mm(x, 214), mm(height) * 0.82, lean, dice, light=k % 2 == 1)
    left, foot = mm(25, 268)
    drawing.stroke(rounded(left, foot, mm(160), mm(40), mm(3)), "lavender", 1.0, dash="4 3")
    drawing.text(*mm(33, 242), DISPLAY_ITALIC, 19, "Bon pour un sachet de lavandin", "night")
    drawing.text(*mm(33, 250), TEXT, 10, "à présenter à l’atelier les 28 et 29 novembre 2026, un par personne.")
    drawing.text(*mm(33, 260), TEXT_BOLD, 10, "Invitation n°")  # the number goes here: x 62, baseline 260
    drawing.text(*mm(105, 279), TEXT, 8.5, "De Cavaillon, D 900 direction Apt ; parking de la Bouquerie à deux pas. Chiens bienvenus.", "black", align="centre")
    return drawing


def main():
    drawing, width, height = logo()
    (HERE / "logo.svg").write_text(svg(drawing, width, height), encoding="utf-8")
    subprocess.run(["rsvg-convert", "--width=1200", "-o", str(HERE / "logo.png"), str(HERE / "logo.svg")], check=True)
    write_pdf(TEMPLATES / "prospectus" / "flyer.pdf", [front(), back()], "Maison Lavande, portes ouvertes 2026")


if __name__ == "__main__":
    sys.exit(main())
