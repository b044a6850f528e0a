#include "layouts/aliases.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>

namespace pli::layouts {
namespace {

struct Alias {
    std::string_view word, name;  // word as folded_name leaves it
};

/// One line per name of Pli; French, German, Italian, Spanish, Dutch and the English of other systems.
/// `nom` is the family name, as on French forms; the whole name is `name`.
constexpr Alias table[] = {
    {"prenom", "first_name"},
    {"vorname", "first_name"},
    {"nome", "first_name"},
    {"nombre", "first_name"},
    {"voornaam", "first_name"},
    {"firstname", "first_name"},
    {"given_name", "first_name"},
    {"nom", "last_name"},
    {"nom_de_famille", "last_name"},
    {"nachname", "last_name"},
    {"familienname", "last_name"},
    {"cognome", "last_name"},
    {"apellido", "last_name"},
    {"apellidos", "last_name"},
    {"achternaam", "last_name"},
    {"lastname", "last_name"},
    {"surname", "last_name"},
    {"family_name", "last_name"},
    {"nom_complet", "name"},
    {"vollstaendiger_name", "name"},
    {"vollstandiger_name", "name"},
    {"nome_completo", "name"},
    {"nombre_completo", "name"},
    {"volledige_naam", "name"},
    {"naam", "name"},
    {"fullname", "name"},
    {"full_name", "name"},
    {"civilite", "title"},
    {"anrede", "title"},
    {"titel", "title"},
    {"titre", "title"},
    {"titolo", "title"},
    {"tratamiento", "title"},
    {"aanhef", "title"},
    {"salutation_title", "title"},
    {"societe", "company"},
    {"entreprise", "company"},
    {"raison_sociale", "company"},
    {"firma", "company"},
    {"unternehmen", "company"},
    {"azienda", "company"},
    {"ditta", "company"},
    {"societa", "company"},
    {"empresa", "company"},
    {"bedrijf", "company"},
    {"organisation", "company"},
    {"organization", "company"},
    {"service", "department"},
    {"abteilung", "department"},
    {"reparto", "department"},
    {"departamento", "department"},
    {"afdeling", "department"},
    {"chez", "care_of"},
    {"c_o", "care_of"},
    {"presso", "care_of"},
    {"p_a", "care_of"},
    {"adresse", "street"},
    {"rue", "street"},
    {"strasse", "street"},
    {"indirizzo", "street"},
    {"via", "street"},
    {"direccion", "street"},
    {"calle", "street"},
    {"straat", "street"},
    {"adres", "street"},
    {"address", "street"},
    {"address1", "street"},
    {"address_1", "street"},
    {"complement", "extra"},
    {"complement_d_adresse", "extra"},
    {"adresszusatz", "extra"},
    {"zusatz", "extra"},
    {"address2", "extra"},
    {"address_2", "extra"},
    {"toevoeging", "extra"},
    {"complemento", "extra"},
    {"boite_postale", "po_box"},
    {"bp", "po_box"},
    {"postfach", "po_box"},
    {"casella_postale", "po_box"},
    {"apartado", "po_box"},
    {"postbus", "po_box"},
    {"code_postal", "postal_code"},
    {"cp", "postal_code"},
    {"plz", "postal_code"},
    {"postleitzahl", "postal_code"},
    {"cap", "postal_code"},
    {"codigo_postal", "postal_code"},
    {"postcode", "postal_code"},
    {"zip", "postal_code"},
    {"zip_code", "postal_code"},
    {"ville", "city"},
    {"localite", "city"},
    {"stadt", "city"},
    {"ort", "city"},
    {"citta", "city"},
    {"localita", "city"},
    {"ciudad", "city"},
    {"poblacion", "city"},
    {"plaats", "city"},
    {"stad", "city"},
    {"woonplaats", "city"},
    {"town", "city"},
    {"bundesland", "region"},
    {"provincia", "region"},
    {"provincie", "region"},
    {"canton", "region"},
    {"kanton", "region"},
    {"state", "region"},
    {"province", "region"},
    {"pays", "country"},
    {"land", "country"},
    {"paese", "country"},
    {"pais", "country"},
    {"destinataire", "recipient"},
    {"empfaenger", "recipient"},
    {"empfanger", "recipient"},
    {"destinatario", "recipient"},
    {"ontvanger", "recipient"},
    {"aujourd_hui", "today"},
    {"date_du_jour", "today"},
    {"heute", "today"},
    {"oggi", "today"},
    {"hoy", "today"},
    {"vandaag", "today"},
    {"derniere_commande", "last_order"},
    {"letzte_bestellung", "last_order"},
    {"ultimo_ordine", "last_order"},
    {"ultimo_pedido", "last_order"},
    {"laatste_bestelling", "last_order"},
    {"commande", "order"},
    {"bestellung", "order"},
    {"ordine", "order"},
    {"pedido", "order"},
    {"bestelling", "order"},
    {"numero_de_commande", "order_number"},
    {"numero_commande", "order_number"},
    {"bestellnummer", "order_number"},
    {"numero_ordine", "order_number"},
    {"numero_de_pedido", "order_number"},
    {"bestelnummer", "order_number"},
    {"montant", "amount"},
    {"betrag", "amount"},
    {"importo", "amount"},
    {"importe", "amount"},
    {"bedrag", "amount"},
    {"echeance", "due"},
    {"faellig", "due"},
    {"fallig", "due"},
    {"scadenza", "due"},
    {"vencimiento", "due"},
    {"vervaldatum", "due"},
    {"code_promo", "voucher"},
    {"bon_d_achat", "voucher"},
    {"gutschein", "voucher"},
    {"gutscheincode", "voucher"},
    {"buono", "voucher"},
    {"cupon", "voucher"},
    {"kortingscode", "voucher"},
    {"voucher_code", "voucher"},
    {"courriel", "email"},
    {"e_mail", "email"},
    {"correo", "email"},
    {"telefon", "phone"},
    {"telephone", "phone"},
    {"telefono", "phone"},
    {"telefoon", "phone"},
};

std::string_view own_word(std::string_view folded) {
    const auto found =
        std::find_if(std::begin(table), std::end(table), [&](const Alias& a) { return a.word == folded; });
    return found == std::end(table) ? folded : found->name;
}

}  // namespace

std::string folded_name(std::string_view name) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* folding = icu::Normalizer2::getNFKCCasefoldInstance(status);
    const auto* decomposing = icu::Normalizer2::getNFDInstance(status);
    if (U_FAILURE(status)) return std::string(name);
    const auto text = icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<int32_t>(name.size())));
    const auto apart = decomposing->normalize(folding->normalize(text, status), status);
    icu::UnicodeString kept;
    for (int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1)) {
        const UChar32 c = apart.char32At(i);
        if (u_charType(c) == U_NON_SPACING_MARK) continue;
        kept.append(c == ' ' || c == '-' || c == '/' || c == '\'' || c == 0x2019 ? UChar32{'_'} : c);
    }
    std::string folded;
    kept.toUTF8String(folded);
    return folded;
}

std::string canonical_path(std::string_view path) {
    const std::string folded = folded_name(path);
    std::string canonical;
    for (std::size_t start = 0; start <= folded.size();) {
        const std::size_t dot = std::min(folded.find('.', start), folded.size());
        if (start > 0) canonical += '.';
        canonical += own_word(std::string_view(folded).substr(start, dot - start));
        start = dot + 1;
    }
    return canonical;
}

}  // namespace pli::layouts
