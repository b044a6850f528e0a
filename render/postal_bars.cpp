#include "render/postal_bars.hpp"

#include <zint.h>

#include <algorithm>

#include "base/release.hpp"

namespace pli::render {
namespace {

using ZintSymbol = Handle<zint_symbol, ZBarcode_Delete>;

bool only_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return '0' <= c && c <= '9'; });
}

tl::unexpected<Error> wrong(std::string where, std::string_view given, std::string wanted) {
    return failure(Fault::BadInput, std::move(where), "\"" + std::string(given) + "\" is not " + std::move(wanted));
}

Done check_tracking(std::string_view tracking) {
    if (tracking.size() != 20 || !only_digits(tracking))
        return wrong("Intelligent Mail barcode, tracking code", tracking, "20 digits");
    if (tracking[1] > '4')
        return wrong("Intelligent Mail barcode, barcode identifier", tracking.substr(0, 2),
                     "two digits of which the second is 0 to 4");
    return {};
}

Done check_routing(std::string_view routing) {
    const auto length = routing.size();
    if ((length == 0 || length == 5 || length == 9 || length == 11) && only_digits(routing)) return {};
    return wrong("Intelligent Mail barcode, routing code", routing, "a ZIP code of 5, 9 or 11 digits");
}

/// Zint draws three rows of modules (above, tracker, below), with a space after each bar.
void read_bars(const zint_symbol& symbol, std::string& bars) {
    bars.clear();
    const auto dark = [&](int row, int column) { return (symbol.encoded_data[row][column >> 3] >> (column & 7)) & 1; };
    for (int column = 0; column < symbol.width; column += 2) bars += "TADF"[dark(0, column) + 2 * dark(2, column)];
}

}  // namespace

struct PostalBars::State {
    ZintSymbol zint{ZBarcode_Create()};
    std::string text, bars;

    Result<std::string_view> encode(int symbology, const char* name) {
        ZBarcode_Clear(zint.get());
        zint->symbology = symbology;
        zint->input_mode = DATA_MODE;
        const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
        if (ZBarcode_Encode(zint.get(), bytes, static_cast<int>(text.size())) >= ZINT_ERROR)
            return failure(Fault::BadInput, name, "\"" + text + "\" cannot be encoded: " + zint->errtxt);
        read_bars(*zint, bars);
        return std::string_view(bars);
    }
};

PostalBars::PostalBars() : state_(std::make_unique<State>()) {}
PostalBars::~PostalBars() = default;
PostalBars::PostalBars(PostalBars&&) noexcept = default;
PostalBars& PostalBars::operator=(PostalBars&&) noexcept = default;

Result<std::string_view> PostalBars::intelligent_mail(std::string_view tracking, std::string_view routing) {
    TRY(check_tracking(tracking));
    TRY(check_routing(routing));
    state_->text.assign(tracking);
    if (!routing.empty()) (state_->text += '-') += routing;
    return state_->encode(BARCODE_USPS_IMAIL, "Intelligent Mail barcode");
}

Result<std::string_view> PostalBars::mailmark(std::string_view content) {
    if (content.size() != 22 && content.size() != 26)
        return wrong("Mailmark", content, "22 characters (barcode C) or 26 (barcode L)");
    state_->text.assign(content);
    return state_->encode(BARCODE_MAILMARK, "Mailmark");
}

}  // namespace pli::render
