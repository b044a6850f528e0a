#!/usr/bin/env python3
"""Writes the four customer files of the example: 600 recipients in eight countries, twelve of them twice.

    python3 examples/boutique/art/make_customers.py

Every person is invented; towns and postal codes are real, so that addresses look and sort as they should. The same
seed gives the same files. The names are chosen to hurt: accents, ligatures, combining marks, Greek, Cyrillic, Arabic,
Hebrew, Han, very long double names; the addresses too: c/o, CEDEX, BP and Postfach, flats and floors.
"""
import csv
import json
import random
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
SEED = 20261123

TOWNS = {
    "FR": [("75011", "Paris"), ("13006", "Marseille"), ("69003", "Lyon"), ("31000", "Toulouse"), ("44000", "Nantes"),
           ("67000", "Strasbourg"), ("84400", "Apt"), ("04100", "Manosque"), ("29200", "Brest"), ("59800", "Lille"),
           ("76230", "Bois-Guillaume"), ("54110", "Dombasle-sur-Meurthe"), ("11160", "Caunes-Minervois"),
           ("62360", "Saint-Étienne-au-Mont"), ("97400", "Saint-Denis"), ("20200", "Bastia"), ("64500", "Saint-Jean-de-Luz")],
    "BE": [("1000", "Bruxelles"), ("4000", "Liège"), ("5000", "Namur"), ("7000", "Mons"), ("1348", "Louvain-la-Neuve")],
    "CH": [("1204", "Genève"), ("1003", "Lausanne"), ("2000", "Neuchâtel"), ("1700", "Fribourg"), ("8001", "Zürich"),
           ("3011", "Bern"), ("4051", "Basel"), ("9000", "St. Gallen")],
    "DE": [("10115", "Berlin"), ("80331", "München"), ("50667", "Köln"), ("20095", "Hamburg"), ("01067", "Dresden"),
           ("79098", "Freiburg im Breisgau"), ("99084", "Erfurt"), ("97070", "Würzburg"), ("06108", "Halle (Saale)")],
    "AT": [("1010", "Wien"), ("5020", "Salzburg"), ("6020", "Innsbruck"), ("8010", "Graz"), ("3100", "St. Pölten")],
    "IT": [("00184", "Roma RM"), ("20121", "Milano MI"), ("10123", "Torino TO"), ("50122", "Firenze FI"), ("34121", "Trieste TS")],
    "GB": [("EC1A 1BB", "London"), ("EH1 1YZ", "Edinburgh"), ("CF10 1EP", "Cardiff"), ("M1 1AE", "Manchester")],
    "US": [("10001", "New York"), ("94103", "San Francisco"), ("60614", "Chicago"), ("70116", "New Orleans")],
}
US_STATE = {"New York": "NY", "San Francisco": "CA", "Chicago": "IL", "New Orleans": "LA"}

STREETS = {
    "FR": ["rue des Lilas", "avenue de l’Hôtel-de-Ville", "impasse du Vieux Lavoir", "place du Marché aux Herbes",
           "chemin des Œillets", "boulevard du Maréchal-Foch", "quai de la Loire", "allée des Cèdres", "rue de l’Église"],
    "BE": ["rue du Bailli", "chaussée d’Ixelles", "avenue des Érables", "rue Haute"],
    "CH": ["rue du Rhône", "chemin des Crêts", "avenue de la Gare", "route de Fribourg"],
    "DE": ["Lindenstraße", "Am Mühlgraben", "Straße des 17. Juni", "Königsallee", "Brüderweg", "Große Bäckerstraße"],
    "AT": ["Mariahilfer Straße", "Getreidegasse", "Am Grünen Prater", "Schönbrunner Allee"],
    "IT": ["via Garibaldi", "piazza della Libertà", "corso Vittorio Emanuele II", "vicolo degli Orefici"],
    "GB": ["Kingsway", "St Mary’s Close", "Old Mill Lane", "Upper Grosvenor Road"],
    "US": ["Maple Avenue", "W 23rd St", "Magnolia Blvd", "St. Charles Ave"],
}
CH_GERMAN_TOWNS = ("Zürich", "Bern", "Basel", "St. Gallen")
CH_GERMAN_STREETS = ["Bahnhofstrasse", "Lindenhofstrasse", "Rämistrasse", "Oberer Graben"]

FIRST = {
    "fr": ["Camille", "Zoé", "Élodie", "Jérôme", "Anaïs", "François", "Maëlys", "Loïc", "Hélène", "Benoît", "Clémence",
           "Théo", "Gaëlle", "Noël", "Léa", "Sébastien", "Inès", "Rémi", "Aurélie", "Cédric"],
    "de": ["Jürgen", "Käthe", "Björn", "Annegret", "Jörg", "Sigrún", "Götz", "Heidemarie", "Ünal", "Mareike", "Sören",
           "Friederike", "Matthias", "Bärbel", "Lütz", "Ännchen"],
    "it": ["Nicolò", "Giosuè", "Chiara", "Maria Vittoria", "Desirée", "Raffaella"],
    "en": ["Siobhán", "Eleanor", "Zachary", "Chloë", "Zuleyka", "Angus", "Imogen", "Renée"],
}
LAST = {
    "fr": ["Lefèvre", "Garçon", "Béranger", "d’Ornano", "L’Hôpital", "Müller-Dupré", "Châtelain", "Le Goff", "Nuñez",
           "Île-Bœuf", "Saint-Cœur", "Pâris", "Noël", "Abadie", "Forêt", "Çelik", "Desœuvres", "Vœgtlin"],
    "de": ["Groß", "Weißmüller", "Müller-Lüdenscheidt", "Österreicher", "Straßburger", "Überall", "Schäffler", "Krüger",
           "von der Heydte", "Fußbroich", "Jäger-Höß", "Köhler", "Löwenstein"],
    "it": ["D’Alò", "Forlì", "Cantù", "Nicolò-Sanità", "De’ Medici", "Verità"],
    "en": ["O’Brien-Smith", "MacGill’Eathain", "Featherstonehaugh", "Brontë", "Núñez", "Fitzgerald", "St. John-Mollusc"],
}
LANGUAGE = {"FR": "fr", "BE": "fr", "CH": "fr", "DE": "de", "AT": "de", "IT": "it", "GB": "en", "US": "en"}

# Names that no list of accents holds. They go into the UTF-8 files, each into the country where the person lives.
FAR_NAMES = [
    ("FR", "Œnone", "Cœurderoy-Lætitia"), ("FR", "Soﬁa", "Graﬁgna-Deﬂandre"),  # ﬁ and ﬂ as one character, as copied from a PDF
    ("FR", "Zoe\u0301", "Ame\u0301de\u0301e-Franc\u0327ois"),  # accents as combining marks, as macOS writes file names
    ("FR", "Marie-Madeleine Apolline", "de La Rochebrune-d’Aubigny"), ("FR", "Ελένη", "Παπαδοπούλου-Κωνσταντινίδη"),
    ("FR", "فاطمة الزهراء", "بنعلي"), ("FR", "محمد عبد الرحمن", "القاسمي"), ("FR", "Олександра", "Щербаківська"),
    ("FR", "Nguyễn Thị", "Phượng"), ("FR", "花子", "山田"), ("FR", "N’Gũgĩ", "Kĩnyanjũi"), ("FR", "Željka", "Đurđević"),
    ("FR", "Ștefania", "Țepeș-Brâncoveanu"), ("FR", "Łukasz", "Brzęczyszczykiewicz"), ("FR", "İpek", "Işıldar"),
    ("BE", "Γιώργος", "Αθανασίου"), ("BE", "سارة", "المنصوري"), ("BE", "Þórdís", "Æsudóttir"), ("BE", "Ľubomír", "Ďurčanský"),
    ("CH", "Ružica", "Čolović-Šarić"), ("CH", "Ἀλέξανδρος", "Ὠριγένης"), ("CH", "Ђорђе", "Љубичић"), ("CH", "ליאור", "בן־דוד"),
    ("DE", "Юлия", "Ёлкина"), ("DE", "Їванна", "Ґалаґан"), ("DE", "أمينة", "الحسيني"), ("DE", "Õnne", "Mägi-Sõõrumäe"),
    ("DE", "Hans-Joachim Leberecht", "Freiherr von und zu Knöringen"), ("DE", "LIESELOTTE", "GROẞMANN"),
    ("AT", "Νεφέλη", "Χατζηγεωργίου"), ("AT", "Jiří", "Dvořáček"), ("AT", "Győző", "Szűcs-Erdős"), ("AT", "يوسف", "حداد"),
    ("IT", "Ħaġar", "Żammit"), ("IT", "Анастасія", "Ященко"), ("IT", "Ινώ", "Μαυροΐδη"),
    ("GB", "Siân", "Llŷr ap Gwŷn"), ("GB", "Adébáyọ̀", "Ọláòjó"), ("GB", "ليلى", "النجار"), ("GB", "Māra", "Ozoliņa"),
    ("US", "Дмитрий", "Щедрин"), ("US", "María José", "Ibáñez-Güiraldes"), ("US", "Κωνσταντίνα", "Ψαρρού"), ("US", "明", "王"),
]

CARE_OF = ["Mme Vve Béranger", "Familie Krüger", "Résidence Les Œillets", "Studio Nord", "M. Abadie"]
EXTRA = {
    "FR": ["Bâtiment C, appartement 42", "Escalier B, 3e étage", "Résidence Les Tilleuls", "Lieu-dit La Bégude"],
    "BE": ["boîte 12", "Bte 4, 2e étage"], "CH": ["App. 7", "2e étage"],
    "DE": ["Hinterhaus, 4. OG links", "Wohnung 12"], "AT": ["Stiege 2, Tür 14", "Top 9"],
    "IT": ["Scala B, interno 5"], "GB": ["Flat 3, The Old Maltings"], "US": ["Apt 4B", "Suite 1200"],
}
COMPANIES = {
    "fr": ["Hôtel du Vieux Moulin", "Épicerie Fine Aux Œufs d’Or", "Institut Belle & Zen SARL"],
    "de": ["Bäder & Düfte GmbH", "Hotel Weißes Rössl", "Buchhandlung Groß & Söhne"],
    "it": ["Profumeria D’Alò S.r.l."], "en": ["Featherstone & Daughters Ltd", "Café Brontë"],
}
PRODUCTS = [
    ("Savon de Marseille à la lavande, 300 g", 690), ("Eau de linge « Première récolte », 500 ml", 1850),
    ("Bougie parfumée Lavande & Cèdre", 2900), ("Sachet de lavandin, lot de 3", 1200), ("Huile essentielle de lavande fine, 10 ml", 1490),
    ("Crème mains au karité, 75 ml", 1150), ("Miel de lavande IGP, 250 g", 980), ("Coffret « Maison Lavande »", 5400),
    ("Torchon lin lavé, bleu nuit", 1690), ("Diffuseur à tiges, 200 ml", 3250),
]

STOCKIST = 1109  # this customer is a shop

random_of = random.Random(SEED)


def chance(percent):
    return random_of.randrange(100) < percent


def address(country, language):
    """Street, extra line, box, postal code, town and state as a shop's form would hold them."""
    towns = TOWNS[country]
    if country == "CH":
        towns = [t for t in towns if (t[1] in CH_GERMAN_TOWNS) == (language == "de")]
    code, town = random_of.choice(towns)
    number = random_of.choice(["1", "3", "7 bis", "12", "14", "28", "41", "117"]) if country in ("FR", "BE") else str(random_of.randrange(1, 180))
    streets = CH_GERMAN_STREETS if town in CH_GERMAN_TOWNS else STREETS[country]
    street = random_of.choice(streets)
    number_first = country in ("FR", "GB", "US")
    place = {"street": f"{number} {street}" if number_first else f"{street} {number}", "extra": "", "po_box": "",
             "postal_code": code, "city": town, "region": US_STATE.get(town, "")}
    if chance(18):
        place["extra"] = random_of.choice(EXTRA[country])
    elif chance(9):
        place.update(boxed(country, code, town))
    return place


def boxed(country, code, town):
    """The same town through a post office box; in France mostly with CEDEX and a code of its own."""
    number = random_of.randrange(10, 9000)
    if country == "FR":
        return {"po_box": f"BP {number}", "postal_code": code[:2] + f"{random_of.randrange(900, 999)}", "city": f"{town} CEDEX {random_of.randrange(1, 20):02}"}
    names = {"BE": "BP", "CH": "Case postale" if town not in CH_GERMAN_TOWNS else "Postfach", "DE": "Postfach", "AT": "Postfach", "IT": "Casella postale", "GB": "PO Box", "US": "PO Box"}
    return {"po_box": f"{names[country]} {number}", "street": ""}


def person(language):
    who = {"first_name": random_of.choice(FIRST[language]), "last_name": random_of.choice(LAST[language]), "company": "", "care_of": ""}
    if chance(8):
        who["company"] = random_of.choice(COMPANIES[language])
    return who


def customer(country, far=None, language=None):
    language = language or LANGUAGE[country]
    place = address(country, language)
    who = person(language)
    if far:
        who.update(first_name=far[0], last_name=far[1], company="")
    if not who["company"] and not place["extra"] and chance(10):  # at most six lines, the country's included
        who["care_of"] = random_of.choice(CARE_OF)
    return {**who, **place, "country": country}


def spread(total, weights):
    """Countries in the given proportions, mixed."""
    countries = [c for c, weight in weights.items() for _ in range(weight)]
    return [random_of.choice(countries) for _ in range(total)]


def order(number):
    chosen = random_of.sample(PRODUCTS, random_of.choice([1, 2, 2, 3, 3, 4, 5]))
    items, total = [], 0
    for name, cents in chosen:
        quantity = random_of.choice([1, 1, 1, 2, 2, 3])
        total += quantity * cents
        items.append({"name": name, "quantity": quantity, "price": f"{cents / 100:.2f}", "amount": f"{quantity * cents / 100:.2f}"})
    return {"number": f"ML-26-{number}", "date": f"2026-11-{random_of.randrange(2, 22):02}", "items": items, "total": f"{total / 100:.2f}"}


def stock_order(number):
    """What a shop orders that sells Lavande itself: everything, in three packings. Long enough for a second page."""
    items = []
    for packing, pieces in [("à l’unité", 1), ("carton de 6", 6), ("carton de 12", 12)]:
        for name, cents in PRODUCTS:
            price = cents * pieces * (9 if pieces > 1 else 10) // 10
            items.append({"name": f"{name}, {packing}", "quantity": 2, "price": f"{price / 100:.2f}", "amount": f"{2 * price / 100:.2f}"})
    total = sum(round(float(item["amount"]) * 100) for item in items)
    return {"number": f"ML-26-{number}", "date": "2026-11-16", "items": items, "total": f"{total / 100:.2f}"}


def write_jsonl(path, rows):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def write_csv(path, header, rows, encoding, delimiter, line_end):
    with open(path, "w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator=line_end)
        writer.writerow(header)
        writer.writerows(rows)


def orders(count):
    far = [(c, (first, last)) for c, first, last in FAR_NAMES]
    near = [(c, None) for c in spread(count - len(far), {"FR": 10, "BE": 3, "CH": 3, "DE": 1, "AT": 1, "IT": 2, "GB": 2, "US": 2})]
    people = far + near
    random_of.shuffle(people)
    rows = [{"id": f"commande-{1001 + i}", **customer(*entry), "order": order(1001 + i)} for i, entry in enumerate(people)]
    rows[STOCKIST - 1001]["order"] = stock_order(STOCKIST)
    return rows


def german_row(number, country):
    c = customer(country, language="de")
    greeting = "Liebe" if FIRST["de"].index(c["first_name"]) % 2 else "Lieber"  # the list goes man, woman, man …
    return [f"K{number}", greeting, c["first_name"], c["last_name"], c["company"], c["care_of"], c["street"], c["extra"], c["po_box"],
            c["postal_code"], c["city"], c["country"], random_of.randrange(2012, 2026), f"LAVENDEL-{number}",
            f"{random_of.choice([5, 10, 15, 20])}.00 EUR"]


def french_row(number, country):
    c = customer(country)
    return [f"C{number}", c["first_name"], c["last_name"], c["company"], c["street"], c["extra"], c["po_box"], c["postal_code"],
            c["city"], c["region"], c["country"], f"PO-{number}-{random_of.randrange(1000, 9999)}"]


def flasks(rows):
    """The orders whose parcel held one of the numbered flasks: their customers get the long letter too."""
    chosen = [row for row in rows if row["country"] in ("FR", "BE", "CH") and row["first_name"] in FIRST["fr"] and not row["company"]][:12]
    return [{**row, "id": f"flacon-{17 + 3 * i}", "flacon": 17 + 3 * i} for i, row in enumerate(chosen)]


def main():
    rows = orders(260)
    write_jsonl(HERE / "customers.jsonl", rows)
    write_jsonl(HERE / "flacons.jsonl", flasks(rows))
    german = ["Kundennummer", "Gruss", "Vorname", "Nachname", "Firma", "c/o", "Straße", "Adresszusatz", "Postfach", "PLZ", "Ort", "Land",
              "Kunde_seit", "Gutschein", "Betrag"]
    write_csv(HERE / "kunden.csv", german, [german_row(5001 + i, c) for i, c in enumerate(spread(140, {"DE": 6, "AT": 2, "CH": 1}))],
              "utf-8", ",", "\n")
    french = ["Référence", "Prénom", "Nom", "Société", "Adresse", "Complément", "Boîte postale", "Code postal", "Ville", "Région", "Pays", "Invitation"]
    rows = [french_row(7001 + i, c) for i, c in enumerate(spread(200, {"FR": 9, "BE": 2, "CH": 2, "IT": 1, "GB": 1, "US": 1}))]
    # As a French Excel writes it: semicolons, Windows-1252, carriage returns.
    write_csv(HERE / "clients.csv", french, rows, "cp1252", ";", "\r\n")


if __name__ == "__main__":
    main()
