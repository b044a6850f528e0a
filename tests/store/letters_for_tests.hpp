#pragma once
#include <memory>
#include <string>
#include <vector>

#include "store/letter_store.hpp"
#include "tests/outside/outside.hpp"

namespace pli::store::test {

using pli::test::Folder;

/// Where a queue is. A test that has one is run for every database there is.
struct Place {
    Place();
    std::unique_ptr<LetterStore> open() const;
    Folder folder;
    std::string address;
};

/// A queue that can be closed and opened again.
struct Queue {
    Place place;
    std::unique_ptr<LetterStore> store = place.open();
    void reopen() {
        store.reset();
        store = place.open();
    }
};

/// The smallest letter the queue takes; a test names only what matters to it.
struct Given {
    std::string key;
    std::string country{}, postal_code{"75002"};
    std::string template_name{"thanks"};
    int due = 0, deadline = 0;
    int priority = jobs::usual_priority;
    bool held = false, test = false;
    std::vector<std::pair<std::string, std::string>> fields{{"first_name", "Zoë"}};
};
std::vector<Given> numbered(int count, const std::string& prefix = "k");

LetterStore::Added add(LetterStore& store, const std::vector<Given>& letters, Instant at = {});
/// As it stands on day 20,000.
jobs::LetterRecord shown(LetterStore& store, LetterId letter);

/// The keys of what the run still has to do, in its order; the letters themselves in `ids`.
std::vector<std::string> keys_of(LetterStore& store, const RunRecord& run, std::vector<LetterId>* ids = nullptr);
RunRecord opened(LetterStore& store, int day = 20'000);
BatchRecord batch_named(const std::string& name, std::uint32_t pieces = 1);
std::uint64_t count(LetterStore& store, jobs::State state);
LetterId id_of(LetterStore& store, const std::string& key);

}  // namespace pli::store::test
