#include "address/tables.hpp"

extern "C" {
extern const char pli_address_forms[], pli_address_forms_end[];
extern const char pli_address_countries[], pli_address_countries_end[];
extern const char pli_address_regions[], pli_address_regions_end[];
extern const char pli_address_places_AT[], pli_address_places_AT_end[];
extern const char pli_address_places_CH[], pli_address_places_CH_end[];
extern const char pli_address_places_DE[], pli_address_places_DE_end[];
extern const char pli_address_places_FR[], pli_address_places_FR_end[];
extern const char pli_address_places_LI[], pli_address_places_LI_end[];
extern const char pli_address_places_LU[], pli_address_places_LU_end[];
}

namespace pli::address {

std::string_view forms_toml() { return {pli_address_forms, pli_address_forms_end}; }
std::string_view countries_tsv() { return {pli_address_countries, pli_address_countries_end}; }
std::string_view regions_tsv() { return {pli_address_regions, pli_address_regions_end}; }

std::string_view places_tsv(std::string_view alpha2) {
    if (alpha2 == "AT") return {pli_address_places_AT, pli_address_places_AT_end};
    if (alpha2 == "CH") return {pli_address_places_CH, pli_address_places_CH_end};
    if (alpha2 == "DE") return {pli_address_places_DE, pli_address_places_DE_end};
    if (alpha2 == "FR") return {pli_address_places_FR, pli_address_places_FR_end};
    if (alpha2 == "LI") return {pli_address_places_LI, pli_address_places_LI_end};
    if (alpha2 == "LU") return {pli_address_places_LU, pli_address_places_LU_end};
    return {};
}

}  // namespace pli::address
