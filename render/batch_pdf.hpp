#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/day.hpp"
#include "base/digest.hpp"
#include "base/result.hpp"
#include "fonts/font_set.hpp"
#include "frame/assets.hpp"
#include "render/document_parts.hpp"
#include "render/page_content.hpp"
#include "render/press_condition.hpp"

namespace pli::render {

/// A content stream already in the file.
struct ContentId {
    std::uint32_t object = 0;
};

/// One page of the print file: a sheet side with letters placed on it. The contents are drawn one after the other, each
/// a whole number of operators, so that "move into the cell" and "restore" are streams shared by all sheets.
struct SheetSide {
    Size media;
    Rect trim;  // from the top left, as everything
    Rect bleed;
    std::vector<ContentId> contents;
    PartOfSide part;
};

struct BatchPdfOptions {
    std::string path;
    std::string title;                          // of the Info dictionary: the batch's name
    std::string id;                             // seeds the file identifier
    Instant created;                            // of the run, never of the clock
    const PressCondition* condition = nullptr;  // none: coated_fogra39()
};

/// Content first, order last: streams are appended as they come; which page follows which is said when the file closes,
/// because a PDF's page order lives in its page tree. Memory: 8 bytes an object. Fonts, assets, page tree and
/// cross-reference table are written at the end. The file is PDF/X-4 and PDF/VT-1.
/// Source   ISO 32000-1 §7.5 (file structure), §7.7.3 (page tree); ISO 15930-7:2010; ISO 16612-2:2010
/// Errors   Environment: cannot write (disk full, permission), naming the path
/// Threads  append, add_shared, close from one thread at a time
class BatchPdf {
public:
    static Result<BatchPdf> create(BatchPdfOptions options, const fonts::FontSet& fonts, const Assets& assets);
    ~BatchPdf();
    BatchPdf(BatchPdf&&) noexcept;
    BatchPdf& operator=(BatchPdf&&) noexcept;

    Result<ContentId> append(const PageContent& content);
    /// Operators in clear, used on many sheets (marks, "q 1 0 0 1 x y cm", "Q").
    Result<ContentId> add_shared(std::string_view operators);

    struct Closed {
        Digest::Bytes sha256;
        std::uint64_t bytes = 0;
        std::uint32_t pages = 0;
    };
    /// `next` fills the side and returns true, or returns false after the last one. The file is synced.
    Result<Closed> close(const ResourceUse& use, const std::function<bool(SheetSide&)>& next,
                         const DocumentParts& parts = {});

private:
    struct State;
    explicit BatchPdf(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace pli::render
