#include "service/preview_desk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <thread>
#include <utility>
#include <vector>

#include "service/composing.hpp"
#include "service/drawing_board.hpp"
#include "service/file_versions.hpp"
#include "service/installation.hpp"
#include "service/one_letter.hpp"

namespace pli::service {
namespace {

constexpr std::size_t most_templates = 32;  // kept compiled; then the one that was not asked for longest goes

std::string within(const std::string& folder, const char* name) {
    return (std::filesystem::path(folder) / name).string();
}

/// Everything a template is compiled from, but pli.toml and the print house's file, which are the workspace's.
std::vector<std::string> sources_of(const Workspace& workspace, const std::string& template_name) {
    std::vector<std::string> paths{workspace.template_folder(template_name), profiles_folder()};
    for (const auto* folder : {"profiles", "fonts", "marks", "hyphenation"})
        paths.push_back(within(workspace.folder, folder));
    if (!workspace.print.output_profile.empty())
        paths.push_back(within(workspace.folder, workspace.print.output_profile.c_str()));
    return paths;
}

/// Takes a place among the letters that are drawn at once, and an easel.
class Seat {
public:
    explicit Seat(PreviewRoom& room) : room_(room) {
        room_.seats.acquire();
        const std::lock_guard lock(room_.mutex);
        if (room_.easels.empty()) return;
        easel_ = std::move(room_.easels.back());
        room_.easels.pop_back();
    }
    ~Seat() {
        {
            const std::lock_guard lock(room_.mutex);
            if (easel_) room_.easels.push_back(std::move(easel_));
        }
        room_.seats.release();
    }
    Seat(const Seat&) = delete;
    Seat& operator=(const Seat&) = delete;
    Easel& easel() {
        if (!easel_) easel_ = std::make_unique<Easel>();
        return *easel_;
    }

private:
    PreviewRoom& room_;
    std::unique_ptr<Easel> easel_;
};

std::ptrdiff_t at_once(int seats) {
    return seats > 0 ? seats : std::max<std::ptrdiff_t>(1, std::thread::hardware_concurrency());
}

}  // namespace

PreviewRoom::PreviewRoom(const Size& size)
    : shelf(size.pixel_bytes), readers(size.readers), rasters(shelf, readers), seats(at_once(size.seats)) {}

/// A template compiled, and boards to draw it on that nobody uses just now.
struct PreviewDesk::Warm {
    Warm(std::shared_ptr<const Workspace> of, Composing compiled, Day on, Result<std::string> data, std::string as,
         PreviewRoom& in)
        : workspace(std::move(of)),
          composing(std::move(compiled)),
          day(on),
          sample(std::move(data)),
          name(std::move(as)),
          room(in) {}

    std::shared_ptr<const Workspace> workspace;
    Composing composing;
    Day day;
    Result<std::string> sample;
    std::string name;
    PreviewRoom& room;
    std::mutex mutex{};
    std::vector<std::unique_ptr<DrawingBoard>> idle{};
    std::mutex looking{};  // an upload is looked at for half a second, once
    std::shared_ptr<const TemplateSheet> sheet{};

    std::unique_ptr<DrawingBoard> take() {
        {
            const std::lock_guard lock(mutex);
            if (!idle.empty()) {
                auto board = std::move(idle.back());
                idle.pop_back();
                return board;
            }
        }
        const auto rasterise = [this](const ForeignPage& page, int dpi) { return room.rasters.rasterise(page, dpi); };
        return std::make_unique<DrawingBoard>(composing, day, workspace->country,
                                              BoardSupplies{rasterise, &room.shelf, name});
    }
    void give_back(std::unique_ptr<DrawingBoard> board) {
        const std::lock_guard lock(mutex);
        idle.push_back(std::move(board));
    }
};

/// Where a template is kept; who finds it out of date holds the mutex while it is compiled, and others wait for that.
struct PreviewDesk::Place {
    std::mutex mutex;
    std::shared_ptr<const Workspace> workspace;  // what `warm` was made of, and
    std::string versions;                        //   the versions of the template's own files
    std::shared_ptr<Warm> warm;
    std::uint64_t used = 0;
};

PreviewDesk::PreviewDesk(std::string folder, PreviewRoom& room) : folder_(std::move(folder)), room_(room) {}
PreviewDesk::~PreviewDesk() = default;

Result<std::shared_ptr<const Workspace>> PreviewDesk::workspace() {
    auto versions = versions_of({within(folder_, "pli.toml"), within(folder_, "print-houses")});
    const std::lock_guard lock(mutex_);
    if (workspace_ != nullptr && versions == workspace_versions_) return workspace_;
    workspace_ = std::make_shared<const Workspace>(TRY(Workspace::open(folder_)));
    workspace_versions_ = std::move(versions);
    return workspace_;
}

std::shared_ptr<PreviewDesk::Place> PreviewDesk::place_for(const std::string& template_name, Day day) {
    const std::lock_guard lock(mutex_);
    auto& place = places_[{template_name, day}];
    if (place == nullptr) place = std::make_shared<Place>();
    place->used = ++clock_;
    auto found = place;  // the table may lose it below, if it is the only one
    if (places_.size() > most_templates)
        places_.erase(std::ranges::min_element(places_, {}, [](const auto& one) { return one.second->used; }));
    return found;
}

Result<std::shared_ptr<PreviewDesk::Warm>> PreviewDesk::warm(const Wanted& wanted) {
    static std::atomic<std::uint64_t> made{0};
    auto versions = versions_of(sources_of(*wanted.workspace, wanted.template_name));
    const auto place = place_for(wanted.template_name, wanted.day);
    const std::lock_guard lock(place->mutex);
    if (place->workspace != wanted.workspace || place->versions != versions) {
        place->warm.reset();
        place->versions.clear();  // where this fails, it is tried again
        auto composing = TRY(compose(*wanted.workspace, {wanted.template_name}, wanted.day));
        place->warm = std::make_shared<Warm>(wanted.workspace, std::move(composing), wanted.day,
                                             sample_data(*wanted.workspace, wanted.template_name),
                                             fmt::format("template {}", ++made), room_);
        place->workspace = wanted.workspace;
        place->versions = std::move(versions);
    }
    return place->warm;
}

/// What is shown where no letter is named: the data given, else the template's own.
Result<OneLetter> PreviewDesk::with_data(const PreviewRequest& request, const Warm& warm) {
    const bool own_data = !request.data.empty() || !request.data_file.empty();
    const auto data = own_data ? request.data : TRY(Result<std::string>(warm.sample));
    return find_letter(*warm.workspace, {{}, request.template_name, request.data_file, data});
}

Result<Preview> PreviewDesk::draw(const PreviewRequest& request) {
    const auto workspace = TRY(this->workspace());
    std::optional<OneLetter> shown;
    if (request.letter) shown.emplace(TRY(find_letter(*workspace, {request.letter, {}, {}, {}})));
    const auto warm = TRY(this->warm({workspace, shown ? shown->template_name : request.template_name, request.day}));
    const auto& broken = warm->composing.broken.front();
    if (!broken.empty())
        return failure(Fault::BadInput, "template " + (shown ? shown->template_name : request.template_name), broken);
    if (!shown) shown.emplace(TRY(with_data(request, *warm)));
    Seat seat(room_);
    auto board = warm->take();
    auto drawn = board->draw(shown->letter, request, seat.easel());
    warm->give_back(std::move(board));
    return drawn;
}

Result<Preview> PreviewDesk::draw_upload(const std::string& file, const PreviewRequest& request) {
    auto bytes = TRY(read_file(file));
    if (request.kind == PreviewKind::Pdf) return Preview{std::move(bytes), 0, {}, {}};
    ForeignPage page;
    page.source = std::make_shared<const std::string>(std::move(bytes));
    page.source_page = request.page - 1;
    Seat seat(room_);
    auto& easel = seat.easel();
    easel.canvas = render::canvas_of(TRY(room_.rasters.rasterise(page, request.dpi)));
    auto picture = TRY(encoded(request, easel));
    return Preview{std::move(picture), 0, {}, {}};
}

Result<std::shared_ptr<const TemplateSheet>> PreviewDesk::sheet(const std::string& template_name, Day day) {
    const auto workspace = TRY(this->workspace());
    const auto warm = TRY(this->warm({workspace, template_name, day}));
    const std::lock_guard lock(warm->looking);
    if (warm->sheet == nullptr)
        warm->sheet =
            std::make_shared<const TemplateSheet>(TRY(template_sheet(*workspace, template_name, warm->composing, day)));
    return warm->sheet;
}

}  // namespace pli::service
