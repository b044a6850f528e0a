#include <array>
#include <catch2/catch.hpp>

#include "address/writer.hpp"
#include "tests/outside/allocations.hpp"

using namespace pli;
using namespace pli::address;

TEST_CASE("after the first letters an address is written without allocation, whatever its country", "[address]") {
    struct To {
        const char *street, *code, *city, *region, *country;
    };
    constexpr std::array all{
        To{"Hauptstraße 5", "D-53111", "Bonn", "", "DE"},
        To{"125 bis, avenue du Maréchal de Lattre de Tassigny", "75008", "Paris Cedex 08", "", "FR"},
        To{"10 Downing Street", "sw1a2aa", "London", "", "GB"},
        To{"100 Martin Luther King Boulevard, Suite 12", "941021234", "San Francisco", "California", "US"},
        To{"Via dell'Università 5", "00184", "Roma", "Roma", "IT"},
        To{"Marszałkowska 1", "00950", "Łódź", "", "PL"},
        To{"1-2-3 Chiyoda", "1008111", "Tokyo", "Tokyo", "JP"},
    };
    Writer writer("DE");
    Lines lines;
    const auto write_all = [&] {
        bool good = true;
        for (const To& one : all) {
            Recipient to;
            to.company = "Müller & Söhne Gesellschaft für Drucksachen";
            to.title = "Dr.";
            to.first_name = "Zoë";
            to.last_name = "Kowalczyk";
            to.street = one.street;
            to.postal_code = one.code;
            to.city = one.city;
            to.region = one.region;
            to.country = one.country;
            good = writer.write(to, {7, 7}, lines).has_value() && good;
        }
        return good;
    };
    REQUIRE(write_all());
    for (int i = 0; i < 50; ++i) write_all();  // lines change places, until each has been the longest
    const std::size_t before = test::allocations();
    for (int i = 0; i < 100; ++i) write_all();
    CHECK(test::allocations() == before);
}
