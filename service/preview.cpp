#include "service/preview.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "intake/intake.hpp"
#include "layouts/template.hpp"
#include "render/batch_pdf.hpp"
#include "render/page_content.hpp"
#include "render/proof.hpp"
#include "service/composing.hpp"
#include "store/letter_store.hpp"
#include "uploads/import.hpp"

namespace pli::service {
namespace fs = std::filesystem;
namespace {

/// A file that goes away with its owner.
class ScratchFile {
public:
    explicit ScratchFile(std::string_view suffix)
        : path_((fs::temp_directory_path() / fmt::format("pli-preview-{}{}", ::getpid(), suffix)).string()) {}
    ~ScratchFile() {
        std::error_code ignored;
        fs::remove(path_, ignored);
    }
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

/// A letter and whatever its views point into.
struct Shown {
    std::string template_name;
    Letter letter;
    std::string text;
    std::optional<intake::LetterReader> reader;
};

Result<std::string> sample_of(const Workspace& workspace, const std::string& template_name) {
    const auto path = workspace.template_folder(template_name) + "/template.json";
    const auto parsed = nlohmann::json::parse(TRY(read_file(path)), nullptr, false);
    if (parsed.is_discarded() || !parsed.is_object())
        return failure(Fault::BadInput, path, "is not a JSON object", "see: pli template check " + template_name);
    return parsed.value("sample", nlohmann::json::object()).dump();
}

Result<std::string> data_of(const Workspace& workspace, const PreviewRequest& request) {
    if (request.data_file.empty()) return sample_of(workspace, request.template_name);
    const auto text = TRY(read_file(request.data_file));
    const auto parsed = nlohmann::json::parse(text, nullptr, false);
    if (!parsed.is_object())
        return failure(Fault::BadInput, request.data_file, "is not a JSON object",
                       "expected {\"first_name\": \"…\", …}");
    return parsed.dump();
}

/// Goes the way of any letter: through the reader of JSON lines.
Done read_data(const Workspace& workspace, const PreviewRequest& request, Shown& shown) {
    const ScratchFile line(".jsonl");
    if (auto* file = std::fopen(line.path().c_str(), "wb")) {
        const auto json = TRY(data_of(workspace, request)) + "\n";
        std::fwrite(json.data(), 1, json.size(), file);
        std::fclose(file);
    }
    intake::Options options;
    options.template_name = request.template_name;
    shown.reader.emplace(TRY(intake::LetterReader::open(line.path(), options)));
    jobs::NewLetter data;
    if (!shown.reader->next(data)) {
        TRY(Done(shown.reader->status()));
        const auto& errors = shown.reader->report().errors;
        if (!errors.empty()) return tl::unexpected(errors.front().error);
        return failure(Fault::BadInput, request.data_file, "holds no letter");
    }
    shown.letter.key = "preview";
    shown.letter.locale = data.locale;
    shown.letter.recipient = data.recipient;
    shown.letter.fields = data.fields;
    return {};
}

Done fetch(const Workspace& workspace, const PreviewRequest& request, Shown& shown) {
    if (!request.letter) {
        shown.template_name = request.template_name;
        return read_data(workspace, request, shown);
    }
    const auto queue = TRY(store::open_sqlite(workspace.queue));
    shown.letter = TRY(queue->load(*request.letter, shown.template_name));
    shown.letter.template_index = 0;
    return {};
}

Result<std::string> as_png(const layouts::TypesetLetter& typeset, const Composing& composing,
                           const PreviewRequest& request) {
    if (request.page < 1 || static_cast<std::size_t>(request.page) > typeset.page_count)
        return failure(Fault::NotFound, fmt::format("page {}", request.page),
                       fmt::format("the letter has {} page(s)", typeset.page_count));
    render::ProofOptions options;
    options.dpi = request.dpi;
    options.rasterise = [](const ForeignPage& page, int dpi) -> Result<render::Picture> {
        auto raster = TRY(uploads::rasterise(*page.source, page.source_page, dpi, "the uploaded page"));
        return render::Picture{raster.columns, raster.rows, std::move(raster.rgb)};
    };
    const auto& frame = typeset.pages[static_cast<std::size_t>(request.page) - 1];
    return render::encode_png(TRY(render::draw_proof(frame, *composing.fonts, *composing.assets, options)),
                              request.dpi);
}

Result<std::string> as_pdf(const layouts::TypesetLetter& typeset, const Composing& composing,
                           const PreviewRequest& request) {
    const ScratchFile file(".pdf");
    auto pdf = TRY(render::BatchPdf::create({file.path(), "Preview", "preview", Instant::midnight(request.day)},
                                            *composing.fonts, *composing.assets));
    render::ContentEncoder encoder(*composing.fonts, *composing.assets);
    render::ResourceUse use;
    render::PageContent content;
    std::vector<render::SheetSide> sides;
    for (std::size_t i = 0; i < typeset.page_count; ++i) {
        TRY(encoder.encode(typeset.pages[i], use, content));
        const Rect whole{{}, typeset.pages[i].size};
        sides.push_back({whole.size, whole, whole, {TRY(pdf.append(content))}, 1});
    }
    std::size_t next = 0;
    TRY(pdf.close(use, [&](render::SheetSide& side) {
        if (next == sides.size()) return false;
        side = sides[next++];
        return true;
    }));
    return read_file(file.path());
}

}  // namespace

Result<Preview> preview(const Workspace& workspace, const PreviewRequest& request) {
    Shown shown;
    TRY(fetch(workspace, request, shown));
    const auto composing = TRY(compose(workspace, {shown.template_name}, request.day));
    if (!composing.broken.front().empty())
        return failure(Fault::BadInput, "template " + shown.template_name, composing.broken.front());
    layouts::Typesetter typesetter(*composing.fonts, *composing.assets, request.day, workspace.country);
    layouts::TypesetLetter typeset;
    TRY(typesetter.lay_out(composing.templates.front(), shown.letter, typeset));
    auto bytes = TRY(request.kind == PreviewKind::Png ? as_png(typeset, composing, request)
                                                      : as_pdf(typeset, composing, request));
    return Preview{std::move(bytes), typeset.page_count};
}

}  // namespace pli::service
