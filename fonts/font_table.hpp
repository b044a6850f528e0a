#pragma once
#include <hb.h>

#include <cstdint>
#include <string_view>

#include "base/release.hpp"

namespace pli::fonts {

/// A table's bytes; reading past the end gives 0, as a table that ends early is common and harmless.
class FontTable {
public:
    FontTable(hb_face_t* face, hb_tag_t name) : blob_(hb_face_reference_table(face, name)) {
        unsigned size = 0;
        const char* bytes = hb_blob_get_data(blob_.get(), &size);
        bytes_ = {bytes, size};
    }
    bool empty() const { return bytes_.empty(); }
    std::size_t size() const { return bytes_.size(); }
    std::string_view bytes() const { return bytes_; }
    int u8(std::size_t at) const { return at < bytes_.size() ? static_cast<std::uint8_t>(bytes_[at]) : 0; }
    int u16(std::size_t at) const { return u8(at) << 8 | u8(at + 1); }
    int i16(std::size_t at) const { return static_cast<std::int16_t>(u16(at)); }
    std::uint32_t u32(std::size_t at) const {
        return static_cast<std::uint32_t>(u16(at)) << 16 | static_cast<std::uint32_t>(u16(at + 2));
    }

private:
    Handle<hb_blob_t, hb_blob_destroy> blob_;
    std::string_view bytes_;
};

constexpr hb_tag_t table_tag(const char (&name)[5]) { return HB_TAG(name[0], name[1], name[2], name[3]); }

}  // namespace pli::fonts
