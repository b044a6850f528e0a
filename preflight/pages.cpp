#include "preflight/pages.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "preflight/document.hpp"
#include "preflight/streams.hpp"

namespace pli::preflight {
namespace {

constexpr int deepest_tree = 60;

bool mark(std::vector<bool>& marks, std::uint32_t number) {
    if (number >= marks.size()) marks.resize(std::max<std::size_t>(number + 1, marks.size() * 2));
    const bool first = !marks[number];
    marks[number] = true;
    return first;
}

bool is_marked(const std::vector<bool>& marks, std::uint32_t number) { return number < marks.size() && marks[number]; }

std::string in_words(const Box& box) {
    return fmt::format("[{:g} {:g} {:g} {:g}]", box.left, box.bottom, box.right, box.top);
}

}  // namespace

void PageContents::read(Object page, std::string& content) {
    Object contents = page.getKey("/Contents");
    if (is_marked(read_, number_in_file(contents))) return append(contents, content);
    for (const Object& stream : items_of(contents)) append(stream, content);
}

void PageContents::append(Object stream, std::string& content) {
    const std::uint32_t number = number_in_file(stream);
    if (const auto known = shared_.find(number); known != shared_.end()) {
        content += known->second;
    } else if (is_marked(read_, number)) {
        append_again(stream, content);
    } else if (!stream.isStream()) {
        inspection_.find(RuleId::Syntax, stream, "/Contents that is no stream");
    } else {
        check_and_decode(inspection_, stream, content);
        mark(read_, number);
        inspection_.pdf.replaceObject(stream.getObjGen(), Object::newNull());
    }
    content += '\n';
}

void PageContents::append_again(Object stream, std::string& content) {
    if (!again_) {
        again_ = std::make_unique<QPDF>();
        again_->setSuppressWarnings(true);
        again_->processFile(path_.c_str());
    }
    Object same = again_->getObjectByObjGen(stream.getObjGen());
    if (!same.isStream()) return;
    std::string data;
    decode(inspection_, same, data);
    content += data;
    constexpr std::size_t small = std::size_t{64} << 10, all = std::size_t{16} << 20;
    if (data.size() > small || shared_bytes_ + data.size() > all) return;
    shared_bytes_ += data.size();
    shared_[number_in_file(stream)] = std::move(data);
}

std::vector<PageEntry> PageWalk::walk() {
    Object root = entry(entry(inspection_.pdf.getTrailer(), "/Root"), "/Pages");
    if (!root.isDictionary()) {
        inspection_.find(RuleId::PageTree, root, "no page tree");
        return {};
    }
    visit(root, {}, 0);
    inspection_.page = 0;
    return std::move(pages_);
}

void PageWalk::inherit(Object node, Inherited& inherited) const {
    if (has(node, "/MediaBox")) inherited.media = entry(node, "/MediaBox");
    if (has(node, "/CropBox")) inherited.crop = entry(node, "/CropBox");
    if (has(node, "/Resources")) inherited.names = std::make_shared<Names>(entry(node, "/Resources"));
}

/// Gives how many pages are below.
std::int64_t PageWalk::visit(Object node, Inherited inherited, int depth) {
    const std::uint32_t number = number_in_file(node);
    if (number != 0 && !mark(visited_, number)) {
        inspection_.find(RuleId::PageTree, number, "a page or node that is there twice");
        return 0;
    }
    if (!node.isDictionary() || depth == deepest_tree) {
        inspection_.find(RuleId::PageTree, number,
                         depth == deepest_tree ? "nodes in nodes, 60 deep" : "a kid that is no page");
        return 0;
    }
    if (number_in_file(entry(node, "/Parent")) != inherited.parent)
        inspection_.find(RuleId::PageTree, number, "a page or node that names another parent");
    inherit(node, inherited);
    if (has(node, "/Kids")) return visit_kids(node, inherited, depth);
    check_page(node, inherited);
    let_go(node);
    return 1;
}

std::int64_t PageWalk::visit_kids(Object node, const Inherited& inherited, int depth) {
    Inherited below = inherited;
    below.parent = number_in_file(node);
    std::int64_t count = 0;
    for (const Object& kid : items_of(entry(node, "/Kids"))) count += visit(kid, below, depth + 1);
    if (integer_of(entry(node, "/Count")) != count)
        inspection_.find(RuleId::PageTree, node,
                         fmt::format("/Count {} for {} pages", in_words(entry(node, "/Count")), count));
    return count;
}

void PageWalk::let_go(const Object& object) {
    if (number_in_file(object) != 0) inspection_.pdf.replaceObject(object.getObjGen(), Object::newNull());
}

void PageWalk::check_page(Object page, const Inherited& inherited) {
    pages_.push_back({number_in_file(page), number_in_file(entry(page, "/DPart"))});
    inspection_.page = static_cast<std::uint32_t>(pages_.size());
    try {
        check_boxes(page, inherited);
        check_actions(inspection_, page);
        check_annotations(page);
        Names none(Object::newDictionary());
        Names& names = inherited.names ? *inherited.names : none;
        inspector_.check_group(page, names.dictionary);
        content_.clear();
        contents_.read(page, content_);
        inspector_.inspect_page(content_, names);
    } catch (const std::exception& error) {  // qpdf, at an object that cannot be read
        inspection_.find(RuleId::Structure, page, error.what());
    }
}

void PageWalk::check_boxes(Object page, const Inherited& inherited) {
    const auto media = box_of(inherited.media);
    if (!media || media->empty()) {
        inspection_.find(RuleId::MediaBox, 0, "/MediaBox is " + preflight::in_words(inherited.media));
        return;
    }
    if (has(page, "/UserUnit")) inspection_.find(RuleId::UserUnit, 0, "/UserUnit");
    const auto trim = box_of(entry(page, "/TrimBox")), art = box_of(entry(page, "/ArtBox"));
    if (has(page, "/TrimBox") == has(page, "/ArtBox") || (!trim && !art) || (trim ? trim : art)->empty()) {
        const bool both = has(page, "/TrimBox") && has(page, "/ArtBox");
        inspection_.find(RuleId::TrimBox, 0, both ? "/TrimBox and /ArtBox" : "neither a right /TrimBox nor an /ArtBox");
        return;
    }
    const Box inner = trim ? *trim : *art;
    const Box bleed = box_of(entry(page, "/BleedBox")).value_or(*media);
    const Box crop = box_of(inherited.crop).value_or(*media);
    const Box outer = box_of(inherited.crop) ? crop : *media;
    if (!inner.within(bleed) || !bleed.within(*media) || !inner.within(outer))
        inspection_.find(
            RuleId::BoxOrder, 0,
            fmt::format("trim {}, bleed {}, media {}", in_words(inner), in_words(bleed), in_words(*media)));
}

void PageWalk::check_annotations(Object page) {
    const auto annotations = items_of(entry(page, "/Annots"));
    if (annotations.empty()) return;
    auto printed = box_of(entry(page, "/BleedBox"));
    for (const char* key : {"/TrimBox", "/ArtBox"})
        if (!printed) printed = box_of(entry(page, key));
    for (const Object& annotation : annotations) check_annotation(annotation, printed.value_or(Box{}));
}

void PageWalk::check_annotation(Object annotation, const Box& printed) {
    const std::string subtype = name_of(entry(annotation, "/Subtype"));
    const auto place = box_of(entry(annotation, "/Rect"));
    const bool press_mark = subtype == "/TrapNet" || subtype == "/PrinterMark";
    if (!press_mark && (!place || place->touches(printed)))
        inspection_.find(RuleId::Annotation, annotation, "an annotation of /Subtype " + subtype);
    if (subtype == "/Widget") inspection_.find(RuleId::Form, annotation, "a form field");
    if (subtype == "/FileAttachment") inspection_.find(RuleId::EmbeddedFile, annotation, "a file attachment");
    check_actions(inspection_, annotation);
    check_appearance(annotation);
}

/// A stream, or a dictionary of streams by state.
void PageWalk::check_appearance(Object annotation) {
    Object appearances = entry(annotation, "/AP");
    if (!appearances.isDictionary()) return;
    for (const auto& [key, appearance] : appearances.getDictAsMap()) {
        Object states = appearance;
        if (states.isStream()) {
            inspector_.inspect_appearance(states);
        } else if (states.isDictionary()) {
            for (const auto& [state, stream] : states.getDictAsMap())
                if (Object(stream).isStream()) inspector_.inspect_appearance(stream);
        }
    }
}

}  // namespace pli::preflight
