#include "delivery/deliver.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "base/digest.hpp"

namespace pli::delivery {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view sums_file = "SHA256SUMS", ready_file = "READY";
constexpr std::size_t block_bytes = std::size_t{1} << 18;
// What a cut connection or a crashed server may have left unwritten or torn is at the end of a file.
constexpr std::uint64_t compared_bytes = std::uint64_t{1} << 18;

struct LocalFile {
    std::string name, digest;  // hexadecimal; empty: SHA256SUMS itself
    std::uint64_t bytes = 0;
};

struct LocalBatch {
    std::string folder, sums;
    std::vector<LocalFile> files;
    std::uint64_t bytes = 0;
};

std::string text_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

tl::unexpected<Error> changed(const std::string& path, std::string what) {
    return failure(Fault::BadInput, path, std::move(what),
                   "nothing was handed over; look at it with pli batch verify, and have the batch written again");
}

/// A name that stays within the folder, whatever a file of checksums says.
bool plain_name(std::string_view name) {
    return !name.empty() && name[0] != '.' && name.find('/') == std::string_view::npos && name != ready_file;
}

Done add_file(LocalBatch& batch, LocalFile file) {
    const auto path = batch.folder + "/" + file.name;
    std::error_code error;
    file.bytes = fs::file_size(path, error);
    if (error) return changed(path, "is missing");
    batch.bytes += file.bytes;
    batch.files.push_back(std::move(file));
    return {};
}

Result<LocalBatch> open_batch(const std::string& folder) {
    LocalBatch batch;
    batch.folder = folder;
    if (!fs::exists(folder + "/" + std::string(ready_file)))
        return failure(Fault::BadInput, folder, "is not a finished batch: it has no READY",
                       "name a folder that a run made");
    batch.sums = text_of(folder + "/" + std::string(sums_file));
    constexpr std::size_t digits = 64;
    std::string_view rest = batch.sums;
    while (!rest.empty()) {
        const auto line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        if (line.size() < digits + 3 || !plain_name(line.substr(digits + 2)))
            return changed(folder + "/" + std::string(sums_file), fmt::format("has the line \"{}\"", line));
        TRY(add_file(batch, {std::string(line.substr(digits + 2)), std::string(line.substr(0, digits))}));
    }
    if (batch.files.empty()) return changed(folder + "/" + std::string(sums_file), "is missing or empty");
    return batch;
}

/// Reads a file of the batch from its beginning, taking its checksum on the way.
class LocalReader {
public:
    explicit LocalReader(const LocalBatch& batch, const LocalFile& file)
        : path_(batch.folder + "/" + file.name), file_(file), stream_(path_, std::ios::binary) {}

    /// Empty at the end.
    Result<std::string_view> next(std::size_t most) {
        block_.resize(most);
        stream_.read(block_.data(), static_cast<std::streamsize>(most));
        const std::string_view bytes(block_.data(), static_cast<std::size_t>(stream_.gcount()));
        if (bytes.empty() && stream_.bad()) return failure(Fault::Environment, path_, "cannot be read");
        digest_.add(bytes);
        return bytes;
    }
    Done skip(std::uint64_t bytes) {
        while (bytes > 0) {
            const auto read = TRY(next(static_cast<std::size_t>(std::min<std::uint64_t>(bytes, block_bytes)))).size();
            if (read == 0) return changed(path_, "is shorter than it was");
            bytes -= read;
        }
        return {};
    }
    /// At the end: whether it was what the run wrote.
    Done check() {
        if (Digest::hex(digest_.finish()) == file_.digest) return {};
        return changed(path_, "is not what the run wrote: its checksum differs");
    }

private:
    std::string path_;
    const LocalFile& file_;
    std::ifstream stream_;
    std::string block_;
    Digest digest_;
};

std::string bytes_at(const std::string& path, std::uint64_t from, std::size_t count) {
    std::ifstream stream(path, std::ios::binary);
    stream.seekg(static_cast<std::streamoff>(from));
    std::string bytes(count, '\0');
    stream.read(bytes.data(), static_cast<std::streamsize>(count));
    bytes.resize(static_cast<std::size_t>(stream.gcount()));
    return bytes;
}

/// One delivery, step by step.
class Courier {
public:
    Courier(FarSide& far_side, const Delivery& delivery, LocalBatch batch)
        : far_(far_side),
          delivery_(delivery),
          batch_(std::move(batch)),
          final_(delivery.name),
          part_("." + delivery.name + ".part") {
        report_.bytes = batch_.bytes;
        report_.files = static_cast<std::uint32_t>(batch_.files.size());
    }

    Result<Delivered> bring() {
        if (TRY(far_.look_at(final_))) {
            TRY(refuse_another());
            if (TRY(far_.look_at(final_ + "/READY"))) return done_before();
            report_.resumed = true;  // cut off between the folder's name and READY
            TRY(check_sizes(final_));
        } else {
            TRY(prepare());
            for (const auto& file : batch_.files) TRY(send(file));
            TRY(check_sizes(part_));
            TRY(far_.rename(part_, final_));
        }
        TRY(write_text(final_ + "/READY", ""));
        return report_;
    }

private:
    Delivered done_before() {
        report_.was_there = true;
        return report_;
    }

    Result<std::string> sums_at(const std::string& folder) {
        const auto path = folder + "/" + std::string(sums_file);
        const auto entry = TRY(far_.look_at(path));
        if (!entry) return std::string();
        return far_.read(path, 0, static_cast<std::size_t>(std::min<std::uint64_t>(entry->bytes, 1u << 20)));
    }

    Done refuse_another() {
        if (TRY(sums_at(final_)) == batch_.sums) return {};
        return failure(Fault::BadInput, final_, "another batch of this name is there already, with other checksums",
                       "ask the print house; nothing of it was touched and nothing was sent");
    }

    /// The hidden folder with our checksums in it; what is left in it of other ones is removed.
    Done prepare() {
        if (!TRY(far_.look_at(part_))) {
            TRY(refuse_full(batch_.bytes));
            TRY(far_.make_folder(part_));
        } else if (TRY(sums_at(part_)) == batch_.sums) {
            report_.resumed = true;
            return {};
        }
        for (const auto& name : TRY(far_.names_in(part_))) TRY(far_.remove_file(part_ + "/" + name));
        return write_text(part_ + "/" + std::string(sums_file), batch_.sums);
    }

    /// Rather than fill somebody's disk to the last byte.
    Done refuse_full(std::uint64_t needed) {
        const auto room = TRY(far_.room());
        if (!room || *room > needed) return {};
        return failure(Fault::Environment, final_,
                       fmt::format("needs {:.1f} MB, the far side has {:.1f} MB free",
                                   static_cast<double>(needed) / 1e6, static_cast<double>(*room) / 1e6),
                       "have the print house make room, and deliver again");
    }

    Done send(const LocalFile& file) {
        const auto whole = part_ + "/" + file.name, growing = whole + ".part";
        LocalReader reader(batch_, file);
        if (const auto there = TRY(far_.look_at(whole)); there && there->bytes == file.bytes) {
            told_ += file.bytes;
            tell();
            return {};
        }
        const auto from = TRY(usable(growing, file));
        TRY(reader.skip(from));
        TRY(send_from(from, growing, reader));
        TRY(reader.check());
        return far_.rename(growing, whole);
    }

    Done send_from(std::uint64_t from, const std::string& path, LocalReader& reader) {
        told_ += from;
        const auto far_file = TRY(far_.write(path, from));
        while (true) {
            const auto bytes = TRY(reader.next(block_bytes));
            if (bytes.empty()) break;
            TRY(far_file->write(bytes));
            report_.sent_bytes += bytes.size();
            told_ += bytes.size();
            tell();
        }
        return far_file->close();
    }

    /// How many bytes of a half-sent file can be kept: all, if the last ones are ours.
    Result<std::uint64_t> usable(const std::string& growing, const LocalFile& file) {
        const auto entry = TRY(far_.look_at(growing));
        if (!entry || entry->bytes == 0 || entry->bytes > file.bytes) return std::uint64_t{0};
        const auto count = std::min(entry->bytes, compared_bytes);
        const auto theirs = TRY(far_.read(growing, entry->bytes - count, static_cast<std::size_t>(count)));
        const auto ours =
            bytes_at(batch_.folder + "/" + file.name, entry->bytes - count, static_cast<std::size_t>(count));
        return theirs == ours ? entry->bytes : std::uint64_t{0};
    }

    /// As long as they must be: the last look before the print house may take the folder.
    Done check_sizes(const std::string& folder) {
        for (const auto& file : batch_.files) {
            const auto entry = TRY(far_.look_at(folder + "/" + file.name));
            if (entry && entry->bytes == file.bytes) continue;
            return failure(
                Fault::Environment, folder + "/" + file.name,
                fmt::format("has {} bytes at the far side, {} were sent", entry ? entry->bytes : 0, file.bytes),
                "ask the print house who changed it");
        }
        return {};
    }

    Done write_text(const std::string& path, std::string_view text) {
        const auto file = TRY(far_.write(path, 0));
        if (!text.empty()) TRY(file->write(text));
        return file->close();
    }

    void tell() const {
        if (delivery_.progress) delivery_.progress(told_, batch_.bytes);
    }

    FarSide& far_;
    const Delivery& delivery_;
    const LocalBatch batch_;
    const std::string final_, part_;
    Delivered report_;
    std::uint64_t told_ = 0;
};

}  // namespace

Result<Delivered> deliver(FarSide& far_side, const Delivery& delivery) {
    return Courier(far_side, delivery, TRY(open_batch(delivery.batch))).bring();
}

}  // namespace pli::delivery
