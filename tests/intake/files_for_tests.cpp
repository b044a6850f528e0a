#include "tests/intake/files_for_tests.hpp"

#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

namespace pli::intake::test {
namespace {

Outcome::Taken taken(const jobs::NewLetter& letter) {
    Outcome::Taken text;
    text.key = letter.key;
    text.locale = letter.locale;
    const auto& r = letter.recipient;
    const std::array<std::pair<const char*, std::string_view>, 15> parts{{{"company", r.company},
                                                                          {"department", r.department},
                                                                          {"title", r.title},
                                                                          {"first_name", r.first_name},
                                                                          {"last_name", r.last_name},
                                                                          {"name", r.name},
                                                                          {"care_of", r.care_of},
                                                                          {"street", r.street},
                                                                          {"extra", r.extra},
                                                                          {"po_box", r.po_box},
                                                                          {"postal_code", r.postal_code},
                                                                          {"city", r.city},
                                                                          {"region", r.region},
                                                                          {"country", r.country},
                                                                          {"lines", r.lines}}};
    for (const auto& [name, value] : parts)
        if (!value.empty()) text.to[name] = value;
    REQUIRE(letter.fields.values.size() == letter.fields.names->names.size());
    for (std::size_t i = 0; i < letter.fields.values.size(); ++i) {
        const auto& name = letter.fields.names->names[i];
        text.fields[name] = letter.fields.values[i].text;
        if (letter.fields.values[i].kind == FieldKind::List) text.lists.push_back(name);
    }
    return text;
}

Outcome read_file(const std::string& path, const Options& options) {
    Outcome outcome;
    auto reader = LetterReader::open(path, options);
    if (!reader) {
        outcome.error = reader.error();
        outcome.failed = true;
        return outcome;
    }
    jobs::NewLetter letter;
    while (reader->next(letter)) outcome.letters.push_back(taken(letter));
    outcome.report = reader->report();
    outcome.failed = !reader->status();
    if (outcome.failed) outcome.error = reader->status().error();
    return outcome;
}

}  // namespace

Outcome read(const std::string& content, Options options, const std::string& name) {
    std::string folder = (std::filesystem::temp_directory_path() / "pli-intake-XXXXXX").string();
    REQUIRE(mkdtemp(folder.data()));
    const auto path = folder + "/" + name;
    std::ofstream(path, std::ios::binary) << content;
    if (options.template_name.empty()) options.template_name = "thanks";
    auto outcome = read_file(path, options);
    std::filesystem::remove_all(folder);
    return outcome;
}

std::string as_utf16(const std::string& ascii, bool big_endian) {
    std::string text;
    for (const char c : ascii) {
        if (big_endian) text += '\0';
        text += c;
        if (!big_endian) text += '\0';
    }
    return text;
}

}  // namespace pli::intake::test
