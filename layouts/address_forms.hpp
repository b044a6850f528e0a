#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace pli::layouts {

/// How one country writes addresses.
/// `form` names the parts by letter, '/' ends a line, anything else is printed between two parts that are both there;
/// '^' puts the next part in capitals:
///   N name  O company  D department  c care of  X extra line  S street  P post office box  Z postal code  C city  R
///   region
/// Source   DE DIN 5008; AT ÖNORM A 1080; CH post.ch; FR NF Z10-011; GB Royal Mail; US USPS Publication 28; the others
///          Universal Postal Union, the postal operators' public pages
struct AddressForm {
    std::string_view countries;  // alpha-2, blank between
    std::string_view form;
    std::string_view po_box;    // put before a bare box number
    std::string_view prefixes;  // before a postal code, dropped: "D-", "F-"; blank between
    bool last_three_in_capitals = false;
};

constexpr std::array address_forms{
    AddressForm{"DE", "O/D/N/c/X/S/P/Z C", "Postfach", "D- DE-"},
    AddressForm{"AT", "O/D/N/c/X/S/P/Z C", "Postfach", "A- AT-"},
    AddressForm{"CH LI", "O/D/N/c/X/S/P/Z C", "Postfach", "CH- FL- LI-"},
    AddressForm{"FR GP MQ GF RE YT PM BL MF NC PF WF MC AD", "O/N/D/c/X/S/P/Z C", "BP", "F- FR- FR", true},
    AddressForm{"GB GG JE IM GI FK", "N/D/O/c/X/S/P/^C/R/^Z", "PO Box", "GB- GB"},
    AddressForm{"US PR GU VI AS MP", "N/D/O/c/X/S/P/^C ^R ^Z", "PO Box", "US-"},
    AddressForm{"CA", "N/D/O/c/X/S/P/^C ^R  ^Z", "PO Box", "CA-"},
    AddressForm{"AU NZ", "N/D/O/c/X/S/P/^C ^R ^Z", "PO Box", "AU- NZ-"},
    AddressForm{"IE", "N/D/O/c/X/S/P/^C/R/^Z", "PO Box", "IE-"},
    AddressForm{"NL", "O/D/N/c/X/S/P/^Z  ^C", "Postbus", "NL-"},
    AddressForm{"BE LU", "O/D/N/c/X/S/P/Z ^C", "BP", "B- BE- L- LU-"},
    AddressForm{"ES", "N/O/D/c/X/S/P/Z ^C/R", "Apartado", "E- ES-"},
    AddressForm{"IT SM VA", "N/O/D/c/X/S/P/Z ^C ^R", "Casella Postale", "I- IT-"},
    AddressForm{"PL", "O/D/N/c/X/S/P/Z C", "skr. poczt.", "PL-"},
    AddressForm{"PT", "N/O/D/c/X/S/P/Z ^C", "Apartado", "P- PT-"},
    AddressForm{"SE FI NO DK", "O/D/N/c/X/S/P/Z ^C", "Box", "S- SE- SE FI- FI N- NO- DK- DK"},
};
/// Where nothing is known: sorting abroad goes by the country, the town's own post finds the rest.
constexpr AddressForm general_form{"", "N/O/D/c/X/S/P/Z ^C/R", "PO Box", "", false};

constexpr const AddressForm& address_form(std::string_view country) {
    for (const AddressForm& form : address_forms) {
        for (std::string_view rest = form.countries; rest.size() >= 2; rest.remove_prefix(rest.size() > 2 ? 3 : 2)) {
            if (rest.substr(0, 2) == country) return form;
        }
    }
    return general_form;
}

}  // namespace pli::layouts
