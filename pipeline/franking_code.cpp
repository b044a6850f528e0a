#include "pipeline/franking_code.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "pipeline/dv_freimachung.hpp"
#include "pipeline/mailmark.hpp"

namespace pli::pipeline {
namespace {

template <class... Fs>
struct Overloaded : Fs... {
    using Fs::operator()...;
};
template <class... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;

constexpr TextStyle words{8_pt, Colour::black()}, id_words{7_pt, Colour::black()};
constexpr Length words_leading = Length::mm(3.6), words_width = 42_mm;
constexpr MatrixSize dv_small{22, 22}, dv_large{26, 26};

bool digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return '0' <= c && c <= '9'; });
}

bool is_plain(char c) { return c == ' ' || ('0' <= c && c <= '9') || ('A' <= c && c <= 'Z'); }

constexpr std::uint64_t power_of_ten(std::size_t exponent) {
    return exponent == 0 ? 1 : 10 * power_of_ten(exponent - 1);
}

std::uint64_t serial_of(const FrankedPiece& piece) { return piece.batch_number + piece.piece; }

struct Tracking {
    std::string code, routing;
};

/// A ZIP code that is none of 5, 9 or 11 digits is left out: the barcode then tracks without routing.
Tracking tracking_of(const ImbAccount& account, const FrankedPiece& piece) {
    const std::size_t places = 15 - account.mailer.size();
    Tracking tracking;
    tracking.code = fmt::format("{}{}{}{:0{}}", account.barcode_id, account.service, account.mailer,
                                serial_of(piece) % power_of_ten(places), places);
    for (const char c : piece.postal_code)
        if (c != '-' && c != ' ') tracking.routing += c;
    const auto length = tracking.routing.size();
    if (!digits(tracking.routing) || (length != 5 && length != 9 && length != 11)) tracking.routing.clear();
    return tracking;
}

bool tracked(const FrankedPiece& piece) { return piece.country == "US"; }

/// The post's own key of a product, as its tariff file has it.
Result<std::uint16_t> product_key(const postage::Product& product) {
    std::uint16_t key = 0;
    const auto& text = product.carrier_key;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), key);
    if (error == std::errc{} && end == text.data() + text.size() && key > 0) return key;
    return failure(Fault::BadInput, "product " + product.id,
                   text.empty() ? "has no key of the post's price list, which its franking code needs"
                                : fmt::format("has the key \"{}\", the code holds 1 to 65535", text),
                   "give it a carrier_key in a tariff file of the workspace's tariffs folder");
}

/// Whole cents: the code has no place for a fraction.
Result<std::uint16_t> whole_cents(const postage::Product& product, Money price) {
    constexpr std::int64_t cent = 100, most = 65'535;
    if (price.value > 0 && price.value % cent == 0 && price.value / cent <= most && price.currency.text() == "EUR")
        return static_cast<std::uint16_t>(price.value / cent);
    return failure(Fault::BadInput, "product " + product.id,
                   fmt::format("costs {}, the franking code holds whole cents up to 655.35 EUR", price.text()));
}

/// What the counter chose. A piece it has no price for cannot be franked.
Done value(DvFranking& dv, const Franking* counter) {
    if (!counter || !counter->priced())
        return failure(Fault::BadInput, "franking", "no product takes this letter, so its code would have no value",
                       "see what pli postage says of it");
    const auto& choice = counter->assessment.choice;
    dv.product = TRY(product_key(*choice.product));
    dv.cents = TRY(whole_cents(*choice.product, choice.price));
    return {};
}

Result<DvFranking> dv_of(const DvAccount& account, const FrankedPiece& piece) {
    DvFranking dv;
    dv.price_version = account.price_version;
    dv.customer = account.customer;
    dv.posting_day = piece.day;
    if (account.certified) TRY(value(dv, piece.counter));
    dv.piece = piece.piece;
    dv.participation = account.participation;
    dv.posting = static_cast<std::uint16_t>(account.first_posting + piece.batch_number);
    dv.customer_data = account.customer_data;
    return dv;
}

std::string matrix_text(const MatrixAccount& account, const FrankedPiece& piece) {
    return fmt::format("{}{:0{}}", account.prefix, serial_of(piece) % power_of_ten(account.digits), account.digits);
}

MailmarkItem mailmark_item(const FrankedPiece& piece) {
    return {static_cast<std::uint32_t>(serial_of(piece) % power_of_ten(8)), piece.country, piece.postal_code};
}

MatrixSize matrix_size(const FrankingAccount& account) {
    if (const auto* dv = std::get_if<DvAccount>(&account)) return dv->customer_data.size() > 5 ? dv_large : dv_small;
    if (const auto* mailmark = std::get_if<MailmarkAccount>(&account)) return mailmark_matrix(mailmark->kind);
    return {};
}

/// How many modules the code has; a text of no fixed size is assumed to be as large as 52 characters make it.
Size code_size(const FrankingCode& franking) {
    const auto bars = [&](std::int64_t count) {
        const BarSize size = franking.drawing.bars.value_or(BarSize{});
        return Size{size.pitch * (count - 1) + size.width, size.full};
    };
    if (std::holds_alternative<ImbAccount>(franking.account)) return bars(65);
    if (const auto* mailmark = std::get_if<MailmarkAccount>(&franking.account)) {
        if (mailmark->kind == MailmarkAccount::Kind::C) return bars(66);
        if (mailmark->kind == MailmarkAccount::Kind::L) return bars(78);
    }
    const MatrixSize size = matrix_size(franking.account);
    return franking.drawing.matrix(size == MatrixSize{} ? MatrixSize{32, 32} : size);
}

Point corner(const FrankingCode& franking, const Rect& zone) {
    return {zone.left() + franking.drawing.beside, zone.top() + franking.drawing.above};
}

void draw_bars(Frame& front, const FrankingCode& franking, const Rect& zone, std::string_view states) {
    front.items.emplace_back(Bars{corner(franking, zone), *franking.drawing.bars, front.add_text(states)});
}

void draw_matrix(Frame& front, const FrankingCode& franking, const Rect& zone, MatrixSize size,
                 std::string_view payload) {
    Code code;
    code.symbology = Symbology::DataMatrix;
    code.box = {corner(franking, zone), franking.drawing.matrix(size)};
    code.payload = front.add_text(payload);
    code.matrix = size;
    front.items.emplace_back(code);
}

/// The smallest square that holds so many digits, capitals and blanks: its box must be known before it is encoded.
MatrixSize square_for(std::size_t characters) {
    constexpr std::array<std::pair<std::size_t, std::uint8_t>, 6> squares{
        {{16, 16}, {25, 18}, {31, 20}, {43, 22}, {52, 24}, {64, 26}}};
    for (const auto& [most, side] : squares)
        if (characters <= most) return {side, side};
    return {32, 32};
}

Done write_words(Frame& front, Point at, std::string_view first, const DvFranking& dv, PlainText& text) {
    TRY(text.set(front, at, words, first));
    const auto value = fmt::format("DV {:02}.{:02} {},{:02}", dv.posting_day.month(), dv.posting_day.year() % 100,
                                   dv.cents / 100, dv.cents % 100);
    TRY(text.set(front, {at.x, at.y + words_leading}, words, value));
    TRY(text.set(front, {at.x, at.y + 2 * words_leading}, id_words, dv.id()));
    return {};
}

Done draw_dv(Frame& front, const FrankingCode& franking, const Rect& zone, const DvFranking& dv, PlainText& text) {
    const auto& account = std::get<DvAccount>(franking.account);
    const MatrixSize size = matrix_size(franking.account);
    draw_matrix(front, franking, zone, size, TRY(dv.bytes()));
    const Length right = corner(franking, zone).x + franking.drawing.matrix(size).width + 2 * franking.drawing.beside;
    const Point first{right, zone.top() + franking.drawing.above + words.size.scaled(0.8)};
    return write_words(front, first, account.certified ? "Deutsche Post" : "MUSTER", dv, text);
}

}  // namespace

std::string_view drawing_of(const FrankingAccount& account) {
    return std::visit(
        Overloaded{
            [](const DvAccount&) { return "dv-freimachung"; }, [](const ImbAccount&) { return "usps-imb"; },
            [](const MailmarkAccount& mailmark) { return is_four_state(mailmark.kind) ? "mailmark" : "mailmark-2d"; },
            [](const MatrixAccount&) { return "datamatrix"; }},
        account);
}

std::uint64_t numbers_of_batch(const FrankingAccount& account, std::uint32_t most_pieces) {
    return std::holds_alternative<DvAccount>(account) ? 1 : most_pieces;
}

Result<std::string> franking_id(const FrankingCode& franking, const FrankedPiece& piece) {
    if (const auto* dv = std::get_if<DvAccount>(&franking.account)) return TRY(dv_of(*dv, piece)).id();
    if (const auto* matrix = std::get_if<MatrixAccount>(&franking.account)) return matrix_text(*matrix, piece);
    if (const auto* mailmark = std::get_if<MailmarkAccount>(&franking.account))
        return mailmark_content(*mailmark, mailmark_item(piece));
    if (!tracked(piece)) return std::string();
    const Tracking tracking = tracking_of(std::get<ImbAccount>(franking.account), piece);
    return tracking.code + tracking.routing;
}

Done check_account(const FrankingAccount& account) {
    const auto need = [](bool good, const char* key, const char* wanted) -> Done {
        if (good) return {};
        return failure(Fault::BadInput, fmt::format("franking.{}", key), fmt::format("must be {}", wanted));
    };
    if (const auto* dv = std::get_if<DvAccount>(&account)) {
        TRY(need(dv->customer < power_of_ten(10), "customer", "an EKP number of ten digits"));
        TRY(need(dv->customer_data.size() <= 19, "customer_data", "19 bytes at most"));
        return need(!dv->certified || (dv->customer > 0 && dv->price_version > 0), "certified",
                    "false, or customer and price_version must be given");
    }
    if (const auto* imb = std::get_if<ImbAccount>(&account)) {
        TRY(need(digits(imb->mailer) && (imb->mailer.size() == 6 || imb->mailer.size() == 9), "mailer",
                 "a mailer identifier of 6 or 9 digits"));
        TRY(need(digits(imb->service) && imb->service.size() == 3, "service", "a service type of 3 digits"));
        return need(digits(imb->barcode_id) && imb->barcode_id.size() == 2 && imb->barcode_id[1] <= '4', "barcode_id",
                    "two digits of which the second is 0 to 4");
    }
    if (const auto* mailmark = std::get_if<MailmarkAccount>(&account)) return check_mailmark(*mailmark);
    const auto& matrix = std::get<MatrixAccount>(account);
    TRY(need(std::all_of(matrix.prefix.begin(), matrix.prefix.end(), is_plain), "prefix",
             "of capitals, digits and blanks"));
    return need(matrix.digits >= 1 && matrix.digits <= 18 && matrix.prefix.size() + matrix.digits <= 52, "prefix",
                "so short that it and the number's digits are 52 characters at most");
}

Done check_place(const FrankingCode& franking, const Rect& zone) {
    Size needed = franking.drawing.with_clear_zone(code_size(franking));
    if (std::holds_alternative<DvAccount>(franking.account)) needed.width += words_width;
    if (needed.width <= zone.size.width && needed.height <= zone.size.height) return {};
    return failure(
        Fault::Overflow, "franking",
        fmt::format("the code needs {:.1f} x {:.1f} mm with its clear zone, the profile keeps {:.1f} x {:.1f}",
                    needed.width.to_mm(), needed.height.to_mm(), zone.size.width.to_mm(), zone.size.height.to_mm()),
        "take a profile with a larger [franking] zone");
}

Done Franker::frank(Frame& front, const Rect& zone, const FrankingCode& franking, const FrankedPiece& piece,
                    PlainText& text) {
    if (const auto* dv = std::get_if<DvAccount>(&franking.account))
        return draw_dv(front, franking, zone, TRY(dv_of(*dv, piece)), text);
    if (const auto* imb = std::get_if<ImbAccount>(&franking.account)) {
        if (!tracked(piece)) return {};
        const Tracking tracking = tracking_of(*imb, piece);
        draw_bars(front, franking, zone, TRY(bars_.intelligent_mail(tracking.code, tracking.routing)));
        return {};
    }
    const std::string content = TRY(franking_id(franking, piece));
    const auto* mailmark = std::get_if<MailmarkAccount>(&franking.account);
    if (mailmark && is_four_state(mailmark->kind))
        draw_bars(front, franking, zone, TRY(bars_.mailmark(content)));
    else
        draw_matrix(front, franking, zone, mailmark ? matrix_size(franking.account) : square_for(content.size()),
                    content);
    return {};
}

}  // namespace pli::pipeline
