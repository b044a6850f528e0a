#include <fmt/format.h>

#include <algorithm>

#include "layouts/compiler.hpp"
#include "layouts/template_parse.hpp"

namespace pli::layouts {
namespace {

Rect rect_of(const std::optional<Placement>& box, const Rect& fallback) {
    return box ? Rect{{*box->x, *box->y}, {*box->width, *box->height}} : fallback;
}

/// Compiles a design whose profile is known. The order matters: all faces are asked for before anything is shaped.
class TemplateCompiler {
public:
    explicit TemplateCompiler(Compilation& shop)
        : shop_(shop), types_(shop), texts_(shop, types_), assets_(shop), blocks_(shop, types_, texts_, assets_) {}

    void run() {
        auto& state = shop_.state;
        state.flows = shop_.design.kind == TemplateKind::Document;
        state.production.colour = false;
        const auto behind = state.flows ? document() : pdf();
        if (shop_.findings.has_error()) return;
        fonts::Shaper shaper(shop_.workshop.fonts);
        Desk desk(shop_.workshop.fonts, shaper, shop_.workshop.day, shop_.workshop.country);
        desk.take(state);
        texts_.shape(desk, shaper);
        if (shop_.findings.has_error()) return;
        fit_lists(shop_, desk);
        for (PageDress& page : state.pages) find_rooms(shop_, desk, page);
        if (state.backs.dress) find_rooms(shop_, desk, *state.backs.dress);
        check_places(shop_);
        if (!shop_.findings.has_error()) draw_static_parts(shop_, desk, behind);
    }

private:
    PageDress dress(Size size, const Rect& body, const std::vector<BlockSpec>& fixed) {
        PageDress page;
        page.size = size;
        page.body = body;
        texts_.allow_page_numbers(true);
        for (const auto& block : fixed) blocks_.fixed(block, page.varying);
        texts_.allow_page_numbers(false);
        return page;
    }

    /// First page and follow-on page; gives what lies behind each.
    std::vector<AssetId> document() {
        const Design& design = shop_.design;
        const Rect body = rect_of(design.body_box, shop_.profile.body);
        const Rect body_next = rect_of(design.next_box, shop_.profile.body_next);
        PageDress first = dress(shop_.profile.sheet, body, design.fixed);
        PageDress next = dress(shop_.profile.sheet, body_next, design.next);
        if (design.return_line) blocks_.return_line(*design.return_line, first.varying);
        if (design.address) first.address = blocks_.address(*design.address);
        const auto foot = dress({}, {}, design.footer).varying;
        first.varying.insert(first.varying.end(), foot.begin(), foot.end());
        next.varying.insert(next.varying.end(), foot.begin(), foot.end());
        const Length measure = std::min(body.size.width, body_next.size.width);
        for (const auto& block : design.body) blocks_.flow(block, measure, shop_.state.body);
        drop_unreached(first, PageScope::FollowOn);
        drop_unreached(next, PageScope::First);
        if (design.back) back(*design.back);
        std::vector<AssetId> letterhead;
        if (!design.letterhead.empty()) letterhead = foreign(design.letterhead, "/letterhead", {&first, &next});
        shop_.state.pages.push_back(std::move(first));
        shop_.state.pages.push_back(std::move(next));
        // A letterhead's second page is for the follow-on pages; one of a single page is for the first alone.
        return letterhead;
    }

    /// A PDF behind what is set. Lines of its page n that hold placeholders are set for each letter, on `sides[n]`.
    std::vector<AssetId> foreign(const std::string& file, const std::string& pointer,
                                 const std::vector<PageDress*>& sides) {
        if (!shop_.design.fills_placeholders) return assets_.pages(file, pointer);
        AssetCompiler::PageLines lines;
        const auto pages = assets_.fillable_pages(file, pointer, lines);
        for (std::size_t i = 0; i < std::min({lines.size(), pages.size(), sides.size()}); ++i)
            set_lines(*sides[i], {pages[i], i + 1, lines[i]});
        return pages;
    }

    void set_lines(PageDress& side, const OpenUpload& page) {
        texts_.allow_page_numbers(true);
        auto lines = field_lines(shop_, texts_, page);
        texts_.allow_page_numbers(false);
        side.varying.insert(side.varying.end(), std::make_move_iterator(lines.begin()),
                            std::make_move_iterator(lines.end()));
    }

    /// What a page never shows needs no look at each letter.
    static void drop_unreached(PageDress& page, PageScope scope) {
        auto& items = page.varying;
        const auto unreached = [&](const FixedItem& item) { return item.pages == scope; };
        items.erase(std::remove_if(items.begin(), items.end(), unreached), items.end());
    }

    void back(const BackSpec& spec) {
        Backs& backs = shop_.state.backs;
        const Rect body = rect_of(spec.body_box, shop_.profile.body_next);
        backs.dress = dress(shop_.profile.sheet, body, spec.fixed);
        backs.every_sheet = spec.every_sheet;
        for (const auto& block : spec.body) blocks_.flow(block, body.size.width, backs.body);
        if (spec.file.empty()) return;
        const auto pages = foreign(spec.file, pointer_to(spec.pointer, "pdf"), {&*backs.dress});
        if (!pages.empty()) backs.behind = pages.front();
        if (pages.size() > 1)
            shop_.findings.warning("page-size", pointer_to(spec.pointer, "pdf"),
                                   fmt::format("{} pages, of which the back shows the first", pages.size()));
    }

    std::vector<AssetId> pdf() {
        AssetCompiler::PageLines lines;
        const auto pages = shop_.design.fills_placeholders ? assets_.fillable_pages(shop_.design.file, "/file", lines)
                                                           : assets_.pages(shop_.design.file, "/file");
        for (const AssetId id : pages) shop_.state.pages.push_back(dress(assets_.size_of(id), {}, {}));
        for (std::size_t i = 0; i < std::min(lines.size(), pages.size()); ++i)
            set_lines(shop_.state.pages[i], {pages[i], i + 1, lines[i]});
        check_page_sizes();
        for (const auto& stamp : shop_.design.stamps) add_stamp(stamp);
        return pages;
    }

    void check_page_sizes() {
        const auto off = [](Length a, Length b) { return a > b + 1_mm || b > a + 1_mm; };
        const Size sheet = shop_.profile.sheet;
        for (std::size_t i = 0; i < shop_.state.pages.size(); ++i) {
            const Size size = shop_.state.pages[i].size;
            if (!off(size.width, sheet.width) && !off(size.height, sheet.height)) continue;
            shop_.findings.warning(
                "page-size", "/file",
                fmt::format("page {} is {:.0f} x {:.0f} mm, the sheet {:.0f} x {:.0f} mm", i + 1, size.width.to_mm(),
                            size.height.to_mm(), sheet.width.to_mm(), sheet.height.to_mm()));
        }
    }

    void add_stamp(const BlockSpec& stamp) {
        const auto page = static_cast<std::size_t>(std::max(stamp.page, 1)) - 1;
        if (page >= shop_.state.pages.size()) {
            if (shop_.state.pages.empty()) return;  // the file itself is the finding
            return shop_.findings.error("no-page", pointer_to(stamp.pointer, "page"),
                                        fmt::format("the PDF has {} pages", shop_.state.pages.size()));
        }
        PageDress& dress = shop_.state.pages[page];
        if (std::holds_alternative<AddressSpec>(stamp.content))
            dress.address = blocks_.address(stamp);
        else if (std::holds_alternative<ReturnLineSpec>(stamp.content))
            blocks_.return_line(stamp, dress.varying);
        else
            fixed_stamp(stamp, dress);
    }

    void fixed_stamp(const BlockSpec& stamp, PageDress& dress) {
        texts_.allow_page_numbers(true);
        blocks_.fixed(stamp, dress.varying);
        texts_.allow_page_numbers(false);
    }

    Compilation& shop_;
    TypeBook types_;
    TextCompiler texts_;
    AssetCompiler assets_;
    BlockCompiler blocks_;
};

/// The pages of an upload are counted: more sheets than the envelope takes go into the larger one.
const std::string& envelope_for(const Compilation& shop) {
    const Profile& profile = shop.profile;
    const std::size_t pages = shop.state.pages.size();
    const std::size_t sheets = shop.design.sides == Sides::Duplex ? (pages + 1) / 2 : pages;
    const bool outgrown = shop.design.kind == TemplateKind::Pdf && profile.larger && profile.most_sheets > 0 &&
                          sheets > static_cast<std::size_t>(profile.most_sheets);
    return outgrown ? profile.larger->name : profile.envelope;
}

void describe_production(const Compilation& shop) {
    auto& production = shop.state.production;
    production.paper = shop.design.paper;
    production.envelope = envelope_for(shop);
    production.sides = shop.design.sides;
    if (shop.design.sheet_code) production.sheet_code = shop.profile.sheet_code;
    if (!shop.state.pages.empty() && shop.state.pages.front().address) production.window = shop.profile.always_visible;
    if (shop.profile.franking) production.franking = *shop.profile.franking;
    production.inserts = shop.design.inserts;
}

std::string version_of(Compilation& shop, std::string_view json) {
    Digest& digest = shop.digest;
    digest.add(json);
    const Profile& profile = shop.profile;
    digest.add(fmt::format("{} {} {}", profile.name, profile.valid_from.iso(), shop.workshop.country));
    for (const Length length : {profile.address.left(), profile.address.top(), profile.body.left(), profile.body.top(),
                                profile.body.right(), profile.body.bottom(), profile.address_size,
                                profile.address_leading, profile.sheet.width, profile.sheet.height})
        digest.add(fmt::format(" {}", length.nm()));
    for (const TypeStyle& style : shop.state.styles)
        for (const FaceId face : shop.workshop.fonts.faces_of(style.chain))
            digest.add(shop.workshop.fonts.face(face).postscript_name);
    return Digest::hex(digest.finish()).substr(0, 16);
}

void compile_design(std::string_view name, std::string_view json, const Design& design, FindingList& findings,
                    Workshop& workshop, Compiled& out) {
    const auto profile = workshop.profiles.find(design.profile, workshop.day);
    if (!profile) return findings.failed("unknown-profile", "/profile", profile.error());
    auto result = std::make_unique<CompiledTemplate>();
    auto& state = *result->state;
    state.name = name;
    state.locale = design.locale;
    state.country = workshop.country;
    state.limits = {design.max_pages, design.max_sheets, design.overflow, static_cast<int>(design.shrink_to * 1000)};
    state.backs.left = design.leaves_backs;
    Compilation shop{design, **profile, workshop, findings, state, {}, {}};
    TemplateCompiler(shop).run();
    describe_production(shop);
    state.version = version_of(shop, json);
    if (!findings.has_error()) out.result = std::move(result);
}

}  // namespace

CompiledTemplate::CompiledTemplate() : state(std::make_unique<State>()) {}
CompiledTemplate::~CompiledTemplate() = default;
CompiledTemplate::CompiledTemplate(CompiledTemplate&&) noexcept = default;
CompiledTemplate& CompiledTemplate::operator=(CompiledTemplate&&) noexcept = default;
const std::string& CompiledTemplate::name() const { return state->name; }
const std::string& CompiledTemplate::version() const { return state->version; }
const std::string& CompiledTemplate::locale() const { return state->locale; }
const Production& CompiledTemplate::production() const { return state->production; }

std::vector<std::string> CompiledTemplate::placeholders() const {
    std::vector<std::string> paths;
    const auto is_own = [&](std::size_t slot) {
        const auto among = [&](const auto& slots) {
            return std::find(slots.begin(), slots.end(), slot) != slots.end();
        };
        return among(state->page_slots) || among(state->pages_slots) || among(state->sum_slots);
    };
    for (std::size_t i = 0; i < state->placeholders.size(); ++i) {
        const std::string& path = state->placeholders[i].path;
        if (!is_own(i) && std::find(paths.begin(), paths.end(), path) == paths.end()) paths.push_back(path);
    }
    return paths;
}

Compiled compile(std::string_view name, std::string_view json, Workshop& workshop) {
    Compiled out;
    const auto source = JsonSource::parse(fmt::format("templates/{}/template.json", name), std::string(json));
    if (!source) {
        out.findings.push_back({Finding::Severity::Error, "syntax", source.error()});
        return out;
    }
    FindingList findings(*source);
    const Design design = read_design(findings);
    compile_design(name, json, design, findings, workshop, out);
    out.findings = findings.take();
    return out;
}

}  // namespace pli::layouts
