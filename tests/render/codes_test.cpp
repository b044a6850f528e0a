#include "render/codes.hpp"

#include <qrencode.h>

#include <catch2/catch.hpp>
#include <random>

#include "render/qr_fast.hpp"
#include "tests/render/code_pictures.hpp"

// Exported by libqrencode, though not in its public header: the symbol with a mask of one's choice.
extern "C" QRcode* QRcode_encodeMask(QRinput* input, int mask);

using namespace pli;
using namespace pli::render;

namespace {

std::string random_bytes(std::mt19937& random, std::size_t count) {
    std::string bytes;
    while (bytes.size() < count) bytes += static_cast<char>(random() & 0xFF);
    return bytes;
}

/// What libqrencode draws for this mask.
Modules oracle(const std::string& payload, Correction correction, int mask) {
    QRinput* input = QRinput_new2(0, static_cast<QRecLevel>(correction));
    QRinput_append(input, QR_MODE_8, static_cast<int>(payload.size()),
                   reinterpret_cast<const unsigned char*>(payload.data()));
    QRcode* symbol = QRcode_encodeMask(input, mask);
    Modules modules;
    modules.reset(symbol->width, symbol->width);
    for (int i = 0; i < symbol->width * symbol->width; ++i) {
        if (symbol->data[i] & 1) modules.set_dark(i % symbol->width, i / symbol->width);
    }
    QRcode_free(symbol);
    QRinput_free(input);
    return modules;
}

bool same(const Modules& a, const Modules& b) { return a.columns == b.columns && a.rows == b.rows && a.bits == b.bits; }

constexpr Correction corrections[] = {Correction::L, Correction::M, Correction::Q, Correction::H};
constexpr std::size_t most_bytes_in_version_11[] = {321, 251, 177, 137};

}  // namespace

TEST_CASE(
    "the fast QR encoder draws, module for module, what libqrencode draws: versions 1 to 11, all levels and masks",
    "[render]") {
    FastQr fast;
    std::mt19937 random(1);
    Modules drawn;
    std::size_t different = 0;
    for (const Correction correction : corrections) {
        for (std::size_t length = 1; length <= most_bytes_in_version_11[static_cast<int>(correction)]; ++length) {
            const std::string payload = random_bytes(random, length);
            for (int mask = 0; mask < 8; ++mask) {
                REQUIRE(fast.encode(payload, correction, drawn, mask));
                if (!same(drawn, oracle(payload, correction, mask))) ++different;
            }
        }
    }
    CHECK(different == 0);
}

TEST_CASE("the mask the fast QR encoder takes by itself is one of the eight, and never a bad one", "[render]") {
    FastQr fast;
    std::mt19937 random(2);
    for (int round = 0; round < 300; ++round) {
        const std::string payload = random_bytes(random, 1 + random() % 200);
        Modules chosen, forced;
        REQUIRE(fast.encode(payload, Correction::M, chosen));
        int matches = 0;
        for (int mask = 0; mask < 8; ++mask) {
            fast.encode(payload, Correction::M, forced, mask);
            matches += same(chosen, forced);
        }
        REQUIRE(matches == 1);
    }
}

TEST_CASE("a QR code fit for no fast version is left to libqrencode, up to version 40", "[render]") {
    CodeEncoder encoder;
    Code code;
    code.correction = Correction::L;
    CHECK(encoder.encode(code, std::string(321, 'a')).value()->columns == 61);
    CHECK(encoder.encode(code, std::string(322, 'a')).value()->columns == 65);
    CHECK(encoder.encode(code, std::string(2953, 'a')).value()->columns == 177);
    CHECK(same(*encoder.encode(code, std::string(400, 'a')).value(),
               qr_code(std::string(400, 'a'), Correction::L).value()));
}

TEST_CASE("a payload that fits no code is refused and says how long it is", "[render]") {
    const auto qr = qr_code(std::string(2954, 'a'), Correction::L);
    REQUIRE_FALSE(qr);
    CHECK(qr.error().fault == Fault::Overflow);
    CHECK_THAT(qr.error().message, Catch::Contains("2954 bytes"));
    const auto matrix = data_matrix(std::string(3000, 'a'));
    REQUIRE_FALSE(matrix);
    CHECK(matrix.error().fault == Fault::Overflow);
    CHECK_THAT(matrix.error().message, Catch::Contains("3000 bytes"));
    CHECK_FALSE(qr_code("", Correction::M));
    CHECK_FALSE(data_matrix(""));
}

TEST_CASE("QR codes of all versions of the fast encoder are read by zbar and ZXing", "[render]") {
    const test::Folder folder;
    CodeEncoder encoder;
    for (const std::size_t length : {11, 25, 40, 60, 80, 100, 120, 150, 178, 210, 250}) {
        std::string payload = "https://example.com/konto?k=";
        while (payload.size() < length) payload += static_cast<char>('a' + payload.size() % 26);
        payload.resize(length);
        test::write_pgm(folder / "qr.pgm", *encoder.encode(Code{}, payload).value());
        CHECK(test::run("zbarimg -q --raw --nodbus " + folder / "qr.pgm").output == payload + "\n");
        CHECK_THAT(test::run("ZXingReader -1 " + folder / "qr.pgm").output, Catch::Contains(payload));
    }
}

TEST_CASE("a DataMatrix is read by dmtxread and ZXing, drawn by a fresh or a used encoder", "[render]") {
    const test::Folder folder;
    CodeEncoder encoder;
    Code code;
    code.symbology = Symbology::DataMatrix;
    for (const std::string payload :
         {"PLI0000000123-0001-1/2-8842", "20261122000000123400010002", "Straße 12, Genève"}) {
        const Modules& modules = *encoder.encode(code, payload).value();
        CHECK(modules.columns == modules.rows);
        CHECK(same(modules, data_matrix(payload).value()));
        test::write_pgm(folder / "dm.pgm", modules);
        CHECK(test::run("dmtxread -n " + folder / "dm.pgm").output == payload + "\n");
        if (payload[0] != 'S')
            CHECK_THAT(test::run("ZXingReader -1 " + folder / "dm.pgm").output, Catch::Contains(payload));
    }
}

TEST_CASE("the 28 and 42 binary bytes of a German franking code give 22 and 26 modules", "[render]") {
    std::mt19937 random(3);
    CHECK(data_matrix("DEA" + random_bytes(random, 25)).value().columns == 22);
    CHECK(data_matrix("DEA" + random_bytes(random, 39)).value().columns == 26);
}
