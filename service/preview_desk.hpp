#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <semaphore>
#include <string>
#include <vector>

#include "service/drawing_board.hpp"
#include "service/one_letter.hpp"
#include "service/page_rasters.hpp"
#include "service/preview.hpp"
#include "service/template_sheet.hpp"

namespace pli::service {

/// What previews of all workspaces share: pixels, readers for uploads, and how many letters are drawn at once.
/// Threads  any
struct PreviewRoom {
    struct Size {
        std::size_t pixel_bytes = 256u << 20;
        int readers = 2;  // that wait for uploads
        int seats = 0;    // letters drawn at once; 0: as many as there are processors
    };
    explicit PreviewRoom(const Size& size);
    PreviewRoom() : PreviewRoom(Size{}) {}

    render::PixelShelf shelf;
    uploads::ReadyReaders readers;
    PageRasters rasters;
    std::counting_semaphore<> seats;
    std::mutex mutex;
    std::vector<std::unique_ptr<Easel>> easels;  // that nobody uses just now
};

/// Draws previews of one workspace as `preview` does, and keeps what is dear: compiled templates, fonts, shaped words,
/// glyphs and static layers in pixels. Before each preview it looks whether the template's files, fonts, profiles, the
/// print house's file or pli.toml have changed; what was made of older ones is then made anew.
/// Errors   as preview; Workspace::open, once pli.toml is broken
/// Threads  any; `room` is shared with other desks and outlives them
class PreviewDesk {
public:
    PreviewDesk(std::string folder, PreviewRoom& room);
    ~PreviewDesk();

    Result<Preview> draw(const PreviewRequest& request);

    /// A page of a PDF that is no template yet, with `page`, `dpi` and `kind` of the request; as PDF the file itself.
    /// Errors   as uploads::rasterise
    Result<Preview> draw_upload(const std::string& file, const PreviewRequest& request);

    /// What is known of a template, broken or not.
    Result<std::shared_ptr<const TemplateSheet>> sheet(const std::string& template_name, Day day);

private:
    struct Warm;
    struct Place;
    Result<std::shared_ptr<const Workspace>> workspace();
    std::shared_ptr<Place> place_for(const std::string& template_name, Day day);
    struct Wanted {
        std::shared_ptr<const Workspace> workspace;
        const std::string& template_name;
        Day day;
    };
    Result<std::shared_ptr<Warm>> warm(const Wanted& wanted);
    static Result<OneLetter> with_data(const PreviewRequest& request, const Warm& warm);

    std::string folder_;
    PreviewRoom& room_;
    std::mutex mutex_;
    std::string workspace_versions_;
    std::shared_ptr<const Workspace> workspace_;
    std::uint64_t clock_ = 0;
    std::map<std::pair<std::string, Day>, std::shared_ptr<Place>> places_;
};

}  // namespace pli::service
