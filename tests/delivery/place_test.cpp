#include <catch2/catch.hpp>

#include "delivery/place.hpp"

namespace {
using pli::Fault;
using pli::delivery::Place;
}  // namespace

TEST_CASE("an SFTP address names user, host, port and folder", "[delivery]") {
    const auto place = Place::parse("sftp://lavande@sftp.printer.example:2222/in/letters").value();
    CHECK(place.user == "lavande");
    CHECK(place.host == "sftp.printer.example");
    CHECK(place.port == 2222);
    CHECK(place.folder == "/in/letters");
    CHECK(Place::parse("sftp://printer.example/~/in")->folder == "in");
    CHECK(Place::parse("sftp://printer.example/~/")->folder == ".");
    CHECK(Place::parse("sftp://[::1]:22/in")->host == "::1");
    CHECK(Place::parse("sftp://printer.example")->folder == "/");
}

TEST_CASE("a folder of this machine is written as it is, or as file://", "[delivery]") {
    CHECK(Place::parse("/mnt/hot")->is_folder());
    CHECK(Place::parse("file:///mnt/hot")->folder == "/mnt/hot");
}

TEST_CASE("a password in an address is refused and not repeated", "[delivery]") {
    const auto place = Place::parse("sftp://lavande:hunter2@printer.example/in");
    REQUIRE_FALSE(place);
    CHECK(place.error().fault == Fault::BadInput);
    CHECK_THAT(place.error().text(), Catch::Contains("holds a password") && !Catch::Contains("hunter2"));
}

TEST_CASE("an address that leads nowhere is refused", "[delivery]") {
    for (const auto* url : {"", "file://", "sftp://", "sftp:///in", "sftp://host:0/in", "sftp://host:x/in",
                            "sftp://host:99999/in", "sftp://-oProxyCommand=x/in", "sftp://[::1/in", "ftp://host/in"})
        CHECK_FALSE(Place::parse(url));
}
