#include "base/digest.hpp"

#include <catch2/catch.hpp>

using namespace pli;

TEST_CASE("a digest is the SHA-256 of FIPS 180-4's examples", "[base]") {
    CHECK(Digest::hex_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    Digest digest;
    digest.add("a");
    digest.finish();
    digest.add("ab");
    digest.add("c");
    CHECK(Digest::hex(digest.finish()) == Digest::hex_of("abc"));
}
