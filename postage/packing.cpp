#include "postage/packing.hpp"

#include <algorithm>
#include <span>

namespace pli::postage {
namespace {

using Runs = std::span<const PostalRun>;

/// Fills units of one kind over a stretch of the posting.
class Packer {
public:
    Packer(const SortRules& rules, const Unit& unit, const LoadOf& load, std::vector<Pack>& packs)
        : rules_(rules), unit_(unit), load_(load), packs_(packs) {}

    /// `end`: the piece behind the last run.
    void fill(Runs runs, std::uint32_t end) {
        end_ = end;
        all_ = runs;
        for (std::size_t from = 0; from < runs.size();) {
            std::size_t to = from;
            while (to < runs.size() && is_abroad(runs[to]) == is_abroad(runs[from])) ++to;
            if (is_abroad(runs[from]))
                by_country(from, to);
            else
                by_level(from, to, 0);
            from = to;
        }
    }

private:
    static bool is_abroad(const PostalRun& run) { return run.key.starts_with(abroad); }
    std::uint32_t piece_at(std::size_t run) const { return run < all_.size() ? all_[run].first : end_; }
    std::uint32_t pieces_in(std::size_t from, std::size_t to) const { return piece_at(to) - piece_at(from); }

    /// Runs [from, to) are cut where `part` changes; what is large enough is packed under its name, neighbours that are
    /// not go on to `rest` together.
    template <class PartOf, class NameOf, class Rest>
    void divide(std::size_t from, std::size_t to, const PartOf& part, const NameOf& name, const Rest& rest) {
        std::size_t waiting = from;
        for (std::size_t run = from; run < to;) {
            std::size_t next = run;
            while (next < to && part(all_[next].key) == part(all_[run].key)) ++next;
            if (pieces_in(run, next) >= unit_.least) {
                if (waiting < run) rest(waiting, run);
                emit(run, next, name(part(all_[run].key)));
                waiting = next;
            }
            run = next;
        }
        if (waiting < to) rest(waiting, to);
    }

    void by_level(std::size_t from, std::size_t to, std::size_t depth) {
        if (depth == unit_.levels.size()) return emit(from, to, "mixed");
        const auto& level = rules_.levels[static_cast<std::size_t>(unit_.levels[depth])];
        divide(
            from, to, [&](std::string_view key) { return level.part_of(key); },
            [&](std::string_view part) {
                return part.starts_with('~') ? std::string("sort by hand") : level.name + " " + rules_.shown(part);
            },
            [&](std::size_t a, std::size_t b) { by_level(a, b, depth + 1); });
    }

    void by_country(std::size_t from, std::size_t to) {
        divide(
            from, to, [](std::string_view key) { return key; },
            [](std::string_view key) { return std::string(key.substr(1)); },
            [this](std::size_t a, std::size_t b) { emit(a, b, "abroad"); });
    }

    std::string shown(const PostalRun& run) const { return is_abroad(run) ? run.key.substr(1) : rules_.shown(run.key); }

    bool is_full(const Pack& pack, const Load& next) const {
        return pack.pieces() >= unit_.most_pieces || pack.mass + next.mass > unit_.most_mass ||
               pack.height + next.thickness > unit_.most_height;
    }

    void emit(std::size_t from, std::size_t to, const std::string& destination) {
        bool open = false;
        for (std::size_t run = from; run < to; ++run)
            for (auto piece = piece_at(run); piece < piece_at(run + 1); ++piece) {
                const auto load = load_(piece);
                if (!open || is_full(packs_.back(), load)) {
                    packs_.push_back({piece, piece, destination, shown(all_[run]), {}, {}, {}, 0});
                    open = true;
                }
                auto& pack = packs_.back();
                ++pack.end;
                pack.mass += load.mass;
                pack.height += load.thickness;
                if (pack.to.empty() || piece == piece_at(run)) pack.to = shown(all_[run]);
            }
    }

    const SortRules& rules_;
    const Unit& unit_;
    const LoadOf& load_;
    std::vector<Pack>& packs_;
    Runs all_;
    std::uint32_t end_ = 0;
};

/// The runs within [first, end), the first one cut to begin there.
std::vector<PostalRun> cut_out(Runs runs, const Pack& pack) {
    auto from = std::upper_bound(runs.begin(), runs.end(), pack.first,
                                 [](std::uint32_t piece, const PostalRun& run) { return piece < run.first; });
    std::vector<PostalRun> part;
    for (--from; from != runs.end() && from->first < pack.end; ++from)
        part.push_back({from->key, std::max(from->first, pack.first)});
    return part;
}

}  // namespace

Packing pack(const std::vector<PostalRun>& runs, std::uint32_t pieces, const SortRules& rules, const LoadOf& load) {
    Packing packing;
    if (pieces == 0 || runs.empty()) return packing;
    Packer(rules, rules.container, load, packing.containers).fill(runs, pieces);
    if (!rules.bundle) return packing;
    for (std::uint32_t tray = 0; tray < packing.containers.size(); ++tray) {
        const auto& container = packing.containers[tray];
        const auto before = packing.bundles.size();
        const auto part = cut_out(runs, container);
        Packer(rules, *rules.bundle, load, packing.bundles).fill(part, container.end);
        for (auto i = before; i < packing.bundles.size(); ++i) packing.bundles[i].container = tray;
    }
    return packing;
}

}  // namespace pli::postage
