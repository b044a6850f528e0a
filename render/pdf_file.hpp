#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/digest.hpp"
#include "base/result.hpp"
#include "render/cross_references.hpp"
#include "render/deflate.hpp"

namespace pli::render {

/// The number of an indirect object.
struct ObjectId {
    std::uint32_t number = 0;
    std::string reference() const { return std::to_string(number) + " 0 R"; }
};

/// An open file, closed with its owner.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() { close(); }
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    int number() const { return number_; }
    bool close();  // false: what was written may be lost

private:
    int number_;
};

/// The file below a PDF: numbered objects, object streams for all that is no stream itself, a cross-reference stream, a
/// buffer of one megabyte, a running SHA-256. Objects in streams and a compressed table save some 150 bytes a page.
/// The first failure is kept and everything after it ignored; `check` and `finish` tell. Memory: 5 bytes an object.
/// Source   ISO 32000-1 §7.5 (file structure; §7.5.7 object streams, §7.5.8 cross-reference streams)
/// Errors   Environment: cannot create or write, naming the path
/// Threads  one at a time
class PdfFile {
public:
    static Result<PdfFile> create(std::string path);

    ObjectId reserve();
    /// Each reserved number has to be written once, in any order.
    void write(ObjectId id, std::string_view body);
    /// An object that may be a stream: `body` is all between "obj" and "endobj".
    void write_whole(ObjectId id, std::string_view body);
    /// The same piece by piece: a body of many megabytes is never in memory.
    void begin_whole(ObjectId id) { begin(id); }
    void continue_whole(std::string_view part) { put(part); }
    void end_whole() { put("\nendobj\n"); }
    /// `entries` are the dictionary's besides /Length: "/Filter/FlateDecode".
    void write_stream(ObjectId id, std::string_view entries, std::string_view data);
    ObjectId add(std::string_view body);
    ObjectId add_stream(std::string_view entries, std::string_view data);

    Done check() const;

    struct Finished {
        Digest::Bytes sha256;
        std::uint64_t bytes = 0;
    };
    /// Cross-reference stream with `entries`, which are the trailer's besides /Size; sync, close.
    Result<Finished> finish(std::string_view entries);

private:
    explicit PdfFile(std::string path, Descriptor descriptor);
    void begin(ObjectId id);
    void put(std::string_view bytes);
    void put_number(std::uint64_t number);
    void close_members();
    void flush();
    void fail(std::string message, std::string remedy);

    std::string path_;
    Descriptor descriptor_;
    std::unique_ptr<char[]> buffer_;
    std::size_t used_ = 0;
    std::uint64_t flushed_ = 0;
    CrossReferences places_;
    /// The object stream at hand: numbers and offsets of its members, then their bodies.
    struct Members {
        ObjectId stream;
        std::uint32_t count = 0;
        std::string index, bodies;
    } members_;
    BlockDeflater deflater_;
    Digest digest_;
    std::optional<Error> error_;
};

}  // namespace pli::render
