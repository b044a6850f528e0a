#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "preflight/content_inspector.hpp"

namespace pli::preflight {

/// A page and the part it says it belongs to, by their object numbers, in the order of the pages.
struct PageEntry {
    std::uint32_t object = 0, part = 0;
};

/// The decoded content of pages. Streams that several pages share (marks, frames of cells) are decoded once.
/// qpdf keeps every object it has read, which for a batch of 200,000 pages is a gigabyte. So a content stream is let go
/// as soon as it was read; if a later page names it again it comes from a second reader of the same file.
class PageContents {
public:
    PageContents(const Inspection& inspection, std::string path) : inspection_(inspection), path_(std::move(path)) {}
    /// One after the other, with a line feed between: a token ends with its stream.
    void read(Object page, std::string& content);

private:
    void append(Object stream, std::string& content);
    void append_again(Object stream, std::string& content);

    const Inspection& inspection_;
    std::string path_;
    std::vector<bool> read_;  // by object number: let go
    std::unique_ptr<QPDF> again_;
    std::map<std::uint32_t, std::string> shared_;
    std::size_t shared_bytes_ = 0;
};

/// Walks the page tree, judges each page and looks through what it shows.
/// Source   ISO 32000-1 §7.7.3 (page tree, inheritance), §14.11.2 (boxes); ISO 15930-7
class PageWalk {
public:
    PageWalk(Inspection& inspection, ContentInspector& inspector, std::string path)
        : inspection_(inspection), inspector_(inspector), contents_(inspection, std::move(path)) {}
    std::vector<PageEntry> walk();

private:
    struct Inherited {
        Object media = Object::newNull(), crop = Object::newNull();
        std::shared_ptr<Names> names{};
        std::uint32_t parent = 0;
    };
    void inherit(Object node, Inherited& inherited) const;
    std::int64_t visit(Object node, Inherited inherited, int depth);
    std::int64_t visit_kids(Object node, const Inherited& inherited, int depth);
    void check_page(Object page, const Inherited& inherited);
    void check_boxes(Object page, const Inherited& inherited);
    void check_annotations(Object page);
    void check_annotation(Object annotation, const Box& printed);
    void check_appearance(Object annotation);
    void let_go(const Object& object);

    Inspection& inspection_;
    ContentInspector& inspector_;
    PageContents contents_;
    std::vector<PageEntry> pages_;
    std::vector<bool> visited_;
    std::string content_;
};

}  // namespace pli::preflight
