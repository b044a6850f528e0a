#pragma once
#include <string>
#include <vector>

#include "base/digest.hpp"
#include "base/result.hpp"

namespace pli::pipeline {

/// The folder a batch is written in, under a name that no hot folder and no reader takes for a batch: ".NAME.part".
/// Whatever stands there from a crashed run is removed first. If the batch is given up, the folder goes with it.
/// Errors   Environment, naming the path
/// Threads  one object per thread
class HiddenFolder {
public:
    /// `attempt`: where several processes may be at the same batch, each has a hidden folder of its own.
    static Result<HiddenFolder> create(const std::string& out, const std::string& name,
                                       const std::string& attempt = {});
    ~HiddenFolder();
    HiddenFolder(HiddenFolder&& other) noexcept;
    HiddenFolder& operator=(HiddenFolder&& other) noexcept;

    std::string path(const std::string& file) const { return path_ + "/" + file; }

    struct FileSum {
        std::string name;
        Digest::Bytes sha256{};
    };
    enum class Outcome : std::uint8_t { Written, FoundReady };
    /// Checksums, sync, rename to the batch's name, READY: in this order, so that a crash at any moment leaves either
    /// no batch or one that the next run replaces; a folder with READY is whole. A READY batch of that name with equal
    /// checksums is left as it is: FoundReady. One that differs is an error and stays untouched. A folder without READY
    /// is what a crash left: it is replaced.
    Result<Outcome> hand_over(const std::vector<FileSum>& files);

    /// The folder a batch has for good.
    const std::string& final_path() const { return final_; }

private:
    HiddenFolder(std::string out, std::string path, std::string final_path)
        : out_(std::move(out)), path_(std::move(path)), final_(std::move(final_path)) {}
    Result<bool> found_equal(const std::string& sums) const;
    Done put_aside() const;
    Done write_ready() const;
    std::string out_, path_, final_;  // an empty path: nothing to remove any more
};

/// Removes what a crash of this run or unit left under hidden names; a batch that is given up for good leaves nothing behind.
/// `batches`: how their names begin.
Done remove_stale_folders(const std::string& out, const std::string& batches);

/// The lines that `sha256sum -c SHA256SUMS` reads.
std::string sums_text(const std::vector<HiddenFolder::FileSum>& files);

}  // namespace pli::pipeline
