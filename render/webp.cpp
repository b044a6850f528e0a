#include <fmt/format.h>
#include <webp/encode.h>

#include "render/proof.hpp"

namespace pli::render {
namespace {

struct Written {
    Written() { WebPMemoryWriterInit(&memory); }
    ~Written() { WebPMemoryWriterClear(&memory); }
    Written(const Written&) = delete;
    Written& operator=(const Written&) = delete;
    WebPMemoryWriter memory{};
};

struct Input {
    Input() { WebPPictureInit(&picture); }
    ~Input() { WebPPictureFree(&picture); }
    Input(const Input&) = delete;
    Input& operator=(const Input&) = delete;
    WebPPicture picture{};
};

auto refused(const Canvas& canvas) {
    return failure(Fault::Unsupported, "preview",
                   fmt::format("{} x {} pixels cannot be written as WebP", canvas.columns, canvas.rows),
                   "ask for PNG or for fewer dpi");
}

}  // namespace

Result<std::string> encode_webp(const Canvas& canvas) {
    WebPConfig config;
    Input input;
    Written written;
    if (WebPConfigInit(&config) == 0 || WebPConfigLosslessPreset(&config, 0) == 0) return refused(canvas);
    // Libwebp takes pixels as Cairo has them, and only reads them.
    input.picture.use_argb = 1;
    input.picture.width = canvas.columns;
    input.picture.height = canvas.rows;
    input.picture.argb = const_cast<std::uint32_t*>(canvas.pixels.data());
    input.picture.argb_stride = canvas.columns;
    input.picture.writer = WebPMemoryWrite;
    input.picture.custom_ptr = &written.memory;
    if (WebPEncode(&config, &input.picture) == 0) return refused(canvas);
    return std::string(reinterpret_cast<const char*>(written.memory.mem), written.memory.size);
}

}  // namespace pli::render
