#pragma once
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjGen.hh>
#include <set>

namespace pli::uploads::reader {

/// Which layers (optional content) the upload's default configuration keeps off the paper. A form has no place for
/// layers of its own, so what is hidden is taken out of the content and everything else becomes plain content.
/// Source   ISO 32000-1 §8.11 (optional content), §8.11.4.4 (usage: Print)
class Layers {
public:
    explicit Layers(QPDF& pdf);
    /// The document has layers at all, hidden or not.
    bool any() const { return any_; }
    /// `content` is what /OC or a property list names: a group or a membership dictionary.
    bool hides(const QPDFObjectHandle& content) const;
    /// A single layer, by the default configuration alone: as a viewer shows it before anything is printed.
    bool hides_on_screen(const QPDFObjectHandle& group) const { return hidden_on_screen_.contains(group.getObjGen()); }

private:
    void read_configuration(QPDFObjectHandle properties);
    void apply_print_usage(QPDFObjectHandle groups);
    bool shows_group(const QPDFObjectHandle& group) const;
    bool shows_membership(QPDFObjectHandle membership) const;
    bool shows_expression(const QPDFObjectHandle& expression, int depth) const;
    void set_visible(const QPDFObjectHandle& group, bool visible);

    std::set<QPDFObjGen> hidden_, hidden_on_screen_;
    bool any_ = false;
};

}  // namespace pli::uploads::reader
