#include "tests/pipeline/print_house.hpp"

#include <fmt/format.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "pipeline/plain_text.hpp"

namespace pli::pipeline::test {
namespace fs = std::filesystem;

Workshop::Workshop() : fonts({}) {
    auto found = fonts.chain({"Liberation Sans", 400, false});
    REQUIRE(found);
    chain = *found;
    fonts.freeze();
}

RunPlan Workshop::plan(const std::string& out) const {
    RunPlan plan;
    plan.run = "2026-11-22-1";
    plan.day = Day::of(2026, 11, 22);
    plan.out = out;
    plan.sender = "boutique";
    plan.country = "FR";
    plan.fonts = &fonts;
    plan.assets = &assets;
    plan.mark_chain = chain;
    return plan;
}

namespace {

/// Draws "letter 17 page 2" in the middle of each page.
Done draw_pages(const Letter& letter, PlainText& text, Size sheet, layouts::TypesetLetter& out) {
    out.clear();
    const auto pages = std::stoul(std::string(letter.recipient.extra));
    for (std::size_t page = 0; page < pages; ++page) {
        if (out.pages.size() == page) out.pages.emplace_back();
        auto& frame = out.pages[page];
        frame.clear();
        frame.size = sheet;
        const auto words = fmt::format("letter {} page {}", letter.id.value, page + 1);
        TRY(text.set(frame, {Length::mm(60), Length::mm(120)}, {Length::pt(24), Colour::black()}, words));
    }
    out.page_count = pages;
    return {};
}

}  // namespace

Composition Workshop::composition(Size sheet) const {
    Composition made;
    const Rect code{{Length::mm(6), Length::mm(155)}, {Length::mm(12), Length::mm(24)}};
    made.letterforms.push_back({"reminder", {"A4-80", "DL", false, Sides::Simplex, code}});
    made.letterforms.push_back({"thanks", {"A4-80", "C6/5", true, Sides::Duplex, code}});
    made.typesetter = [this, sheet]() -> Typeset {
        auto text = std::make_shared<PlainText>(fonts, chain);
        return [text, sheet](const Letter& letter, layouts::TypesetLetter& out) -> Done {
            if (letter.key == "bad") return failure(Fault::AddressTooLong, "address", "7 lines, the field holds 6");
            return draw_pages(letter, *text, sheet, out);
        };
    };
    return made;
}

Letter make_letter(const TestLetter& from) {
    Letter letter;
    letter.id = {from.id};
    letter.template_index = from.template_index;
    const auto pages = std::to_string(from.pages);
    const std::array parts{&from.key, &from.country, &from.postal_code, &pages};
    std::size_t size = 0;
    for (const auto* part : parts) size += part->size();
    letter.storage = std::make_unique<char[]>(size + 1);
    auto* at = letter.storage.get();
    const std::array views{&letter.key, &letter.recipient.country, &letter.recipient.postal_code,
                           &letter.recipient.extra};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        std::memcpy(at, parts[i]->data(), parts[i]->size());
        *views[i] = std::string_view(at, parts[i]->size());
        at += parts[i]->size();
    }
    return letter;
}

std::vector<TestLetter> mixed_letters(std::int64_t count) {
    std::vector<TestLetter> letters;
    for (std::int64_t n = 1; n <= count; ++n) {
        TestLetter letter;
        letter.id = 1000 + n;
        letter.pages = static_cast<std::uint32_t>(1 + n * n % 3);
        letter.template_index = n % 5 < 3 ? 0 : 1;
        letter.key = n % 33 == 7 ? "bad" : fmt::format("order-{}", n);
        letter.country = n <= count / 2 ? "DE" : "FR";
        letter.postal_code = fmt::format("{:05}", 10000 + n);
        letters.push_back(std::move(letter));
    }
    return letters;
}

RunEvents Queue::events() {
    RunEvents events;
    at_ = 0;
    events.next = [this]() -> Result<std::optional<Letter>> {
        while (at_ < letters.size() && (batch_of.contains(letters[at_].id) || rejected.contains(letters[at_].id)))
            ++at_;
        if (at_ == letters.size()) return std::optional<Letter>{};
        return std::optional<Letter>{make_letter(letters[at_++])};
    };
    events.ready = [this](const BatchDone& batch) -> Done {
        for (std::size_t n = 0; n < batch.letters.size(); ++n)
            batch_of[batch.letters[n].value] = fmt::format("{}#{}", batch.name, n + 1);
        ++batches[batch.production_class];
        done.push_back(batch);
        return {};
    };
    events.rejected = [this](Rejected letter) -> Done {
        rejected[letter.letter.value] = letter.error.text();
        return {};
    };
    return events;
}

Result<RunReport> Queue::run(RunPlan plan, const Composition& composition) {
    // As in a store, what counts is what was committed before this run began.
    plan.committed_batches = [before = batches](const std::string& production_class) -> Result<std::uint32_t> {
        const auto found = before.find(production_class);
        return found == before.end() ? 0u : found->second;
    };
    return run_pipeline(plan, events(), composition);
}

std::map<std::string, std::string> all_files(const std::string& folder) {
    std::map<std::string, std::string> files;
    if (!fs::exists(folder)) return files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file())
            files[fs::relative(entry.path(), folder).string()] = read_file(entry.path().string());
    return files;
}

namespace {

/// One record of RFC 4180 from `at` on; `at` moves behind its CRLF.
std::vector<std::string> csv_record(const std::string& text, std::size_t& at) {
    std::vector<std::string> fields{""};
    bool quoted = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '"' && quoted && at + 1 < text.size() && text[at + 1] == '"')
            fields.back() += text[++at];
        else if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
            fields.emplace_back();
        else if (c == '\n' && !quoted) {
            ++at;
            break;
        } else if (c != '\r' || quoted)
            fields.back() += c;
    }
    return fields;
}

}  // namespace

std::vector<std::map<std::string, std::string>> csv_rows(const std::string& path) {
    const auto text = read_file(path);
    std::size_t at = 0;
    const auto header = csv_record(text, at);
    std::vector<std::map<std::string, std::string>> rows;
    while (at < text.size()) {
        const auto record = csv_record(text, at);
        REQUIRE(record.size() == header.size());
        auto& row = rows.emplace_back();
        for (std::size_t column = 0; column < header.size(); ++column) row[header[column]] = record[column];
    }
    return rows;
}

}  // namespace pli::pipeline::test
