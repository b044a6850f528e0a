#include <cstddef>
#include <cstdio>  // jpeglib.h needs FILE and does not say so
#include <cstdlib>

extern "C" {
#include <jpeglib.h>
}

#include <csetjmp>

#include "render/jpeg.hpp"

namespace pli::render {
namespace {

struct Failing {
    jpeg_error_mgr manager{};
    std::jmp_buf exit{};
};

void leave(j_common_ptr info) { std::longjmp(reinterpret_cast<Failing*>(info->err)->exit, 1); }
void keep_quiet(j_common_ptr, int) {}

/// Reads coefficients from one JPEG and writes those of its first component as another. Nothing in it needs a
/// destructor between setjmp and a jump.
class Transcoder {
public:
    Transcoder() {
        in_.err = out_.err = jpeg_std_error(&failing_.manager);
        failing_.manager.error_exit = leave;
        failing_.manager.emit_message = keep_quiet;
    }
    ~Transcoder() {
        jpeg_destroy_compress(&out_);
        jpeg_destroy_decompress(&in_);
        std::free(buffer_);
    }
    Transcoder(const Transcoder&) = delete;
    Transcoder& operator=(const Transcoder&) = delete;

    bool run(std::string_view jpeg) {
        if (setjmp(failing_.exit) != 0) return false;
        jpeg_create_decompress(&in_);
        jpeg_create_compress(&out_);
        jpeg_mem_src(&in_, reinterpret_cast<const unsigned char*>(jpeg.data()), jpeg.size());
        jpeg_read_header(&in_, TRUE);
        jvirt_barray_ptr* const coefficients = jpeg_read_coefficients(&in_);
        jpeg_copy_critical_parameters(&in_, &out_);
        const int table = out_.comp_info[0].quant_tbl_no;
        jpeg_set_colorspace(&out_, JCS_GRAYSCALE);
        out_.comp_info[0].quant_tbl_no = table;
        jpeg_mem_dest(&out_, &buffer_, &size_);
        jpeg_write_coefficients(&out_, coefficients);
        jpeg_finish_compress(&out_);
        return true;
    }
    std::string_view result() const { return {reinterpret_cast<const char*>(buffer_), size_}; }

private:
    Failing failing_;
    jpeg_decompress_struct in_{};
    jpeg_compress_struct out_{};
    unsigned char* buffer_ = nullptr;
    unsigned long size_ = 0;
};

}  // namespace

std::optional<std::string> jpeg_luminance(std::string_view jpeg) {
    Transcoder transcoder;
    if (!transcoder.run(jpeg)) return {};
    return std::string(transcoder.result());
}

}  // namespace pli::render
