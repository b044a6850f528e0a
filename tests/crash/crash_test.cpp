#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/crash/matrix.hpp"
#include "tests/postgresql_server/postgresql_server.hpp"

/// Every step between the queue and the print house, each with everything that can go wrong there. Whatever was struck is
/// simply told again what to do; then everything must be as if nothing had happened.

using namespace pli::test;
namespace fs = std::filesystem;

namespace {

/// Files with their sums, what is hidden beside them, and where every letter stands.
constexpr auto batches_and_states =
    "find out inbox -type f 2>/dev/null | LC_ALL=C sort | xargs -r sha256sum; ls -A out inbox 2>/dev/null | grep "
    "'^[.]';"
    "pli letters list --limit 1000 --json | grep -E '\"(id|state|batch|piece)\"'";

/// Nine letters; one of them cannot be set.
std::string customers() {
    std::string csv = "id,first_name,last_name,street,postal_code,city,order\n";
    for (int i = 1; i <= 8; ++i)
        csv += fmt::format("k{0},Anne,Dupont {0},{0} rue du Marché,6900{1},Lyon,B-{0}\n", i, i % 9);
    return csv + fmt::format("k9,Anne,{},1 rue du Marché,69001,Lyon,B-9\n", std::string(300, 'W'));
}

std::string workspace(const Folder& scratch) {
    const auto shop = new_workspace(scratch, "[batches]\nmax_pieces = 6\n");
    auto other = read_file(shop + "/templates/thanks/template.json");
    other.insert(other.find("\"profile\""), "\"paper\": \"A4-100\", ");
    write_file(shop + "/templates/invitation/template.json", other);
    write_file(shop + "/customers.csv", customers());
    return shop;
}

constexpr auto add = "pli letters add customers.csv -t thanks";
constexpr auto add_more = "head -5 customers.csv | sed s/k/m/ > more.csv && pli letters add more.csv -t invitation";
constexpr auto night = "pli run --date 2026-11-23";
constexpr auto deliver = "pli batch deliver $(ls -d out/* | head -1) --to $PWD/inbox";

void carry_out(Matrix& matrix, std::vector<Trial> trials) {
    for (auto& trial : trials) {
        matrix.carry_out(trial);
        INFO(trial.kind << " at step " << trial.step << ", " << trial.what << "\nfirst: " << trial.struck.status << " "
                        << trial.struck.err << "\nagain: " << trial.again.status << " " << trial.again.err);
        CHECK(trial.again.status <= 1);
        CHECK(trial.settled == matrix.expected());
        if (trial.kind == "kill") CHECK(trial.struck.status == 137);
        if (trial.struck.status > 1 && trial.struck.status < 128) CHECK_FALSE(trial.struck.err.empty());
    }
    WARN(matrix.steps() << " steps: " << matrix.tally().text());
}

}  // namespace

TEST_CASE("letters that are taken in are each queued once, whatever fails on the way", "[crash]") {
    const Folder scratch;
    Matrix matrix(scratch, {workspace(scratch), add, batches_and_states});
    CHECK(count_of(matrix.expected(), "\"queued\"") == 9);
    carry_out(matrix, matrix.trials());
}

TEST_CASE(
    "a night run that is struck at any step leaves, told again, every letter in exactly one batch of the same bytes",
    "[crash]") {
    const Folder scratch;
    const auto shop = workspace(scratch);
    REQUIRE(sh(fmt::format("cd {} && {} && {}", shop, add, add_more)).status == 0);
    Matrix matrix(scratch, {shop, night, batches_and_states});
    CHECK(count_of(matrix.expected(), "\"batched\"") == 12);
    CHECK(count_of(matrix.expected(), "\"rejected\"") == 1);
    CHECK(count_of(matrix.expected(), "/READY") == 3);
    carry_out(matrix, matrix.trials());
}

TEST_CASE("a delivery that is struck at any step leaves, told again, the batch whole at the far side", "[crash]") {
    const Folder scratch;
    const auto shop = workspace(scratch);
    REQUIRE(sh(fmt::format("cd {} && mkdir inbox && {} && {}", shop, add, night)).status <= 1);
    Matrix matrix(scratch, {shop, deliver, batches_and_states});
    CHECK(count_of(matrix.expected(), "inbox/2026-11-23-1") == 11);
    carry_out(matrix, matrix.trials());
}

TEST_CASE("the same, with the queue in PostgreSQL, whose line is cut in the middle of any word",
          "[crash][postgresql]") {
    auto* const server = PostgresqlServer::shared();
    if (!server) return;
    const Folder scratch;
    const auto shop = workspace(scratch);
    const auto queue_in = [server](const std::string& folder, const std::string& database) {
        server->ask("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
        server->ask("CREATE DATABASE " + database + (database == "prepared" ? "" : " TEMPLATE prepared"));
        const auto toml = read_file(folder + "/pli.toml");
        const auto store = fmt::format("store = \"{}\"\n", server->place_in(database));
        write_file(folder + "/pli.toml", store + toml.substr(toml.find("[batches]")));
    };
    queue_in(shop, "prepared");
    REQUIRE(sh(fmt::format("cd {} && {} && {}", shop, add, add_more)).status == 0);
    Matrix matrix(scratch, {shop, night, batches_and_states, {}, [&](const auto& copy) { queue_in(copy, "struck"); }});
    CHECK(count_of(matrix.expected(), "\"batched\"") == 12);
    CHECK(count_of(matrix.expected(), "/READY") == 3);
    carry_out(matrix, matrix.trials());
}

TEST_CASE("a template that is edited while a run is cut off changes nothing in what the run prints", "[crash]") {
    const Folder scratch;
    const auto shop = workspace(scratch);
    REQUIRE(sh(fmt::format("cd {} && {} && {}", shop, add, add_more)).status == 0);
    Matrix matrix(scratch, {shop, night, batches_and_states, "sed -i s/merci/danke/ templates/thanks/template.json"});
    auto trials = matrix.trials();
    std::erase_if(trials, [](const Trial& trial) {  // READY is there and not committed, or just not there yet
        return trial.kind != "kill" || trial.what.find("READY") == std::string::npos;
    });
    REQUIRE(trials.size() >= 3);
    carry_out(matrix, trials);
}
