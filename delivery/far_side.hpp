#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "delivery/place.hpp"

namespace pli::delivery {

/// A file at the far side that is being written from some byte on.
class FarFile {
public:
    virtual ~FarFile() = default;
    virtual Done write(std::string_view bytes) = 0;
    /// After this the bytes are on its disk, as far as it can tell. An error of the disk may come no earlier than here.
    virtual Done close() = 0;
};

/// What a delivery asks of the other end. Paths are relative to the place's folder.
/// Errors   Environment: connection, permission, disk; the message names the path and the other end's reason
/// Threads  one thread at a time
class FarSide {
public:
    virtual ~FarSide() = default;

    struct Entry {
        bool is_folder = false;
        std::uint64_t bytes = 0;
    };
    /// nullopt: there is no such thing.
    virtual Result<std::optional<Entry>> look_at(const std::string& path) = 0;
    virtual Result<std::vector<std::string>> names_in(const std::string& folder) = 0;
    /// `count` bytes from `from` on; fewer only at the file's end.
    virtual Result<std::string> read(const std::string& path, std::uint64_t from, std::size_t count) = 0;
    /// Goes on behind the first `from` bytes; 0: a new file in place of any old one.
    virtual Result<std::unique_ptr<FarFile>> write(const std::string& path, std::uint64_t from) = 0;
    virtual Done make_folder(const std::string& path) = 0;
    virtual Done rename(const std::string& from, const std::string& to) = 0;
    virtual Done remove_file(const std::string& path) = 0;
    /// Bytes free at the place; nullopt: it does not tell.
    virtual Result<std::optional<std::uint64_t>> room() = 0;
};

/// Errors   Environment: no connection, no such folder; BadInput: host key unknown or changed, login refused
Result<std::unique_ptr<FarSide>> open_far_side(const Place& place);

}  // namespace pli::delivery
