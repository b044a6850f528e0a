#pragma once
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "content/lexer.hpp"
#include "uploads/opinion.hpp"

namespace pli::uploads::reader {

/// The text that is shown by a content stream: how much, and a digest.
class TextDigest {
public:
    void add(std::string_view bytes) {
        bytes_ += bytes.size();
        for (const char c : bytes) mix(static_cast<std::uint8_t>(c));
    }
    void add(const TextDigest& other) {
        bytes_ += other.bytes_;
        mix(other.digest_);
    }
    /// The strings of Tj, TJ, ' and ": every string operand before such an operator.
    void add_content(std::string_view content) {
        content::Lexer lexer(content);
        std::string shown;
        for (content::Token token = lexer.next(); token.kind != content::TokenKind::End; token = lexer.next()) {
            if (token.kind == content::TokenKind::String || token.kind == content::TokenKind::HexString)
                content::append_string_bytes(token, shown);
            if (token.kind != content::TokenKind::Word) continue;
            if (token.text == "Tj" || token.text == "TJ" || token.text == "'" || token.text == "\"") add(shown);
            if (token.text == "ID" && !lexer.inline_image(std::nullopt)) return;
            shown.clear();
        }
    }
    std::uint64_t bytes() const { return bytes_; }
    std::uint64_t digest() const { return digest_; }

private:
    void mix(std::uint64_t value) { digest_ = (digest_ ^ value) * 0x100000001b3; }
    std::uint64_t bytes_ = 0, digest_ = 0xcbf29ce484222325;
};

/// Goes through the pages of a document that `Library` gives objects of:
///   Object; root(); key(object, "Name") and entries(object) of a dictionary or stream; items(object) of an array;
///   number(object), name(object): nothing where it is none; is_dictionary(object); stream(object): decoded;
///   identity(object): the same for the same indirect object, 0 for a direct one. References are followed.
template <class Library>
class OpinionWalk {
public:
    using Object = typename Library::Object;
    OpinionWalk(Library& library, int most_pages) : library_(library), most_(static_cast<std::size_t>(most_pages)) {}

    Opinion take() {
        visit(library_.key(library_.root(), "Pages"), Inherited{}, 0);
        return std::move(opinion_);
    }

private:
    static constexpr int deepest = 50;
    static constexpr std::size_t most_kids = 10'000;

    /// What a node of the page tree hands down.
    struct Inherited {
        std::optional<Object> resources, media, crop, rotation;
    };

    void visit(const Object& node, Inherited inherited, int depth) {
        const auto known = library_.identity(node);
        if (depth > deepest || opinion_.pages.size() >= most_ || !library_.is_dictionary(node)) return;
        if (known != 0 && !seen_.insert(known).second) return;
        take_over(node, inherited);
        const Object kids = library_.key(node, "Kids");
        if (const auto items = library_.items(kids);
            !items.empty() || library_.name(library_.key(node, "Type")) == "Pages") {
            for (std::size_t i = 0; i < items.size() && i < most_kids; ++i) visit(items[i], inherited, depth + 1);
        } else {
            opinion_.pages.push_back(page_of(node, inherited));
        }
    }

    void take_over(const Object& node, Inherited& inherited) {
        const auto take = [&](const char* name, std::optional<Object>& value) {
            if (Object own = library_.key(node, name); !library_.is_null(own)) value = own;
        };
        take("Resources", inherited.resources);
        take("MediaBox", inherited.media);
        take("CropBox", inherited.crop);
        take("Rotate", inherited.rotation);
    }

    std::array<double, 4> box_of(const std::optional<Object>& value) {
        std::array<double, 4> box{};
        if (!value) return box;
        const auto items = library_.items(*value);
        if (items.size() != 4) return box;
        for (std::size_t i = 0; i < 4; ++i) box[i] = library_.number(items[i]).value_or(0);
        if (box[0] > box[2]) std::swap(box[0], box[2]);
        if (box[1] > box[3]) std::swap(box[1], box[3]);
        return box;
    }

    PageOpinion page_of(const Object& page, const Inherited& inherited) {
        PageOpinion opinion;
        opinion.media = box_of(inherited.media);
        opinion.crop = box_of(inherited.crop);
        opinion.trim = box_of(library_.key(page, "TrimBox"));
        if (inherited.rotation) opinion.rotation = library_.number(*inherited.rotation).value_or(0);
        opinion.user_unit = library_.number(library_.key(page, "UserUnit")).value_or(1);
        fonts_.clear();
        forms_.clear();
        TextDigest text;
        text.add_content(content_of(page));
        if (inherited.resources) read_resources(*inherited.resources, text, 0);
        opinion.fonts.assign(fonts_.begin(), fonts_.end());
        opinion.text_bytes = text.bytes();
        opinion.text_digest = text.digest();
        return opinion;
    }

    /// A page's content may be cut between any two tokens.
    std::string content_of(const Object& page) {
        const Object contents = library_.key(page, "Contents");
        const auto parts = library_.items(contents);
        if (parts.empty()) return library_.stream(contents);
        std::string all;
        for (const Object& part : parts) all += library_.stream(part) + "\n";
        return all;
    }

    void read_resources(const Object& resources, TextDigest& text, int depth) {
        for (const auto& [key, font] : library_.entries(library_.key(resources, "Font")))
            fonts_.insert(library_.name(library_.key(font, "BaseFont")).value_or("(none)"));
        for (const auto& [key, object] : library_.entries(library_.key(resources, "XObject"))) {
            const auto known = library_.identity(object);
            if (depth > 8 || library_.name(library_.key(object, "Subtype")) != "Form") continue;
            if (known != 0 && !forms_.insert(known).second) continue;
            text.add(text_of_form(object, known));
            read_resources(library_.key(object, "Resources"), text, depth + 1);
        }
    }

    /// Letterheads are drawn on every page: their content is decoded once.
    TextDigest text_of_form(const Object& form, std::uint64_t identity) {
        if (const auto read = texts_.find(identity); identity != 0 && read != texts_.end()) return read->second;
        TextDigest text;
        text.add_content(library_.stream(form));
        if (identity != 0) texts_.emplace(identity, text);
        return text;
    }

    Library& library_;
    std::size_t most_;
    Opinion opinion_;
    std::set<std::uint64_t> seen_;
    std::set<std::uint64_t> forms_;
    std::set<std::string> fonts_;
    std::map<std::uint64_t, TextDigest> texts_;
};

}  // namespace pli::uploads::reader
