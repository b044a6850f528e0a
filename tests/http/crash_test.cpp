// The service is killed while letters come in at full speed.
#include <fmt/format.h>
#include <signal.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "store/letter_store.hpp"
#include "tests/http/service_for_tests.hpp"

using namespace pli;
using namespace pli::http;
using namespace pli::http::test;

namespace {

/// A client that keeps its connection, as programs do. Answers may be lost; a letter is told as taken only when one came.
class Client {
public:
    Client(std::uint16_t port, std::string token) : socket_(port), token_(std::move(token)) {}
    std::optional<std::int64_t> post(const std::string& key) {
        const auto body = letter_to(key).dump();
        const auto sent =
            socket_.send(fmt::format("POST /v2/letters HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n"
                                     "Idempotency-Key: {}\r\nContent-Length: {}\r\n\r\n{}",
                                     token_, key, body.size(), body));
        if (!sent) return std::nullopt;
        std::string bytes;
        while (bytes.find("}") == std::string::npos) {
            const auto some = socket_.some();
            if (some.empty()) return std::nullopt;
            bytes += some;
        }
        const auto answer = answer_in(bytes);
        if (answer.status != 200 && answer.status != 201) return std::nullopt;
        return answer.read()["id"].get<std::int64_t>();
    }

private:
    Socket socket_;
    std::string token_;
};

/// What clients were told: the number of each key's letter.
struct Ledger {
    std::mutex mutex;
    std::map<std::string, std::int64_t> taken;
    std::set<std::string> sent;
    std::vector<std::string> two_numbers;
    void wrote(const std::string& key) {
        const std::lock_guard lock(mutex);
        sent.insert(key);
    }
    void took(const std::string& key, std::int64_t id) {
        const std::lock_guard lock(mutex);
        const auto [known, fresh] = taken.emplace(key, id);
        if (known->second != id) two_numbers.push_back(key);  // checked later: Catch2 is for one thread
    }
};

/// A few hundred show whether it is right; PLI_LOAD=20000 also shows how many a second come in.
std::size_t letters_before_the_end() {
    const char* load = std::getenv("PLI_LOAD");
    return load == nullptr ? 300 : std::strtoul(load, nullptr, 10);
}

std::map<std::string, int> letters_by_recipient(const std::string& workspace) {
    const auto store = store::open(workspace + "/queue.sqlite").value();
    store::Filter filter;
    filter.limit = 1'000'000;
    std::map<std::string, int> count;
    const auto letters = store->list(filter).value();
    for (const auto& letter : letters) ++count[letter.recipient];
    return count;
}

}  // namespace

TEST_CASE("every letter that was taken before the service was killed is there, and after all repetitions there once",
          "[http][crash]") {
    Served house;  // makes workspace and token; the service under test is a process of its own
    const auto token = house.token(Scope::Letters);
    house.stop();
    Ledger ledger;
    std::size_t taken_before = 0;
    for (int round = 0; round < 3; ++round) {
        Process service(house.folder(), house.scratch() / "serve.json");
        std::atomic<bool> killed{false};
        std::atomic<int> at_work{16};
        const auto began = std::chrono::steady_clock::now();
        std::vector<std::thread> clients;
        for (int c = 0; c < 16; ++c)
            clients.emplace_back([&, c] {
                Client client(service.port, token);
                for (int n = 0; !killed && n < 100'000; ++n) {
                    const auto key = fmt::format("{}-{}-{}", round, c, n);
                    ledger.wrote(key);
                    const auto id = client.post(key);
                    if (!id) break;
                    ledger.took(key, *id);
                }
                --at_work;
            });
        const auto enough = [&] {
            const std::lock_guard lock(ledger.mutex);
            return ledger.taken.size() > taken_before + letters_before_the_end();
        };
        while (!enough() && at_work > 0) std::this_thread::sleep_for(std::chrono::milliseconds(10));
        const int were_at_work = at_work;
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
        service.end(SIGKILL);
        killed = true;
        for (auto& client : clients) client.join();
        CHECK(were_at_work == 16);  // nobody was refused before the end
        if (std::getenv("PLI_LOAD") != nullptr)
            WARN(fmt::format("killed after {} letters in {:.2f} s", ledger.taken.size() - taken_before, took.count()));
        taken_before = ledger.taken.size();
        const auto there = letters_by_recipient(house.folder());
        for (const auto& [key, id] : ledger.taken)
            if (there.count(key) != 1 || there.at(key) != 1) FAIL_CHECK("lost or doubled: " << key);
    }
    Process service(house.folder(), house.scratch() / "serve.json");
    Client client(service.port, token);
    std::size_t repeated = 0;
    for (const auto& key : ledger.sent) {
        if (ledger.taken.contains(key) && ++repeated > 500) continue;  // a few of those that were answered, too
        const auto id = client.post(key);
        REQUIRE(id);
        ledger.took(key, *id);
    }
    const auto there = letters_by_recipient(house.folder());
    CHECK(there.size() == ledger.sent.size());
    for (const auto& [key, count] : there)
        if (count != 1) FAIL_CHECK("doubled: " << key);
    std::set<std::int64_t> ids;
    for (const auto& [key, id] : ledger.taken) ids.insert(id);
    CHECK(ids.size() == ledger.taken.size());
    CHECK(ledger.two_numbers.empty());
}
