#!/usr/bin/env python3
"""Real addresses as recipients, one JSON object a line: real_recipients.py CORPORA

From geocoders' test suites, La Poste's list of localities, the national address base, OpenCage's address files (by their
components; `oracle` is the line OpenCage expects around the postal code), OpenAddresses and usaddress. Names are made up.
"""
import csv, gzip, io, json, pathlib, re, struct, sys, zipfile

PLACES = pathlib.Path(sys.argv[1]) / "addresses"
NUMBER_FIRST = {"FR", "GB", "IE", "US", "CA", "AU", "NZ", "LU"}


def street(country, number, name):
    return (f"{number} {name}" if country in NUMBER_FIRST else f"{name} {number}").strip()


def geocoder():
    countries = {"france": "FR", "germany": "DE", "italy": "IT", "netherlands": "NL", "poland": "PL"}
    for path in sorted(PLACES.glob("geocoder-tester/**/*.csv")):
        country = countries[path.parts[len(PLACES.parts) + 1]]
        text = path.read_text(encoding="utf-8")
        for row in csv.DictReader(text.splitlines(), delimiter=";" if ";" in text.splitlines()[0] else ","):
            if row.get("expected_street") and row.get("expected_city"):
                yield {"street": street(country, row.get("expected_housenumber") or "", row["expected_street"]),
                       "postal_code": row.get("expected_postcode") or "", "city": row["expected_city"], "country": country}


def la_poste():
    with gzip.open(PLACES / "reference/datanova-laposte.csv.gz", "rt", encoding="utf-8") as file:
        for i, row in enumerate(csv.DictReader(file)):
            yield {"street": f"{1 + i % 200} rue de l'Église", "extra": f"Lieu-dit {row['ligne_5']}" if row["ligne_5"] else "",
                   "postal_code": row["code_postal"], "city": row["nom_de_la_commune"].title(), "country": "FR"}


def national_base():
    for path in sorted(PLACES.glob("bal/**/*.csv")):
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            text = path.read_text(encoding="latin-1")
        for row in csv.DictReader(text.splitlines(), delimiter=";"):
            if row.get("voie_nom") and row.get("numero"):
                yield {"street": f"{row['numero']}{row.get('suffixe') or ''} {row['voie_nom']}", "postal_code": "",
                       "city": row.get("commune_nom") or "", "country": "FR"}


def opencage():
    for path in sorted(PLACES.glob("opencage/*.yaml")):
        for document in re.split(r"^---", path.read_text(encoding="utf-8"), flags=re.M):
            parts = dict(re.findall(r"^\s+([a-z_]+)\s*:\s*(.*?)\s*$", document, flags=re.M))
            parts = {key: value.strip("'\"") for key, value in parts.items()}
            expected = re.search(r"expected:\s*\|\s*\n((?:[ \t]+.*\n?)+)", document)
            city = next((parts[k] for k in ("city", "town", "village", "hamlet", "municipality", "suburb") if parts.get(k)), "")
            if not expected or not city:
                continue
            code = parts.get("postcode", "")
            digits = re.sub(r"\W", "", code)
            oracle = next((line.strip() for line in expected.group(1).splitlines()
                           if digits and digits in re.sub(r"\W", "", line)), "")
            country = path.stem.upper()[:2]
            yield {"street": street(country, parts.get("house_number", ""), parts.get("road", "")), "postal_code": code,
                   "city": city, "region": parts.get("state_code") or parts.get("state", ""), "country": country,
                   "oracle": oracle}


def dbf(data):
    count, head, size = struct.unpack("<IHH", data[4:12])
    fields, at = [], 32
    while data[at] != 13:
        fields.append((data[at:at + 11].split(b"\0")[0].decode(), data[at + 16]))
        at += 32
    for i in range(count):
        record, start, row = data[head + i * size:head + (i + 1) * size], 1, {}
        for name, width in fields:
            row[name] = record[start:start + width].decode("utf-8", "replace").strip()
            start += width
        yield row


def open_addresses():
    folder = PLACES / "openaddresses"
    whole = lambda text: text.split(".")[0].replace(",", "")
    for row in dbf(zipfile.ZipFile(folder / "be-wa-brussels.zip").read("shp/UrbAdm_AdPt.dbf")):
        yield {"street": street("BE", row["ADRN"], row["PW_NAME_FR"]), "postal_code": row["PZNC"], "city": row["MU_NAME_FR"], "country": "BE"}
    for row in dbf(zipfile.ZipFile(folder / "us-ca-berkeley-excerpt.zip").read("Parcels.dbf")):
        name = " ".join(filter(None, (whole(row["StreetNum"]), row["Direction"], row["StreetName"], row["StreetSufx"])))
        yield {"street": name, "extra": f"Unit {row['Unit']}" if row["Unit"] else "", "postal_code": whole(row["Zip"]),
               "city": row["City"], "region": row["State"], "country": "US"}
    text = zipfile.ZipFile(folder / "VA_SiteAddress-excerpt.zip").read("VA_SiteAddress.txt").decode()
    for row in csv.DictReader(io.StringIO(text)):
        yield {"street": row["FULLADDR"], "postal_code": whole(row["ZIP_5"]), "city": row["PO_NAME"], "region": row["STATE"], "country": "US"}
    polish = zipfile.ZipFile(folder / "pl.zip")
    for name in polish.namelist():
        for member in polish.read(name).decode().split("featureMember>"):
            field = dict(re.findall(r"<ogr:(\w+)>([^<]*)</ogr", member))
            if field.get("mjs_nazwa"):
                road = field.get("ulc_nazwa", "").strip() or field["mjs_nazwa"]
                yield {"street": street("PL", field.get("pad_numer_porzadkowy", ""), road),
                       "postal_code": field.get("pad_kod_pocztowy", ""), "city": field["mjs_nazwa"], "country": "PL"}
    for row in csv.reader((folder / "jp-nara.csv").read_text(encoding="cp932").splitlines()[1:]):
        yield {"street": f"{row[2]}{row[3]}", "postal_code": "630-8001", "city": row[1], "region": row[0], "country": "JP"}


def us_address():
    text = (PLACES / "usaddress/labeled.xml").read_text(encoding="utf-8")
    for address in re.findall(r"<AddressString>(.*?)</AddressString>", text):
        parts = {}
        for tag, word in re.findall(r"<(\w+)>([^<]*)</", address):
            parts.setdefault(tag, []).append(word)
        words = lambda *tags: " ".join(w for tag in tags for w in parts.get(tag, [])).strip(" ,")
        if "PlaceName" in parts:
            yield {"street": words("AddressNumber", "StreetNamePreDirectional", "StreetNamePreType", "StreetName",
                                   "StreetNamePostType", "StreetNamePostDirectional"),
                   "extra": words("OccupancyType", "OccupancyIdentifier"), "po_box": words("USPSBoxType", "USPSBoxID"),
                   "postal_code": words("ZipCode"), "city": words("PlaceName"), "region": words("StateName"), "country": "US"}


for source in (geocoder, la_poste, national_base, opencage, open_addresses, us_address):
    for recipient in source():
        recipient["source"] = source.__name__
        recipient["name"] = "Zoë Kowalczyk"
        print(json.dumps(recipient, ensure_ascii=False))
