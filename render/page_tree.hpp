#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "render/pdf_file.hpp"

namespace pli::render {

/// A page tree written while its pages come: a node has a hundred kids and is written when they are complete. Only the
/// open node of each level is in memory.
/// Source   ISO 32000-1 §7.7.3
class PageTree {
public:
    explicit PageTree(PdfFile& file) : file_(file) {}

    /// Writes a page dictionary with /Type, /Parent and `entries`.
    ObjectId add_page(std::string_view entries);
    /// Writes the open nodes; `entries` go to the root, from which pages inherit them.
    ObjectId finish(std::string_view entries);
    std::uint32_t pages() const { return pages_; }

private:
    static constexpr std::size_t fan_out = 100;
    struct Node {
        ObjectId id;
        std::vector<ObjectId> kids;
        std::uint32_t pages = 0;
    };
    /// The open node of a level, with room for one more kid.
    Node& open_node(std::size_t level);
    void close_node(std::size_t level);
    void write_node(const Node& node, std::string_view entries);

    PdfFile& file_;
    std::vector<Node> open_;  // from the leaves up
    std::uint32_t pages_ = 0;
};

}  // namespace pli::render
