#include "delivery/deliver.hpp"

#include <sys/resource.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>

#include "tests/delivery/small_batch.hpp"
#include "tests/ssh_server/ssh_server.hpp"

/// What holds whatever the way of transport; what is SFTP's own is in sftp_test.cpp.

namespace {

using namespace pli;
using namespace pli::delivery;
using namespace pli::delivery::test;
namespace fs = std::filesystem;

/// A far side to deliver to, and where its files lie for us to look at.
class Way {
public:
    enum class Over { Folder, Sftp };
    explicit Way(Over over)
        : server_(over == Over::Sftp ? pli::test::SshServer::start() : std::optional<pli::test::SshServer>{}) {
        place_ = Place::parse(server_ ? server_->url() : folder_.path()).value();
        if (!server_) return;
        place_.key_file = server_->key_file();
        place_.host_keys = {server_->host_key()};
    }
    /// A connection of its own for each delivery, as programs have it.
    Result<Delivered> bring(const SmallBatch& batch,
                            const std::function<void(std::uint64_t, std::uint64_t)>& progress = {}) {
        const auto side = open_far_side(place_);
        if (!side) FAIL(side.error().text());
        return deliver(**side, {batch.path(), "b", progress});
    }
    std::string operator/(const std::string& path) const {
        return (server_ ? server_->folder() : folder_.path()) + "/" + path;
    }

private:
    Folder folder_;
    std::optional<pli::test::SshServer> server_;
    Place place_;
};

const auto both = {Way::Over::Folder, Way::Over::Sftp};

}  // namespace

TEST_CASE("a batch arrives whole, under its name only when all is there, READY last", "[delivery]") {
    for (const auto over : both) {
        Way way(over);
        const SmallBatch batch;
        std::uint64_t told = 0;
        const auto done = way.bring(batch, [&](std::uint64_t bytes, std::uint64_t of) {
            CHECK_FALSE(fs::exists(way / "b"));
            CHECK(of == batch.bytes());
            told = bytes;
        });
        REQUIRE(done);
        CHECK(told == batch.bytes());
        CHECK(done->sent_bytes == batch.bytes());
        CHECK_FALSE(done->was_there);
        CHECK(contents(way / "b") == contents(batch.path()));
        CHECK_FALSE(fs::exists(way / ".b.part"));
        CHECK_THAT(pli::test::output_of("cd " + (way / "b") + " && sha256sum -c SHA256SUMS"),
                   Catch::Contains("print.pdf: OK"));
    }
}

TEST_CASE("a second delivery sends nothing", "[delivery]") {
    for (const auto over : both) {
        Way way(over);
        const SmallBatch batch;
        REQUIRE(way.bring(batch));
        const auto before = fs::last_write_time(way / "b/print.pdf");
        const auto again = way.bring(batch);
        REQUIRE(again);
        CHECK(again->was_there);
        CHECK(again->sent_bytes == 0);
        CHECK(fs::last_write_time(way / "b/print.pdf") == before);
    }
}

TEST_CASE("another batch of that name at the far side is refused and stays as it is", "[delivery]") {
    for (const auto over : both) {
        Way way(over);
        REQUIRE(way.bring(SmallBatch(1000, 1)));
        const auto before = contents(way / "b");
        const auto refused = way.bring(SmallBatch(1000, 2));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().fault == Fault::BadInput);
        CHECK_THAT(refused.error().text(),
                   Catch::Contains("another batch of this name") && Catch::Contains("nothing was sent"));
        CHECK(contents(way / "b") == before);
        fs::remove(way / "b/READY");  // still not ours
        CHECK_FALSE(way.bring(SmallBatch(1000, 2)));
    }
}

TEST_CASE("a delivery cut off before READY is completed with READY alone", "[delivery]") {
    for (const auto over : both) {
        Way way(over);
        const SmallBatch batch;
        REQUIRE(way.bring(batch));
        fs::remove(way / "b/READY");
        const auto done = way.bring(batch);
        REQUIRE(done);
        CHECK(done->resumed);
        CHECK(done->sent_bytes == 0);
        CHECK(fs::exists(way / "b/READY"));
    }
}

TEST_CASE("what a cut left is gone on with, if its end is ours", "[delivery]") {
    for (const auto over : both) {
        const SmallBatch batch;
        const auto print = read_file(batch / "print.pdf");
        for (const bool torn : {false, true}) {
            Way way(over);
            fs::create_directory(way / ".b.part");
            write_file(way / ".b.part/SHA256SUMS", read_file(batch / "SHA256SUMS"));
            auto half = print.substr(0, 2'000'000);
            if (torn) half.replace(half.size() - 4096, 4096, 4096, '\0');  // what a crashed server may leave
            write_file(way / ".b.part/print.pdf.part", half);
            const auto done = way.bring(batch);
            REQUIRE(done);
            CHECK(done->resumed);
            CHECK(done->sent_bytes == batch.bytes() - (torn ? 0 : half.size()));
            CHECK(contents(way / "b") == contents(batch.path()));
        }
    }
}

TEST_CASE("a stale .part of another batch is thrown away, not gone on with", "[delivery]") {
    for (const auto over : both) {
        Way way(over);
        const SmallBatch batch, older(3'000'000, 7);
        fs::create_directory(way / ".b.part");
        write_file(way / ".b.part/SHA256SUMS", read_file(older / "SHA256SUMS"));
        write_file(way / ".b.part/print.pdf", read_file(older / "print.pdf"));
        write_file(way / ".b.part/labels.pdf.part", "of a batch that had labels");
        const auto done = way.bring(batch);
        REQUIRE(done);
        CHECK_FALSE(done->resumed);
        CHECK(done->sent_bytes == batch.bytes());
        CHECK(contents(way / "b") == contents(batch.path()));
    }
}

TEST_CASE("a batch changed since the run is not handed over", "[delivery]") {
    Way way(Way::Over::Folder);
    const SmallBatch batch;
    auto print = read_file(batch / "print.pdf");
    print[1'500'000] ^= 1;
    write_file(batch / "print.pdf", print);
    const auto refused = way.bring(batch);
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().text(), Catch::Contains("print.pdf") && Catch::Contains("checksum differs"));
    CHECK_FALSE(fs::exists(way / "b"));
}

TEST_CASE("what is no finished batch is not delivered", "[delivery]") {
    Way way(Way::Over::Folder);
    const SmallBatch batch;
    fs::remove(batch / "READY");
    CHECK_THAT(way.bring(batch).error().text(), Catch::Contains("no READY"));
    write_file(batch / "READY", "");
    write_file(batch / "SHA256SUMS", std::string(64, '0') + "  ../../etc/passwd\n");
    CHECK_FALSE(way.bring(batch));
    fs::remove(batch / "SHA256SUMS");
    CHECK_FALSE(way.bring(batch));
    CHECK(fs::is_empty(way / ""));
}

TEST_CASE("a disk that is full at the far side is told, and the rest follows when there is room", "[delivery]") {
    Way way(Way::Over::Folder);
    const SmallBatch batch;
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    const rlimit small{1'000'000, before.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
    const auto failed = way.bring(batch);
    ::setrlimit(RLIMIT_FSIZE, &before);
    REQUIRE_FALSE(failed);
    CHECK(failed.error().fault == Fault::Environment);
    CHECK_THAT(failed.error().text(), Catch::Contains("print.pdf.part") && Catch::Contains("File too large"));
    CHECK_FALSE(fs::exists(way / "b"));
    const auto done = way.bring(batch);
    REQUIRE(done);
    CHECK(done->resumed);
    CHECK(done->sent_bytes < batch.bytes());
    CHECK(contents(way / "b") == contents(batch.path()));
}

TEST_CASE("a share that is not mounted does not become a folder on our own disk", "[delivery]") {
    const Folder folder;
    const auto side = open_far_side(Place::parse(folder / "not-mounted").value());
    REQUIRE_FALSE(side);
    CHECK_THAT(side.error().text(), Catch::Contains("mount the share"));
}
