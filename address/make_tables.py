#!/usr/bin/env python3
"""Makes the tables of this room from public data; run by hand when the data have changed:

    address/make_tables.py COUNTRYINFO POSTCODES LAPOSTE

COUNTRYINFO  libaddressinput's testdata/countryinfo.txt (data CC-BY-4.0), .gz or not
POSTCODES    a folder with AT.csv.gz, CH.csv.gz, DE.csv.gz, LI.csv.gz, LU.csv.gz (GeoNames, CC-BY-4.0)
LAPOSTE      La Poste's base officielle des codes postaux as CSV (Licence Ouverte 2.0), .gz or not
"""
import csv, gzip, json, pathlib, re, sys

try:
    import re._parser as parser
except ImportError:  # before Python 3.11
    import sre_parse as parser

TABLES = pathlib.Path(__file__).parent / "tables"


def text_of(path):
    with (gzip.open if str(path).endswith(".gz") else open)(path, "rt", encoding="utf-8") as file:
        return file.read()


# ---- patterns: the few regular expressions of the data become masks: # a digit, @ a letter, * either, the rest itself

def class_of(items, whole=False):
    chars = set()
    for kind, value in items:
        if kind == parser.LITERAL:
            chars.add(chr(value))
        elif kind == parser.RANGE:
            chars.update(chr(c) for c in range(value[0], value[1] + 1))
        elif kind == parser.CATEGORY:
            chars.update("0123456789")
    if chars <= set(" -"):
        return ["-" if "-" in chars and " " not in chars else (" " if chars == {" "} else "-")]
    if len(chars) <= 4 or whole:
        return sorted(chars)
    digits = any(c.isdigit() for c in chars)
    letters = any(c.isalpha() for c in chars)
    return ["*" if digits and letters else "#" if digits else "@"]


def masks_of(tree, whole=False):
    """`whole`: classes are written out, however many characters they have."""
    found = [""]
    for kind, value in tree:
        if kind == parser.LITERAL:
            part = [chr(value)]
        elif kind == parser.IN:
            part = class_of(value, whole)
        elif kind == parser.BRANCH:
            part = [mask for branch in value[1] for mask in masks_of(branch, whole)]
        elif kind == parser.SUBPATTERN:
            part = masks_of(value[-1], whole)
        elif kind == parser.MAX_REPEAT:
            low, high, inner = value
            once = masks_of(inner, whole)
            if once in ([" "], ["-"]):
                part = once  # an optional separator is printed
            else:
                part = [mask for n in range(low, high + 1) for mask in product(once, n)]
        else:
            raise ValueError(kind)
        found = [a + b for a in found for b in part]
    return found


def product(parts, times):
    found = [""]
    for _ in range(times):
        found = [a + b for a in found for b in parts]
    return found


def mask(pattern):
    found = [m for m in dict.fromkeys(masks_of(parser.parse(pattern))) if m]
    return "|".join(found) if len(found) <= 12 else ""


# ---- forms: libaddressinput's notation becomes ours (see forms.toml)

LETTERS = {"N": "N", "O": "O/D", "A": "c/X/S/P", "C": "C", "S": "R", "Z": "Z", "D": "", "X": ""}


def form(pattern, upper):
    lines = []
    for line in re.sub(r"%n", "\n", pattern).split("\n"):
        out = ""
        for piece in re.findall(r"%.|[^%]+", line):
            if piece.startswith("%"):
                letter = LETTERS[piece[1]]
                out += "^" + letter if letter in ("C", "R", "Z") and (letter == "C" or piece[1] in upper) else letter
            elif re.fullmatch(r"[A-Z]{2}[- ]*|〒", piece):
                pass  # a prefix of the country
            elif re.search(r"\w", piece):
                out += "".join(f"'{w}'" if re.search(r"\w", w) else w for w in re.split(r"(\s+)", piece) if w)
            else:
                out += piece
        out = out.strip(" ,-")
        if out:
            lines.append(out)
    return "/".join(lines)


def country_rows(records):
    general = "%N%n%O%n%A%n%Z %C%n%S"
    for code, data in sorted(records.items()):
        latin = data.get("lfmt") or data.get("fmt") or general
        if "%C" not in latin:  # what stands for the town is the region or the country; people write it as the town
            latin = latin.replace("%S", "%C") if "%S" in latin else latin + ("" if code == "SG" else "%n%C%n%Z")
        if "%Z" not in latin and data.get("zip"):
            latin += "%n%Z"
        upper = data.get("upper", "C")
        local = data.get("fmt") if data.get("lfmt") and data.get("lfmt") != data.get("fmt") else ""
        if local and "%C" not in local:
            local = local.replace("%S", "%C")
        pattern = data.get("zip", "")
        yield [code, form(latin, upper), form(local, "") if local else "", mask(pattern) if pattern else "",
               data.get("require", ""), data.get("zipex", "").split(",")[0]]


def prefixes(pattern):
    """The literal beginnings that a region's codes have: "3[56]" → 35 36."""
    try:
        found = masks_of(parser.parse(pattern), whole=True)
    except (ValueError, re.error):
        return []
    return sorted({re.split(r"[#@* -]", m)[0] for m in found} - {""})


def region_rows(records):
    for code, data in sorted(records.items()):
        keys = data.get("sub_keys", "").split("~") if "sub_keys" in data else []
        names = data.get("sub_names", "").split("~") if "sub_names" in data else [""] * len(keys)
        latin = data.get("sub_lnames", "").split("~") if "sub_lnames" in data else [""] * len(keys)
        zips = data.get("sub_zips", "").split("~") if "sub_zips" in data else [""] * len(keys)
        for key, name, lname, pattern in zip(keys, names, latin, zips):
            yield [code, key, name if name != key else "", lname, " ".join(prefixes(pattern)) if pattern else ""]


def write(name, heading, rows):
    text = "".join(f"# {line}\n" for line in heading.strip().splitlines())
    text += "".join("\t".join(row).rstrip("\t") + "\n" for row in rows)
    (TABLES / name).write_text(text, encoding="utf-8")


def countries(path):
    records = {}
    for line in text_of(path).splitlines():
        key, _, value = line.partition("=")
        if re.fullmatch(r"data/[A-Z]{2}", key):
            records[key[5:]] = json.loads(value)
    write("countries.tsv", """
Where forms.toml has no form of our own: country, form, form in the country's own script, postal codes, required, example
Source   google/libaddressinput e20690c8d517, testdata/countryinfo.txt, CC-BY-4.0; changed: notation, regular expressions
         to masks, prefixes of the country dropped. Made by make_tables.py.
""", country_rows(records))
    write("regions.tsv", """
States and provinces: country, code or name as posts write it, name, name in Latin letters, first characters of its codes
Source   google/libaddressinput e20690c8d517, testdata/countryinfo.txt, CC-BY-4.0; changed: regular expressions to
         prefixes. Made by make_tables.py.
""", region_rows(records))


def places(name, heading, pairs):
    towns = {}
    for code, town in pairs:
        kept = towns.setdefault(code, [])
        if town not in kept:
            kept.append(town)
    write(name, heading, ([code, "|".join(towns[code])] for code in sorted(towns)))


def geonames(folder):
    for code in ("AT", "CH", "DE", "LI", "LU"):
        rows = csv.DictReader(text_of(pathlib.Path(folder) / f"{code}.csv.gz").splitlines())
        pairs = []
        for row in rows:
            number = row["zipcode"].removeprefix("L-")
            pairs.append((number, row["place"]))
            if row["community"] and len(row["community"]) < 40:
                town = re.sub(r",.*| \(.*|^(Kreisfreie Stadt|Stadtkreis) ", "", row["community"])
                pairs.append((number, town))
        places(f"places-{code}.tsv", """
Postal codes and the names a town may have under them.
Source   GeoNames through zauberware/postal-codes-json-xml-csv a6e8df1e9438, CC-BY-4.0; changed: place and community kept
         Made by make_tables.py.
""", pairs)


def la_poste(path):
    rows = csv.DictReader(text_of(path).splitlines())
    pairs = []
    for row in rows:
        for column in ("libelle_d_acheminement", "nom_de_la_commune", "ligne_5"):
            if row[column]:
                pairs.append((row["code_postal"], row[column]))
    places("places-FR.tsv", """
Postal codes and the names a town may have under them; CEDEX codes are not part of the data.
Source   La Poste, base officielle des codes postaux, 2025-06-19, through BaseAdresseNationale/ban-plateforme
         f96f77657f6e, Licence Ouverte 2.0; changed: columns kept. Made by make_tables.py.
""", pairs)


countries(sys.argv[1])
geonames(sys.argv[2])
la_poste(sys.argv[3])
