#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "delivery/deliver.hpp"
#include "tests/delivery/small_batch.hpp"
#include "tests/ssh_server/ssh_server.hpp"

namespace {

using namespace pli;
using namespace pli::delivery;
using namespace pli::delivery::test;
using pli::test::SshServer;
namespace fs = std::filesystem;

Place place_of(const SshServer& server) {
    auto place = Place::parse(server.url()).value();
    place.key_file = server.key_file();
    place.host_keys = {server.host_key()};
    return place;
}

Result<Delivered> bring(const Place& place, const SmallBatch& batch,
                        const std::function<void(std::uint64_t, std::uint64_t)>& progress = {}) {
    const auto side = TRY(open_far_side(place));
    return deliver(*side, {batch.path(), "b", progress});
}

}  // namespace

TEST_CASE("a delivery cut in the middle is told, and goes on where it was", "[delivery][sftp]") {
    const auto server = SshServer::start();
    if (!server) return;
    const SmallBatch batch(8'000'000);
    bool cut = false;
    const auto failed = bring(place_of(*server), batch, [&](std::uint64_t done, std::uint64_t) {
        if (!cut && done > 4'000'000) {
            cut = true;
            server->cut_connections();
        }
    });
    REQUIRE(cut);
    REQUIRE_FALSE(failed);
    CHECK(failed.error().fault == Fault::Environment);
    CHECK_THAT(failed.error().text(), Catch::Contains("connection was cut") && Catch::Contains("deliver again"));
    CHECK_FALSE(fs::exists(server->folder() + "/b"));
    const auto done = bring(place_of(*server), batch);
    if (!done) FAIL(done.error().text());
    CHECK(done->resumed);
    CHECK(done->sent_bytes < batch.bytes() - 3'000'000);
    CHECK(contents(server->folder() + "/b") == contents(batch.path()));
}

TEST_CASE("a delivery cut again and again arrives whole", "[delivery][sftp]") {
    const auto server = SshServer::start();
    if (!server) return;
    const SmallBatch batch(4'000'000);
    int cuts = 0;
    for (; cuts < 100; ++cuts) {
        std::uint64_t begun = 0;
        const auto done = bring(place_of(*server), batch, [&](std::uint64_t at, std::uint64_t) {
            if (begun == 0) begun = at;
            if (at > begun + 300'000) server->cut_connections();
        });
        CHECK(fs::exists(server->folder() + "/b/READY") == done.has_value());
        if (done) break;
    }
    CHECK(cuts > 3);
    CHECK(contents(server->folder() + "/b") == contents(batch.path()));
}

TEST_CASE("a full disk at the far side is told, and the rest follows when there is room", "[delivery][sftp]") {
    auto server = SshServer::start(1'000'000);
    if (!server) return;
    const SmallBatch batch;
    const auto failed = bring(place_of(*server), batch);
    REQUIRE_FALSE(failed);
    CHECK(failed.error().fault == Fault::Environment);
    CHECK_THAT(failed.error().text(), Catch::Contains("print.pdf.part") && Catch::Contains("disk may be full"));
    CHECK_FALSE(fs::exists(server->folder() + "/b"));
    REQUIRE(server->restart(0));
    const auto done = bring(place_of(*server), batch);
    REQUIRE(done);
    CHECK(done->resumed);
    CHECK(contents(server->folder() + "/b") == contents(batch.path()));
}

TEST_CASE("a host key that is not known or has changed is refused before anything is sent", "[delivery][sftp]") {
    const auto server = SshServer::start();
    if (!server) return;
    auto place = place_of(*server);
    place.host_keys.clear();
    const auto unknown = bring(place, SmallBatch());
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().fault == Fault::BadInput);
    CHECK_THAT(unknown.error().text(),
               Catch::Contains("not known: " + server->host_key()) && Catch::Contains("host_key"));
    place.host_keys = {"SHA256:uNiVztksCsDhcc0u9e8BrwX3FmoIhhdiLRb1z1sCAZw"};
    const auto changed = bring(place, SmallBatch());
    REQUIRE_FALSE(changed);
    CHECK_THAT(changed.error().text(),
               Catch::Contains("has changed: expected SHA256:uNiV") && Catch::Contains("found " + server->host_key()));
    CHECK(fs::is_empty(server->folder()));
    place.host_keys.push_back(server->host_key());  // the print house is about to change it
    CHECK(bring(place, SmallBatch(1000)));
}

TEST_CASE("a wrong login is refused with what to check", "[delivery][sftp]") {
    const auto server = SshServer::start();
    if (!server) return;
    auto place = place_of(*server);
    place.key_file = server->stranger_key_file();
    const auto refused = bring(place, SmallBatch());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().fault == Fault::BadInput);
    CHECK_THAT(refused.error().text(), Catch::Contains("is refused") && Catch::Contains("public key"));
    const Folder folder;
    place.key_file.clear();
    place.password_file = folder.write("password", "hunter2\n");
    CHECK_THAT(bring(place, SmallBatch()).error().text(), Catch::Contains("read by others"));
    ::chmod(place.password_file.c_str(), 0600);
    const auto wrong = bring(place, SmallBatch());
    REQUIRE_FALSE(wrong);
    CHECK_THAT(wrong.error().text(), Catch::Contains("is refused") && !Catch::Contains("hunter2"));
}

TEST_CASE("a key that others may read, that is none, or that is not there is refused", "[delivery][sftp]") {
    const auto server = SshServer::start();
    if (!server) return;
    const Folder folder;
    auto place = place_of(*server);
    place.key_file = folder.write("key", "not a key");
    ::chmod(place.key_file.c_str(), 0644);
    CHECK_THAT(bring(place, SmallBatch()).error().text(), Catch::Contains("chmod 600"));
    ::chmod(place.key_file.c_str(), 0600);
    CHECK_THAT(bring(place, SmallBatch()).error().text(), Catch::Contains("not a private key"));
    place.key_file = folder / "nowhere";
    CHECK_THAT(bring(place, SmallBatch()).error().text(), Catch::Contains("cannot be read"));
}

TEST_CASE("a server or a folder that is not there is told as such", "[delivery][sftp]") {
    const auto server = SshServer::start();
    if (!server) return;
    auto place = place_of(*server);
    place.folder += "/nowhere";
    CHECK_THAT(bring(place, SmallBatch()).error().text(), Catch::Contains("no such folder"));
    place = place_of(*server);
    place.port = 1;
    const auto refused = bring(place, SmallBatch());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().fault == Fault::Environment);
    CHECK_THAT(refused.error().text(), Catch::Contains("no connection"));
}
