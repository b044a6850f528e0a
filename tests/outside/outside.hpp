#pragma once
#include <string>
#include <string_view>

namespace pli::test {

/// A folder of its own for one test, gone with its owner.
class Folder {
public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::string& path() const { return path_; }
    std::string operator/(std::string_view name) const { return path_ + "/" + std::string(name); }
    /// The path of the file written.
    std::string write(std::string_view name, std::string_view bytes) const;

private:
    std::string path_;
};

std::string read_file(const std::string& path);
void write_file(const std::string& path, std::string_view bytes);

/// What a command line left behind: its exit status (128 and more: ended by a signal), standard output and errors as
/// they came.
struct Outcome {
    int status = 0;
    std::string output;
};
Outcome run(const std::string& command);

/// What it writes to standard output; the test fails if the command does.
std::string output_of(const std::string& command);

}  // namespace pli::test
