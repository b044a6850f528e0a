#include "intake/column_names.hpp"

#include <algorithm>
#include <string>

#include "intake/fold.hpp"

namespace pli::intake {
namespace {

constexpr std::array<std::string_view, part_count> part_names{
    "company", "department", "title",           "first_name",      "last_name",   "name",
    "care_of", "street",     "extra",           "po_box",          "postal_code", "city",
    "region",  "country",    "lines",           "house_number",    "postal_line", "key",
    "locale",  "letter_due", "letter_deadline", "letter_priority", "letter_hold", "letter_test"};

/// Folded names of a part, the surest first, a space between.
struct Names {
    Part part;
    std::string_view names;
};
constexpr std::array known_names{
    Names{
        Part::Company,
        "company companyname firma firmenname unternehmen societe raisonsociale entreprise organisation organization "
        "organisatie azienda ragionesociale societa empresa razonsocial bedrijf bedrijfsnaam businessname institution"},
    Names{Part::Department, "department abteilung dept reparto departamento afdeling"},
    Names{Part::Title, "title titel civilite anrede titre titolo tratamiento nameprefix prefix"},
    Names{Part::FirstName,
          "firstname vorname prenom givenname forename nombre voornaam fname nome first vornamen prenoms"},
    Names{Part::LastName,
          "lastname surname nachname familienname familyname nomdefamille nom cognome apellidos apellido achternaam "
          "lname zuname last"},
    Names{Part::Name,
          "name fullname addressee recipientname recipient nomcomplet nometprenom prenometnom nomprenom prenomnom "
          "vornamenachname nachnamevorname vorundnachname vollstaendigername vollstandigername empfaenger empfanger "
          "destinataire destinatario ontvanger kundenname customername nomduclient nomclient nominativo naam "
          "contactname ansprechpartner kontakt nomecognome nombrecompleto"},
    Names{Part::CareOf, "careof co chez attn attention zhd zuhanden"},
    Names{Part::Street,
          "street address1 addressline1 streetaddress strasse strassehausnummer strasseundhausnummer strassenr "
          "strassehnr strasseundnr adresse1 adresseligne1 ligneadresse1 rue voie numeroetrue numeroetvoie address "
          "addressline adresse anschrift street1 streetname strassenname str via indirizzo indirizzo1 calle direccion "
          "direccion1 domicilio straat straatnaam straathuisnummer adres adres1 adresregel1 line1"},
    Names{Part::Extra,
          "extra address2 addressline2 street2 adresse2 adresseligne2 adresszusatz adresszusatz1 zusatz "
          "complement complementadresse complementdadresse complementaddress nameaddition line2 batiment building "
          "appartement apartment suite indirizzo2 direccion2 adres2 adresregel2 toevoeging"},
    Names{Part::PoBox, "pobox postfach boitepostale bp casellapostale apartadodecorreos postbus"},
    Names{Part::PostalCode,
          "postalcode postcode zip zipcode zippostalcode plz postleitzahl codepostal cp npa cap codigopostal "
          "codicepostale postalzip"},
    Names{Part::City,
          "city town ort stadt wohnort ville commune localite citta comune localita ciudad poblacion localidad "
          "municipio plaats woonplaats stad citytown towncity"},
    Names{Part::Region, "region state province bundesland kanton canton county departement provincia provincie"},
    Names{Part::Country,
          "countrycode countryiso2 countryiso country pays codepays land laendercode landercode laenderkuerzel "
          "landerkurzel landcode landiso paese codicepaese nazione pais codigopais countryname isocountry iso2"},
    Names{Part::Lines, "lines addresslines addressblock adressblock adressfeld blocadresse fulladdress"},
    Names{Part::HouseNumber,
          "housenumber houseno hausnummer hausnr hnr numerovoie huisnummer numerocivico streetnumber"},
    Names{Part::PostalLine,
          "postalline plzort plzundort postleitzahlort codepostalville codepostaletville cpville zipcity "
          "postalcodecity postcodeplaats capcitta"},
    Names{Part::Key, "idempotencykey key letterid id"},
    Names{Part::Locale, "locale language lang langue sprache idioma lingua taal"},
    Names{Part::LetterDue, "letterdue"},
    Names{Part::LetterDeadline, "letterdeadline"},
    Names{Part::LetterPriority, "letterpriority"},
    Names{Part::LetterHold, "letterhold"},
    Names{Part::LetterTest, "lettertest"}};

/// "Shipping City", "Lieferadresse Ort", "Ville de livraison": before or behind the name. Longer ones first.
struct OwnerName {
    std::string_view name;
    Owner owner;
};
constexpr std::array owner_names{OwnerName{"adressedelivraison", Owner::Shipping},
                                 OwnerName{"adressedefacturation", Owner::Billing},
                                 OwnerName{"rechnungsadresse", Owner::Billing},
                                 OwnerName{"rechnungsanschrift", Owner::Billing},
                                 OwnerName{"lieferanschrift", Owner::Shipping},
                                 OwnerName{"deliveryaddress", Owner::Shipping},
                                 OwnerName{"shippingaddress", Owner::Shipping},
                                 OwnerName{"billingaddress", Owner::Billing},
                                 OwnerName{"defaultaddress", Owner::Customer},
                                 OwnerName{"invoiceaddress", Owner::Billing},
                                 OwnerName{"lieferadresse", Owner::Shipping},
                                 OwnerName{"defacturation", Owner::Billing},
                                 OwnerName{"delivraison", Owner::Shipping},
                                 OwnerName{"destinataire", Owner::Recipient},
                                 OwnerName{"destinatario", Owner::Recipient},
                                 OwnerName{"facturation", Owner::Billing},
                                 OwnerName{"empfaenger", Owner::Recipient},
                                 OwnerName{"ontvanger", Owner::Recipient},
                                 OwnerName{"empfanger", Owner::Recipient},
                                 OwnerName{"recipient", Owner::Recipient},
                                 OwnerName{"lieferung", Owner::Shipping},
                                 OwnerName{"livraison", Owner::Shipping},
                                 OwnerName{"rechnung", Owner::Billing},
                                 OwnerName{"shipping", Owner::Shipping},
                                 OwnerName{"delivery", Owner::Shipping},
                                 OwnerName{"customer", Owner::Customer},
                                 OwnerName{"billing", Owner::Billing},
                                 OwnerName{"invoice", Owner::Billing},
                                 OwnerName{"kunden", Owner::Customer},
                                 OwnerName{"client", Owner::Customer},
                                 OwnerName{"kunde", Owner::Customer},
                                 OwnerName{"address", Owner::Plain}};

std::optional<Meaning> meaning_of_folded(std::string_view folded_name) {
    for (const auto& [part, names] : known_names) {
        std::size_t rank = 0;
        for (std::string_view rest = names; !rest.empty(); ++rank) {
            const auto name = rest.substr(0, rest.find(' '));
            if (name == folded_name) return Meaning{part, Owner::Plain, rank};
            rest.remove_prefix(std::min(rest.size(), name.size() + 1));
        }
    }
    return std::nullopt;
}

std::optional<Meaning> meaning_for(Owner owner, std::string_view folded_name) {
    auto meaning = meaning_of_folded(folded_name);
    // A customer's id is not a letter's key, nor is an invoice's due date the letter's.
    if (!meaning || meaning->part == Part::Key || meaning->part >= Part::LetterDue) return std::nullopt;
    meaning->owner = owner;
    return meaning;
}

}  // namespace

std::string_view name_of(Part part) { return part_names.at(static_cast<std::size_t>(part)); }

std::optional<Part> part_named(std::string_view name) {
    const auto found = std::find(part_names.begin(), part_names.end(), name);
    if (found == part_names.end()) return std::nullopt;
    return static_cast<Part>(found - part_names.begin());
}

std::optional<Meaning> meaning_of(std::string_view header) {
    const std::string name = folded(header);
    if (const auto meaning = meaning_of_folded(name)) return meaning;
    for (const auto& [owner_name, owner] : owner_names) {
        std::string_view rest = name;
        if (rest.starts_with(owner_name))
            rest.remove_prefix(owner_name.size());
        else if (rest.ends_with(owner_name))
            rest.remove_suffix(owner_name.size());
        else
            continue;
        if (const auto meaning = meaning_for(owner, rest)) return meaning;
    }
    return std::nullopt;
}

}  // namespace pli::intake
