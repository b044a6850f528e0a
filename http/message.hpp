#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace pli::http {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// A file that is gone with its last owner: where the body of an upload waits.
class SpoolFile {
public:
    explicit SpoolFile(std::string path) : path_(std::move(path)) {}
    ~SpoolFile();
    SpoolFile(const SpoolFile&) = delete;
    SpoolFile& operator=(const SpoolFile&) = delete;
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

/// What a client asks. The body is in `body`, or, where the route wants it so, in the file `spooled`.
struct Request {
    std::string method, target;
    std::vector<std::string> path;  // of the target: what is between the slashes, percent-encoding undone
    Headers query;                  // of the target, in its order
    Headers headers;                // names in small letters
    std::string body;
    std::shared_ptr<SpoolFile> spooled;
    std::string peer;              // address it came from
    std::string number;            // X-Request-Id: the client's own, or one made here
    std::shared_ptr<void> errand;  // what the house found out at the door, for itself

    std::string_view header(std::string_view name) const;       // empty: none; `name` in small letters
    std::string_view query_value(std::string_view name) const;  // the first; empty: none
};

/// A stretch of a file, sent as it is read: batches are gigabytes.
struct FileSlice {
    std::string path;
    std::uint64_t from = 0, length = 0;
};

struct Response {
    int status = 200;
    Headers headers;
    std::string body;
    std::shared_ptr<const FileSlice> file;  // instead of `body`
    bool hang_up = false;                   // what the client still sends is of no interest
};

/// Takes the one response to a request, from any thread.
using Answer = std::function<void(Response)>;
/// A response that comes when something else is done: a commit that several requests share.
using Later = std::function<void(Answer)>;
using Reply = std::variant<Response, Later>;

/// The target's path and query, percent-encoding undone. False: not well formed, or with a NUL in it.
bool read_target(std::string_view target, Request& request);

}  // namespace pli::http
