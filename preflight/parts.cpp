#include "preflight/parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace pli::preflight {
namespace {

constexpr int deepest = 60;

/// Document part metadata: any structure of plain values (ISO 16612-2 §6.6, as reported).
bool is_plain(Object value, int depth) {
    if (depth == deepest || value.isStream() || value.isNull()) return false;
    if (value.isArray())
        return std::ranges::all_of(value.getArrayAsVector(),
                                   [&](const Object& item) { return is_plain(item, depth + 1); });
    if (!value.isDictionary()) return true;
    return std::ranges::all_of(value.getDictAsMap(),
                               [&](const auto& item) { return is_plain(item.second, depth + 1); });
}

/// Structures of ISO 21812-1 that are dictionaries wherever they stand.
bool structures_right(Object metadata) {
    Object root = entry(metadata, "/CIP4_Root");
    if (root.isNull()) return true;
    if (!root.isDictionary()) return false;
    constexpr std::array dictionaries{"/CIP4_Metadata", "/CIP4_Recipient", "/CIP4_Production", "/CIP4_Intent"};
    for (const char* key : dictionaries)
        if (has(root, key) && !entry(root, key).isDictionary()) return false;
    return !has(root, "/Type") || is_name(entry(root, "/Type"), "/CIP4_Root");
}

std::string text_of(Object object) { return object.isString() ? object.getUTF8Value() : ""; }

std::string pieces_of(Object metadata) {
    std::string pieces = text_of(entry(entry(entry(metadata, "/CIP4_Root"), "/CIP4_Recipient"), "/CIP4_UniqueID"));
    for (const Object& piece : items_of(entry(metadata, "/Pli_Pieces")))
        pieces += (pieces.empty() ? "" : " ") + text_of(piece);
    return pieces;
}

class PartTree {
public:
    PartTree(const Inspection& inspection, const std::vector<PageEntry>& pages)
        : inspection_(inspection), pages_(pages) {
        positions_.reserve(pages.size());
        for (std::size_t i = 0; i < pages.size(); ++i) positions_.emplace_back(pages[i].object, i);
        std::sort(positions_.begin(), positions_.end());
    }

    std::vector<DocumentPart> check(Object root) {
        Object node = entry(root, "/DPartRootNode");
        const bool typed = !has(root, "/Type") || is_name(entry(root, "/Type"), "/DPartRoot");
        if (!node.isDictionary() || number_in_file(node) == 0 || !typed) {
            inspection_.find(RuleId::VtRoot, root, "/DPartRootNode is " + in_words(node));
            return {};
        }
        visit(node, number_in_file(root), 0);
        if (next_ != pages_.size())
            inspection_.find(RuleId::VtCoverage, root,
                             fmt::format("{} pages at the end in no part", pages_.size() - next_));
        check_levels(root);
        return std::move(parts_);
    }

private:
    void visit(Object node, std::uint32_t parent, int level) {
        const std::uint32_t number = number_in_file(node);
        if (!node.isDictionary() || number == 0 || level == deepest) {
            inspection_.find(RuleId::VtParent, number, "a part that is no indirect dictionary, or too deep");
            return;
        }
        if (number_in_file(entry(node, "/Parent")) != parent)
            inspection_.find(RuleId::VtParent, number, "/Parent is not the node that has it");
        if (has(node, "/Type") && !is_name(entry(node, "/Type"), "/DPart"))
            inspection_.find(RuleId::VtPart, number, "/Type " + in_words(entry(node, "/Type")));
        check_metadata(node);
        const bool inner = has(node, "/DParts"), leaf = has(node, "/Start") || starts_on_a_page(node);
        if (inner == leaf || (inner && has_end(node)))
            inspection_.find(RuleId::VtPart, number,
                             inner ? "/DParts with /Start or /End" : "neither /DParts nor /Start");
        if (inner)
            visit_below(node, level);
        else if (leaf)
            visit_leaf(node, level);
    }

    // A page was let go once it was looked at and is null by now; a reference to it still has its number.
    static std::uint32_t page_at(Object node, const char* key) { return number_in_file(node.getKey(key)); }
    static bool starts_on_a_page(Object node) { return page_at(node, "/Start") != 0; }
    static bool has_end(Object node) { return page_at(node, "/End") != 0; }

    void visit_below(Object node, int level) {
        for (const Object& list : items_of(entry(node, "/DParts"))) {
            if (!Object(list).isArray()) {
                inspection_.find(RuleId::VtPart, node, "/DParts that is no array of arrays");
                return;
            }
            for (const Object& part : items_of(list)) {
                if (mark_visited(number_in_file(part))) visit(part, number_in_file(node), level + 1);
                if (number_in_file(part) != 0) inspection_.pdf.replaceObject(part.getObjGen(), Object::newNull());
            }
        }
    }

    bool mark_visited(std::uint32_t number) {
        if (number >= visited_.size()) visited_.resize(std::max<std::size_t>(number + 1, visited_.size() * 2));
        if (visited_[number]) inspection_.find(RuleId::VtParent, number, "a part that is there twice");
        const bool first = !visited_[number];
        visited_[number] = true;
        return first;
    }

    void visit_leaf(Object node, int level) {
        if (leaf_level_ >= 0 && leaf_level_ != level)
            inspection_.find(RuleId::VtDepth, node,
                             fmt::format("a leaf on level {}, others on level {}", level, leaf_level_));
        leaf_level_ = std::max(leaf_level_, level);
        const auto first = position_of(page_at(node, "/Start"));
        const auto last = has_end(node) ? position_of(page_at(node, "/End")) : first;
        if (!first || !last || *first != next_ || *last < *first) {
            inspection_.find(RuleId::VtCoverage, node,
                             fmt::format("pages {} to {}, expected from page {}", first ? *first + 1 : 0,
                                         last ? *last + 1 : 0, next_ + 1));
            if (!first || !last || *last < *first) return;
        }
        for (std::size_t i = *first; i <= *last; ++i)
            if (pages_[i].part != number_in_file(node))
                inspection_.findings.add(
                    RuleId::VtPagePart, {static_cast<std::uint32_t>(i + 1), pages_[i].object},
                    fmt::format("/DPart {} 0 R, the part is {} 0 R", pages_[i].part, number_in_file(node)));
        next_ = *last + 1;
        parts_.push_back({static_cast<std::uint32_t>(*first + 1), static_cast<std::uint32_t>(*last + 1),
                          pieces_of(entry(node, "/DPM"))});
    }

    std::optional<std::size_t> position_of(std::uint32_t page) const {
        const auto at =
            std::lower_bound(positions_.begin(), positions_.end(), std::pair<std::uint32_t, std::size_t>{page, 0});
        if (page == 0 || at == positions_.end() || at->first != page) return std::nullopt;
        return at->second;
    }

    void check_metadata(Object node) const {
        Object metadata = entry(node, "/DPM");
        if (metadata.isNull()) return;
        if (!metadata.isDictionary() || !is_plain(metadata, 0) || !structures_right(metadata))
            inspection_.find(RuleId::VtMetadata, node,
                             "/DPM with something that is no plain value or not what CIP4 says");
    }

    void check_levels(Object root) const {
        const auto names = items_of(entry(root, "/NodeNameList"));
        std::set<std::string> different;
        for (const Object& name : names) different.insert(name_of(name));
        const auto levels = static_cast<std::size_t>(leaf_level_ + 1);
        if (names.size() != levels || different.size() != levels || different.contains(""))
            inspection_.find(RuleId::VtNodeNames, root, fmt::format("{} names for {} levels", names.size(), levels));
        Object record = entry(root, "/RecordLevel");
        const auto level = integer_of(record);
        if (!record.isNull() && (!level || *level < 0 || *level > leaf_level_))
            inspection_.find(RuleId::VtRecordLevel, root, "/RecordLevel " + in_words(record));
    }

    const Inspection& inspection_;
    const std::vector<PageEntry>& pages_;
    std::vector<std::pair<std::uint32_t, std::size_t>> positions_;
    std::vector<DocumentPart> parts_;
    std::vector<bool> visited_;
    std::size_t next_ = 0;  // the page that has to come next
    int leaf_level_ = -1;
};

}  // namespace

std::vector<DocumentPart> check_parts(const Inspection& inspection, const std::vector<PageEntry>& pages) {
    Object root = entry(entry(inspection.pdf.getTrailer(), "/Root"), "/DPartRoot");
    if (root.isDictionary()) return PartTree(inspection, pages).check(root);
    const bool named = std::ranges::any_of(pages, [](const PageEntry& page) { return page.part != 0; });
    if (!root.isNull() || named)
        inspection.find(RuleId::VtRoot, root, "pages name parts, but /DPartRoot is " + in_words(root));
    return {};
}

bool check_scope(const Inspection& inspection, Object xobject) {
    constexpr std::array<std::string_view, 6> scopes{"/SingleUse", "/Record", "/File",
                                                     "/Stream",    "/Global", "/Unknown"};
    Object encapsulated = entry(xobject, "/GTS_Encapsulated");
    if (!encapsulated.isNull() && !encapsulated.isBool())
        inspection.find(RuleId::VtEncapsulated, xobject, "/GTS_Encapsulated " + in_words(encapsulated));
    Object scope = entry(xobject, "/GTS_Scope");
    if (scope.isNull()) return false;
    const std::string name = name_of(scope);
    if (std::ranges::find(scopes, name) == scopes.end())
        inspection.find(RuleId::VtScope, xobject, "/GTS_Scope " + in_words(scope));
    const bool shared_between_files = name == "/Stream" || name == "/Global";
    if (shared_between_files && !entry(xobject, "/GTS_Env").isString())
        inspection.find(RuleId::VtEnvironment, xobject, "/GTS_Scope" + name + " without /GTS_Env");
    if (shared_between_files && !entry(xobject, "/GTS_XID").isString())
        inspection.find(RuleId::VtXid, xobject, "/GTS_Scope" + name + " without /GTS_XID");
    return name == "/SingleUse";
}

}  // namespace pli::preflight
