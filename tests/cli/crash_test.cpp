#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/cli/shell.hpp"

using namespace pli::test;
using nlohmann::json;

TEST_CASE("after kill -9 at any moment a rerun neither loses nor repeats a letter, and writes the same bytes",
          "[cli][pipeline]") {
    const Folder scratch;
    const auto shop = new_workspace(scratch, "[batches]\nmax_pieces = 400\n");
    std::string csv = "id,first_name,last_name,street,postal_code,city,order\n";
    for (int i = 1; i <= 3000; ++i) csv += fmt::format("{0},Anne,Dupont {0},{0} rue du Marché,69001,Lyon,B-{0}\n", i);
    write_file(shop + "/customers.csv", csv);
    REQUIRE(sh("pli letters add " + shop + "/customers.csv --template thanks -w " + shop).status == 0);
    const auto undisturbed = scratch / "undisturbed";
    REQUIRE(sh(fmt::format("cp -r {1} {0} && pli run --date 2026-11-23 -w {0}", undisturbed, shop)).status == 0);
    const auto expected = sh("cd " + undisturbed + "/out && sha256sum */*").out;
    REQUIRE(count_of(expected, "READY") == 8);

    int killed = 0;
    for (int round = 0; round < 12; ++round) {
        const auto copy = scratch / "copy";
        sh(fmt::format("rm -rf {0}; cp -r {1} {0}", copy, shop));
        for (int kill = 0; kill <= round % 3; ++kill)
            killed += sh(fmt::format("timeout -s KILL {:.3f} pli run --date 2026-11-23 -w {}",
                                     0.03 + 0.025 * round + 0.04 * kill, copy))
                                  .status == 137
                          ? 1
                          : 0;
        sh("flock --timeout 30 " + copy + "/queue.sqlite.lock true");  // a killed process may take a moment to go
        const auto finished = sh("pli run --json --date 2026-11-23 -w " + copy);
        INFO("round " << round << ": " << finished.err);
        REQUIRE(finished.status == 0);
        CHECK(sh("cd " + copy + "/out && sha256sum */*").out == expected);
        CHECK(sh("ls -A " + copy + "/out | grep '^\\.'").out.empty());
        std::multiset<int> printed;
        for (const auto& batch : ready_batches(copy + "/out")) {
            const auto rows = read_file(batch + "/manifest.jsonl");
            for (std::size_t at = 0; at < rows.size(); at = rows.find('\n', at) + 1)
                printed.insert(json::parse(rows.substr(at, rows.find('\n', at) - at))["letter"].get<int>());
        }
        CHECK(printed.size() == 3000);
        CHECK(std::set<int>(printed.begin(), printed.end()).size() == 3000);
        CHECK(json::parse(sh("pli letters list --limit 1 --json -w " + copy).out)["counts"]["batched"] == 3000);
    }
    WARN("killed " << killed << " runs");
    CHECK(killed > 0);
}
