#include "tests/store/letters_for_tests.hpp"

#include <catch2/catch.hpp>

namespace pli::store::test {

std::vector<Given> numbered(int count, const std::string& prefix) {
    std::vector<Given> letters;
    for (int i = 1; i <= count; ++i) letters.push_back({prefix + std::to_string(i)});
    return letters;
}

LetterStore::Added add(LetterStore& store, const std::vector<Given>& letters) {
    auto from = letters.begin();
    const auto added = store.add([&](jobs::NewLetter& letter) {
        if (from == letters.end()) return false;
        letter = {};
        letter.key = from->key;
        letter.template_name = from->template_name;
        letter.due.days = from->due;
        letter.held = from->held;
        letter.test = from->test;
        letter.recipient.name = "Zoë Lefèvre";
        letter.recipient.country = from->country;
        letter.recipient.postal_code = from->postal_code;
        auto names = std::make_shared<FieldNames>();
        for (const auto& [name, value] : from->fields) {
            names->names.push_back(name);
            letter.fields.values.push_back({value, value.starts_with('[') ? FieldKind::List : FieldKind::Text});
        }
        letter.fields.names = names;
        ++from;
        return true;
    });
    REQUIRE(added);
    return *added;
}

std::vector<std::string> keys_of(LetterStore& store, const RunRecord& run, std::vector<LetterId>* ids) {
    const auto next = store.letters_of(run);
    REQUIRE(next);
    std::vector<std::string> keys;
    while (true) {
        const auto letter = (*next)();
        REQUIRE(letter);
        if (!*letter) return keys;
        keys.emplace_back((*letter)->key);
        if (ids) ids->push_back((*letter)->id);
    }
}

RunRecord opened(LetterStore& store, int day) {
    const auto run = store.open_run(Day{day});
    REQUIRE(run);
    REQUIRE(*run);
    return **run;
}

BatchRecord batch_named(const std::string& name, std::uint32_t pieces) {
    return {name, "a4-dl", "out/" + name, pieces, pieces, pieces};
}

std::uint64_t count(LetterStore& store, jobs::State state) {
    const auto counts = store.counts();
    REQUIRE(counts);
    for (const auto& [which, letters] : *counts)
        if (which == state) return letters;
    return 0;
}

LetterId id_of(LetterStore& store, const std::string& key) {
    Filter all;
    all.limit = 1'000'000;
    const auto letters = store.list(all);
    REQUIRE(letters);
    for (const auto& letter : *letters)
        if (letter.key == key) return letter.id;
    FAIL("no letter " << key);
    return {};
}

}  // namespace pli::store::test
