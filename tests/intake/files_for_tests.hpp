#pragma once
#include <map>
#include <string>
#include <vector>

#include "intake/intake.hpp"

namespace pli::intake::test {

/// What became of a file: its letters as text, the report, how the stream ended.
struct Outcome {
    struct Taken {
        std::string key, locale;
        std::map<std::string, std::string> to;  // the parts of the recipient that are not empty
        std::map<std::string, std::string> fields;
        std::vector<std::string> lists;  // names of fields that carry JSON
    };
    std::vector<Taken> letters;
    Report report;
    Error error{};  // of the file as a whole
    bool failed = false;

    const RowError& refusal() const { return report.errors.at(0); }
};

/// Writes `content` to a file of that name and reads it.
Outcome read(const std::string& content, Options options = {}, const std::string& name = "customers.csv");

/// The text in another encoding of Unicode's first 256 characters and €: for tests of recognition.
std::string as_utf16(const std::string& ascii, bool big_endian);

}  // namespace pli::intake::test
