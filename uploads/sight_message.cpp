#include "uploads/sight_message.hpp"

namespace pli::uploads {
namespace {

void put_rect(std::string& out, const Rect& rect) {
    for (const Length length : {rect.left(), rect.top(), rect.size.width, rect.size.height}) put(out, length.nm());
}
Rect read_rect(Reader& in) {
    Rect rect;
    for (Length* length : {&rect.origin.x, &rect.origin.y, &rect.size.width, &rect.size.height})
        *length = Length::nm(in.number<std::int64_t>());
    return rect;
}

void put_map(std::string& out, const InkMap& map) {
    put(out, map.size.width.nm());
    put(out, map.size.height.nm());
    put(out, map.columns);
    put(out, map.rows);
    put_text(out, map.marks);
    put_text(out, map.tints);
}
InkMap read_map(Reader& in) {
    InkMap map;
    map.size.width = Length::nm(in.number<std::int64_t>());
    map.size.height = Length::nm(in.number<std::int64_t>());
    map.columns = in.number<std::uint32_t>();
    map.rows = in.number<std::uint32_t>();
    map.marks = in.text();
    map.tints = in.text();
    const std::uint64_t bytes = std::uint64_t{map.stride()} * map.rows;
    in.refuse_unless(map.columns < (1u << 24) && map.rows < (1u << 24));
    in.refuse_unless(map.marks.size() == bytes && map.tints.size() == bytes);
    in.refuse_unless(map.size.width > Length{} && map.size.height > Length{});
    return map;
}

void put_code(std::string& out, const CodeSeen& code) {
    put_text(out, code.kind);
    put_text(out, code.text);
    put_rect(out, code.where);
    put(out, static_cast<std::uint8_t>(code.matrix));
}
CodeSeen read_code(Reader& in) {
    CodeSeen code;
    code.kind = in.text();
    code.text = in.text();
    code.where = read_rect(in);
    code.matrix = in.number<std::uint8_t>() != 0;
    return code;
}

}  // namespace

void put_sight(std::string& out, const Sight& sight) {
    put(out, std::uint64_t{sight.size()});
    for (const PageSight& page : sight) {
        put_map(out, page.ink);
        put(out, std::uint64_t{page.codes.size()});
        for (const CodeSeen& code : page.codes) put_code(out, code);
    }
}

Sight read_sight(Reader& in) {
    Sight sight(in.count(48));
    for (PageSight& page : sight) {
        page.ink = read_map(in);
        page.codes.resize(in.count(49));
        for (CodeSeen& code : page.codes) code = read_code(in);
    }
    return sight;
}

}  // namespace pli::uploads
