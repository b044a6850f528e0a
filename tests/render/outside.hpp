#pragma once
#include <string>
#include <string_view>

#include "render/codes.hpp"

namespace pli::test {

/// A folder of its own, gone with its owner.
class Folder {
public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::string operator/(std::string_view name) const { return path_ + "/" + std::string(name); }

private:
    std::string path_;
};

struct Outcome {
    int status = -1;
    std::string output;  // standard output and errors
};
/// Runs a program that judges what left Pli.
Outcome run(const std::string& command);

std::string read_file(const std::string& path);
void write_file(const std::string& path, std::string_view bytes);

/// A code as a grey picture, eight pixels a module, with a quiet zone of four modules.
void write_pgm(const std::string& path, const render::Modules& modules);

}  // namespace pli::test
