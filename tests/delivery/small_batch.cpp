#include "tests/delivery/small_batch.hpp"

#include <filesystem>
#include <random>

#include "base/digest.hpp"

namespace pli::delivery::test {
namespace fs = std::filesystem;

SmallBatch::SmallBatch(std::size_t print_bytes, unsigned seed) {
    std::mt19937 random(seed);
    std::string print(print_bytes, '\0');
    for (auto& c : print) c = static_cast<char>(random());
    const std::map<std::string, std::string> files{
        {"print.pdf", print}, {"manifest.csv", "piece\r\n1\r\n"}, {"control.pdf", "%PDF-1.6"}};
    std::string sums;
    for (const auto& [name, bytes] : files) {
        folder_.write(name, bytes);
        sums += Digest::hex_of(bytes) + "  " + name + "\n";
    }
    folder_.write("SHA256SUMS", sums);
    folder_.write("READY", "");
}

std::uint64_t SmallBatch::bytes() const {
    std::uint64_t bytes = 0;
    for (const auto* name : {"print.pdf", "manifest.csv", "control.pdf"}) bytes += fs::file_size(folder_ / name);
    return bytes;
}

std::map<std::string, std::string> contents(const std::string& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) files[fs::relative(entry.path(), folder).string()] = read_file(entry.path());
    return files;
}

}  // namespace pli::delivery::test
