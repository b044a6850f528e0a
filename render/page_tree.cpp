#include "render/page_tree.hpp"

namespace pli::render {

PageTree::Node& PageTree::open_node(std::size_t level) {
    if (level == open_.size()) open_.push_back({file_.reserve(), {}, 0});
    // A full node is closed only when another kid comes, so that the topmost one stays open and becomes the root.
    if (open_[level].kids.size() == fan_out) {
        close_node(level);
        open_[level] = {file_.reserve(), {}, 0};
    }
    return open_[level];
}

void PageTree::close_node(std::size_t level) {
    Node& parent = open_node(level + 1);
    const Node& node = open_[level];
    parent.kids.push_back(node.id);
    parent.pages += node.pages;
    write_node(node, "/Parent " + parent.id.reference());
}

void PageTree::write_node(const Node& node, std::string_view entries) {
    std::string body = "<</Type/Pages/Count " + std::to_string(node.pages) + "/Kids[";
    for (const ObjectId kid : node.kids) body += kid.reference() + " ";
    if (!node.kids.empty()) body.pop_back();
    body += "]";
    body += entries;
    file_.write(node.id, body + ">>");
}

ObjectId PageTree::add_page(std::string_view entries) {
    Node& leaf = open_node(0);
    std::string body = "<</Type/Page/Parent " + leaf.id.reference();
    body += entries;
    const ObjectId page = file_.add(body + ">>");
    leaf.kids.push_back(page);
    ++leaf.pages;
    ++pages_;
    return page;
}

ObjectId PageTree::finish(std::string_view entries) {
    for (std::size_t level = 0; level + 1 < open_.size(); ++level) close_node(level);
    const Node& root = open_.empty() ? open_node(0) : open_.back();
    write_node(root, entries);
    return root.id;
}

}  // namespace pli::render
