#include "layouts/formats.hpp"

#include <unicode/currunit.h>
#include <unicode/numberformatter.h>
#include <unicode/unistr.h>

#include <catch2/catch.hpp>

#include "layouts/letter_case.hpp"
#include "layouts/number_pattern.hpp"

using namespace pli;
using namespace pli::layouts;
using Kind = Format::Kind;

namespace {

Placeholder as(Kind kind, int decimals = -1, DateStyle style = DateStyle::Medium) {
    return Placeholder{"amount", {kind, style, static_cast<std::int8_t>(decimals)}, {}, 0};
}

std::string written(std::string_view locale, const Placeholder& placeholder, std::string_view value,
                    std::string_view currency = {}) {
    Formats formats;
    std::string out;
    REQUIRE(formats.use_locale(locale, currency));
    const auto done = formats.append(placeholder, value, out);
    INFO((done ? std::string() : done.error().text()));
    REQUIRE(done);
    return out;
}

Error refused(std::string_view locale, const Placeholder& placeholder, std::string_view value) {
    Formats formats;
    std::string out;
    REQUIRE(formats.use_locale(locale));
    const auto done = formats.append(placeholder, value, out);
    REQUIRE_FALSE(done);
    CHECK(done.error().fault == Fault::BadInput);
    CHECK(out.empty());
    return done.error();
}

/// What ICU itself writes, with the rounding Pli promises.
std::string by_icu(const char* locale, std::string_view number, const std::string& currency) {
    UErrorCode status = U_ZERO_ERROR;
    auto formatter = icu::number::NumberFormatter::withLocale(icu::Locale::forLanguageTag(locale, status))
                         .roundingMode(UNUM_ROUND_HALFUP);
    icu::UnicodeString code = icu::UnicodeString::fromUTF8(currency);
    const auto ready = currency.empty() ? formatter.precision(icu::number::Precision::unlimited())
                                        : formatter.unit(icu::CurrencyUnit(code.getTerminatedBuffer(), status))
                                              .precision(icu::number::Precision::currency(UCURR_USAGE_STANDARD));
    std::string text;
    ready.formatDecimal({number.data(), static_cast<int32_t>(number.size())}, status)
        .toString(status)
        .toUTF8String(text);
    REQUIRE(U_SUCCESS(status));
    return text;
}

constexpr const char* nnbsp = "\u202F";
constexpr const char* nbsp = "\u00A0";

}  // namespace

TEST_CASE("amounts are written as the letter's country writes them", "[layouts]") {
    CHECK(written("fr-FR", as(Kind::Money), "1234.50") == std::string("1") + nnbsp + "234,50" + nbsp + "€");
    CHECK(written("de-DE", as(Kind::Money), "1234.50") == std::string("1.234,50") + nbsp + "€");
    CHECK(written("en-GB", as(Kind::Money), "1234.5") == "£1,234.50");
    CHECK(written("de-CH", as(Kind::Money), "1234.50") == std::string("CHF") + nbsp + "1’234.50");
    CHECK(written("en-GB", as(Kind::Money), "1234.50 EUR") == "€1,234.50");
    CHECK(written("ja-JP", as(Kind::Money), "1234.50") == "￥1,235");
    CHECK(written("fr-FR", as(Kind::MoneyMinor), "123450") == written("fr-FR", as(Kind::Money), "1234.50"));
    CHECK(written("fr-FR", as(Kind::MoneyMinor), "-5 CHF") == written("fr-FR", as(Kind::Money), "-0.05 CHF"));
    CHECK(written("en-IN", as(Kind::Number), "12345678") == "1,23,45,678");
    CHECK(written("es-ES", as(Kind::Number), "1234") == "1234");
    CHECK(written("es-ES", as(Kind::Number), "12345") == "12.345");
}

TEST_CASE("a language without a country does not invent dollars", "[layouts]") {
    CHECK_THAT(written("fr", as(Kind::Money), "5"), Catch::Contains("€"));
    CHECK_THAT(written("en", as(Kind::Money), "5", "EUR"), Catch::Contains("€"));
    CHECK_THAT(refused("en", as(Kind::Money), "5").text(), Catch::Contains("has no currency"));
    CHECK_THAT(refused("pt", as(Kind::Money), "5").message, Catch::Contains("locale pt names no country"));
}

TEST_CASE("decimals are rounded half up, carried and padded, and nothing is minus zero", "[layouts]") {
    CHECK(written("en-GB", as(Kind::Number, 2), "9.995") == "10.00");
    CHECK(written("en-GB", as(Kind::Number, 2), "-999.995") == "-1,000.00");
    CHECK(written("en-GB", as(Kind::Number, 0), "0.5") == "1");
    CHECK(written("en-GB", as(Kind::Number, 1), "0.04") == "0.0");
    CHECK(written("en-GB", as(Kind::Number, 1), "-0.04") == "0.0");
    CHECK(written("en-GB", as(Kind::Number), "007.50") == "7.50");
    CHECK(written("en-GB", as(Kind::Number, 3), "7") == "7.000");
    CHECK(written("de-DE", as(Kind::Number), "1234,5") == "1.234,5");
    CHECK(written("en-GB", as(Kind::Money), "0.30000000000000004") == "£0.30");
}

TEST_CASE("what is no number, amount or date is refused with the value and what was expected", "[layouts]") {
    for (const char* bad : {"1,234.50", "1,234", "1e3", "12 €", "", "-", "1.", ".5", "0x10", "١٢"}) {
        CAPTURE(bad);
        CHECK_THAT(refused("fr-FR", as(Kind::Number), bad).text(),
                   Catch::Contains("field amount") && Catch::Contains("a number as 1234.50"));
    }
    CHECK_THAT(refused("fr-FR", as(Kind::Money), "1.234,50").message, Catch::Contains("'1.234,50' is not an amount"));
    CHECK_THAT(refused("fr-FR", as(Kind::MoneyMinor), "12.50").message, Catch::Contains("minor units"));
    for (const char* bad : {"22.11.2026", "2026-02-30", "2026-11-22x", "tomorrow"}) {
        CAPTURE(bad);
        CHECK_THAT(refused("fr-FR", as(Kind::Date), bad).message, Catch::Contains("a date as 2026-11-22"));
    }
    Formats formats;
    CHECK_FALSE(formats.use_locale("not a tag!"));
    CHECK_FALSE(formats.use_locale("fr", "euro"));
}

TEST_CASE("dates are written in the letter's language, whatever the time of day", "[layouts]") {
    CHECK(written("fr-FR", as(Kind::Date, -1, DateStyle::Long), "2026-11-22") == "22 novembre 2026");
    CHECK(written("de-AT", as(Kind::Date, -1, DateStyle::Long), "2026-01-01") == "1. Jänner 2026");
    CHECK(written("en-US", as(Kind::Date, -1, DateStyle::Long), "2026-11-22") == "November 22, 2026");
    CHECK(written("de-DE", as(Kind::Date, -1, DateStyle::Medium), "2026-11-22T23:59:59+02:00") == "22.11.2026");
    CHECK(written("it-IT", as(Kind::Date, -1, DateStyle::Short), "2026-11-02") == "02/11/26");
    Formats formats;
    REQUIRE(formats.use_locale("fr"));
    std::string out;
    const auto date = as(Kind::Date, -1, DateStyle::Long);
    for (const char* day : {"2026-01-01", "2026-03-06", "2026-01-01"}) REQUIRE(formats.append(date, day, out));
    CHECK(out == "1 janvier 20266 mars 20261 janvier 2026");
}

TEST_CASE("capitals follow the language", "[layouts]") {
    CHECK(written("fr", as(Kind::Upper), "Édouard Straße") == "ÉDOUARD STRASSE");
    CHECK(written("tr", as(Kind::Upper), "izmir") == "İZMİR");
    CHECK(written("fr", as(Kind::Upper), "izmir") == "IZMIR");
    CHECK(written("el", as(Kind::Upper), "Αθήνα") == "ΑΘΗΝΑ");
    CHECK(written("fr", as(Kind::Lower), "ÉLISE") == "élise");
    CHECK(written("fr", as(Kind::Title), "JEAN-PIERRE DE LA FONTAINE") == "Jean-Pierre De La Fontaine");
}

TEST_CASE("digits set by hand are the ones ICU would set, in every locale tried", "[layouts]") {
    const std::vector<const char*> numbers{"0",      "1",       "-1",       "12.5",    "999",         "1000",
                                           "1234.5", "12345.6", "-1234567", "1234567", "12345678.25", "-0.75"};
    for (const char* locale : {"fr-FR", "fr-CH", "fr-CA", "de-DE", "de-AT", "de-CH", "en-GB", "en-US", "en-IN", "it-IT",
                               "it-CH", "es-ES", "es-MX", "nl-NL", "nl-BE", "pl-PL", "pt-PT", "pt-BR", "sv-SE", "da-DK",
                               "nb-NO", "fi-FI", "cs-CZ", "hu-HU", "ro-RO", "el-GR", "tr-TR", "ru-RU", "bg-BG", "ar-EG",
                               "he-IL", "fa-IR", "hi-IN", "bn-BD", "ja-JP", "zh-CN", "ko-KR", "th-TH"}) {
        UErrorCode status = U_ZERO_ERROR;
        const std::string icu_name = icu::Locale::forLanguageTag(locale, status).getName();
        for (const char* currency : {"", "EUR", "USD", "CHF", "JPY", "KWD"}) {
            const NumberPattern pattern = learn_pattern(icu_name, currency);
            for (const char* number : numbers) {
                CAPTURE(locale, currency, number);
                std::string out;
                pattern.append(*parse_decimal(number), pattern.decimals, out);
                CHECK(out == by_icu(locale, number, currency));
            }
        }
    }
}
