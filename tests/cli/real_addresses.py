#!/usr/bin/env python3
"""Turns the address corpora into letters a merchant could send: real_addresses.py CORPORA > letters.jsonl

Names come from the corpus of names by country, places from geocoder test suites, La Poste's list of localities, OpenCage's
address files and the national address base. Deterministic: record i depends on the files alone.
"""
import csv, gzip, json, pathlib, re, sys

CORPORA = pathlib.Path(sys.argv[1])
PLACES = CORPORA / "addresses"


def people():
    surnames, forenames = {}, {}
    for row in csv.DictReader(open(CORPORA / "text/names/common-surnames-by-country.csv", encoding="utf-8")):
        surnames.setdefault(row["Country"], []).append(row["Localized Name"])
    for row in csv.DictReader(open(CORPORA / "text/names/common-forenames-by-country.csv", encoding="utf-8")):
        forenames.setdefault(row["Country"], []).append(row["Localized Name"])
    return forenames, surnames


def geocoder_cases():
    for path in sorted(PLACES.glob("geocoder-tester/**/*.csv")):
        country = {"france": "FR", "germany": "DE", "italy": "IT", "netherlands": "NL", "poland": "PL"}[path.parts[len(PLACES.parts) + 1]]
        text = path.read_text(encoding="utf-8")
        for row in csv.DictReader(text.splitlines(), delimiter=";" if ";" in text.splitlines()[0] else ","):
            street, city = row.get("expected_street"), row.get("expected_city")
            if street and city:
                number = row.get("expected_housenumber") or ""
                line = f"{number} {street}" if country == "FR" else f"{street} {number}"
                yield {"street": line.strip(), "postal_code": row.get("expected_postcode") or "", "city": city, "country": country}


def localities():
    with gzip.open(PLACES / "reference/datanova-laposte.csv.gz", "rt", encoding="utf-8") as file:
        for i, row in enumerate(csv.DictReader(file)):
            if i % 8 == 0:
                yield {"street": f"{1 + i % 200} {row['ligne_5'] or 'Grande Rue'}", "postal_code": row["code_postal"],
                       "city": row["libelle_d_acheminement"], "country": "FR"}


def national_base():
    for path in sorted(PLACES.glob("bal/**/*.csv")):
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            text = path.read_text(encoding="latin-1")
        for row in csv.DictReader(text.splitlines(), delimiter=";"):
            if row.get("voie_nom") and row.get("numero"):
                yield {"street": f"{row['numero']}{row.get('suffixe') or ''} {row['voie_nom']}", "postal_code": "67000",
                       "city": row.get("commune_nom") or "", "country": "FR"}


def opencage():
    for path in sorted(PLACES.glob("opencage/*.yaml")):
        for document in path.read_text(encoding="utf-8").split("\n---")[0:]:
            expected = re.search(r"expected:\s*\|\n((?:[ \t]+.*\n?)+)", document)
            if expected:
                lines = [line.strip() for line in expected.group(1).splitlines() if line.strip()]
                yield {"lines": "\n".join(lines), "country": path.stem.upper()[:2]}


def main():
    forenames, surnames = people()
    countries = sorted(set(forenames) & set(surnames))
    number = 0
    for source in (geocoder_cases, localities, national_base, opencage):
        for place in source():
            number += 1
            home = place["country"] if place["country"] in countries and number % 5 else countries[number % len(countries)]
            first, last = forenames[home][number % len(forenames[home])], surnames[home][number * 7 % len(surnames[home])]
            letter = {"id": f"{source.__name__}-{number}", "first_name": first, "last_name": last}
            if "lines" in place:
                letter["recipient"] = {"lines": f"{first} {last}\n{place['lines']}"}
            else:
                letter["recipient"] = {"first_name": first, "last_name": last, **place}
            letter["order"] = f"R-{number}"
            print(json.dumps(letter, ensure_ascii=False))


main()
