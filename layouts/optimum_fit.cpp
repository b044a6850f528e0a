// Knuth and Plass: of all ways to break a paragraph, the one with the fewest demerits. Whole numbers throughout, so
// that every machine breaks alike.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>

#include "layouts/boxes.hpp"
#include "layouts/compiled_template.hpp"
#include "layouts/word_divider.hpp"

namespace pli::layouts {
namespace {

// TeX's values, as plain TeX sets them.
constexpr std::int64_t line_penalty = 10, fitness_demerits = 10'000, double_hyphen_demerits = 10'000,
                       final_hyphen_demerits = 5'000;
constexpr std::int32_t hyphen_penalty = 50, last_word_penalty = 1'000;
constexpr std::int64_t awful = 10'000;  // the badness of what stretches without end
/// A last line shorter than this many spaces looks like a mistake.
constexpr std::int64_t short_last_line_spaces = 8, short_last_line_demerits = 20'000;

enum Fitness : std::uint8_t { VeryLoose, Loose, Decent, Tight };

/// TeX §108: about 100 (rest / give)³, without a fraction.
std::int64_t badness(std::int64_t rest, std::int64_t give) {
    if (rest == 0) return 0;
    if (give <= 0) return awful;
    const std::int64_t ratio = rest > give * 5 ? 1'485 : rest * 297 / give;
    return std::min(awful, (ratio * ratio * ratio + (1 << 17)) >> 18);
}

/// One walk over the paragraph with one idea of what is still good enough.
struct Pass {
    std::int64_t tolerance = 100;
    bool dictionary = false;     // also divide where only the dictionary says so
    std::int64_t emergency = 0;  // room each line may be short of without blame
    bool last = false;           // take what there is
};

class OptimumFit {
public:
    OptimumFit(Prose& prose, Length measure, const Pass& pass)
        : prose_(prose), fit_(prose.fitting), measure_(measure.nm()), pass_(pass) {}

    /// Breaks boxes up to the next forced line end; false where no way is good enough.
    bool run(std::uint32_t first, std::uint32_t end, std::vector<LineEnd>& ends) {
        list_places(first, end);
        fit_.nodes.assign(1, FitNode{});
        fit_.nodes.front().fitness = Decent;
        fit_.active.assign(1, 0);
        for (std::uint32_t place = 1; place < fit_.places.size(); ++place) {
            try_place(place);
            if (fit_.active.empty()) return false;
        }
        trace_back(ends);
        return true;
    }

    /// Each line as full as it can be.
    void run_greedily(std::uint32_t first, std::uint32_t end, std::vector<LineEnd>& ends) {
        list_places(first, end);
        int hyphens = 0;
        for (std::uint32_t start = 0; start + 1 < fit_.places.size();) {
            start = fullest_from(start, hyphens < prose_.manner.most_hyphens);
            hyphens = fit_.places[start].hyphen ? hyphens + 1 : 0;
            ends.push_back(fit_.places[start].end);
        }
    }

private:
    std::uint32_t fullest_from(std::uint32_t start, bool may_divide) const;
    void list_places(std::uint32_t first, std::uint32_t end);
    void let_signs_hang(std::uint32_t first);
    void add_divisions(std::uint32_t at, std::int64_t pen, std::int64_t spaces, bool last_word);
    void try_place(std::uint32_t place);
    bool weigh(std::uint32_t node, std::uint32_t place, bool only);
    std::int64_t demerits_of(std::int64_t bad, const FitNode& from, const FitPlace& to, std::uint8_t fitness) const;
    void offer(FitNode candidate);
    void trace_back(std::vector<LineEnd>& ends) const;

    Prose& prose_;
    Fitting& fit_;
    const std::int64_t measure_;
    const Pass pass_;
    std::array<FitNode, 4> best_;
};

void OptimumFit::add_divisions(std::uint32_t at, std::int64_t pen, std::int64_t spaces, bool last_word) {
    const Box& box = prose_.boxes[at];
    for (std::uint32_t i = box.first_division; i < std::uint32_t{box.first_division} + box.division_count; ++i) {
        const Division& division = prose_.divisions[i];
        if (!division.asked && !pass_.dictionary) continue;
        const std::int64_t rest = box.width.nm() - division.tail_width.nm();
        fit_.places.push_back({{at, static_cast<std::int32_t>(i)},
                               pen + division.head_width.nm(),
                               pen + rest,
                               spaces,
                               spaces,
                               last_word ? last_word_penalty : hyphen_penalty,
                               true});
    }
}

/// The last place the line from here reaches. A ragged line is long enough at seven eighths: no hyphen for so little.
std::uint32_t OptimumFit::fullest_from(std::uint32_t start, bool may_divide) const {
    const std::int64_t enough = prose_.manner.justified ? measure_ : measure_ * 7 / 8;
    std::uint32_t best = start;
    for (std::uint32_t place = start + 1; place < fit_.places.size(); ++place) {
        const FitPlace& to = fit_.places[place];
        const std::int64_t length = to.to - fit_.places[start].from;
        if (length > measure_ && !to.hyphen) break;
        if (length > measure_ || (to.hyphen && !may_divide)) continue;
        const bool full = best > start && fit_.places[best].to - fit_.places[start].from >= enough;
        if (!to.hyphen || !full) best = place;
    }
    return std::max(best, start + 1);
}

/// Place 0 is the paragraph's start.
void OptimumFit::list_places(std::uint32_t first, std::uint32_t end) {
    fit_.places.assign(1, FitPlace{});
    std::int64_t pen = 0, spaces = 0;
    for (std::uint32_t i = first; i < end; ++i) {
        const Box& box = prose_.boxes[i];
        const bool last = i + 1 == end;
        // A piece of a word alone on the last line is what a compositor would do anything to avoid.
        if (box.division_count > 0 && (!last || pass_.last)) add_divisions(i, pen, spaces, last);
        pen += box.width.nm();
        const std::int64_t space = has_space(box.after) && !last ? box.space.nm() : 0;
        if (last || box.after > After::Tie)
            fit_.places.push_back({{i, -1}, pen, pen + space, spaces, spaces + space, 0, false});
        pen += space;
        spaces += space;
    }
    if (prose_.styles) let_signs_hang(first);
}

/// What goes into the margin is no part of a line's width.
void OptimumFit::let_signs_hang(std::uint32_t first) {
    const auto left_of = [&](const Box& box) {
        return hangs_left((*prose_.styles)[box.style], box.glyphs, box.count).nm();
    };
    fit_.places.front().from = left_of(prose_.boxes[first]);
    for (FitPlace& place : fit_.places) {
        if (&place == &fit_.places.front()) continue;
        const Box& box = prose_.boxes[place.end.box];
        const TypeStyle& style = (*prose_.styles)[box.style];
        if (place.end.division < 0) {
            place.to -= hangs_right(style, box.glyphs, box.count).nm();
            if (&place != &fit_.places.back()) place.from += left_of(prose_.boxes[place.end.box + 1]);
        } else {
            const Division& division = prose_.divisions[static_cast<std::size_t>(place.end.division)];
            place.to -= hangs_right(style, division.head, division.head_count).nm();
            place.from += hangs_left(style, division.tail, division.tail_count).nm();
        }
    }
}

std::int64_t OptimumFit::demerits_of(std::int64_t bad, const FitNode& from, const FitPlace& to,
                                     std::uint8_t fitness) const {
    const std::int64_t penalty = to.penalty;
    std::int64_t demerits = (line_penalty + bad) * (line_penalty + bad) + penalty * penalty;
    const bool after_hyphen = fit_.places[from.place].hyphen;
    const bool final = &to == &fit_.places.back();
    if (after_hyphen && to.hyphen) demerits += double_hyphen_demerits;
    if (after_hyphen && final) demerits += final_hyphen_demerits;
    if (std::abs(fitness - from.fitness) > 1) demerits += fitness_demerits;
    return demerits;
}

void OptimumFit::offer(FitNode candidate) {
    FitNode& best = best_[candidate.fitness];
    if (candidate.demerits < best.demerits) best = candidate;
}

/// Weighs the line from an active node to a place. False: the line is too full, and so is every later one.
bool OptimumFit::weigh(std::uint32_t node, std::uint32_t place, bool only) {
    const FitNode& from = fit_.nodes[node];
    const FitPlace &start = fit_.places[from.place], &to = fit_.places[place];
    const bool final = place + 1 == fit_.places.size();
    const std::int64_t rest = measure_ - (to.to - start.from), spaces = to.spaces_to - start.spaces_from;
    const std::int64_t shrink = prose_.manner.justified ? shrink_of_space(Length::nm(spaces)).nm() : 0;
    std::int64_t bad = 0;
    std::uint8_t fitness = Decent;
    const bool overfull = -rest > shrink;
    if (overfull) {
        if (!pass_.last || !only) return false;
        bad = awful;  // nowhere else to go: an overfull line, and no blame handed on
    } else if (rest < 0) {
        bad = badness(-rest, shrink);
        if (bad > 12) fitness = Tight;
    } else if (!final) {
        const std::int64_t give = prose_.manner.justified ? stretch_of_space(Length::nm(spaces)).nm() : measure_ / 12;
        bad = badness(rest, give + pass_.emergency);
        fitness = bad > 99 ? VeryLoose : bad > 12 ? Loose : Decent;
    }
    if (bad > pass_.tolerance && !overfull) return true;
    const auto hyphens = static_cast<std::uint8_t>(to.hyphen ? from.hyphens + 1 : 0);
    if (hyphens > prose_.manner.most_hyphens && !pass_.last) return true;
    std::int64_t demerits = from.demerits + demerits_of(bad, from, to, fitness);
    if (hyphens > prose_.manner.most_hyphens) demerits += double_hyphen_demerits * awful;
    const bool stub = final && node > 0 && measure_ - rest < short_last_line_spaces * prose_.boxes.front().space.nm();
    if (stub) demerits += short_last_line_demerits;
    offer({place, static_cast<std::int32_t>(node), demerits, fitness, hyphens});
    return !overfull;
}

void OptimumFit::try_place(std::uint32_t place) {
    constexpr auto none = std::numeric_limits<std::int64_t>::max();
    for (FitNode& best : best_) best.demerits = none;
    const bool final = place + 1 == fit_.places.size();
    std::size_t kept = 0;
    const std::size_t count = fit_.active.size();
    for (std::size_t i = 0; i < count; ++i) {
        const bool nothing_else = kept == 0 && i + 1 == count &&
                                  std::all_of(best_.begin(), best_.end(), [](auto& b) { return b.demerits == none; });
        if (weigh(fit_.active[i], place, nothing_else) && !final) fit_.active[kept++] = fit_.active[i];
    }
    fit_.active.resize(kept);
    std::int64_t least = none;
    for (const FitNode& best : best_) least = std::min(least, best.demerits);
    for (const FitNode& best : best_) {
        // What a better fitness can never make up for need not be followed.
        if (best.demerits == none || best.demerits > least + fitness_demerits) continue;
        fit_.active.push_back(static_cast<std::uint32_t>(fit_.nodes.size()));
        fit_.nodes.push_back(best);
    }
}

void OptimumFit::trace_back(std::vector<LineEnd>& ends) const {
    const auto fewest = std::min_element(fit_.active.begin(), fit_.active.end(), [&](std::uint32_t a, std::uint32_t b) {
        return fit_.nodes[a].demerits < fit_.nodes[b].demerits;
    });
    const auto first = static_cast<std::ptrdiff_t>(ends.size());
    for (auto at = static_cast<std::int32_t>(*fewest); at > 0; at = fit_.nodes[static_cast<std::size_t>(at)].before)
        ends.push_back(fit_.places[fit_.nodes[static_cast<std::size_t>(at)].place].end);
    std::reverse(ends.begin() + first, ends.end());
}

/// First without the dictionary, then with it and more tolerant, then with whatever room a line needs.
void break_stretch(Prose& prose, Length measure, std::uint32_t first, std::uint32_t end, std::vector<LineEnd>& ends) {
    if (!prose.manner.optimum) {
        if (prose.divider) prose.divider->divide_fields(prose);
        return OptimumFit(prose, measure, {awful, true, 0, true}).run_greedily(first, end, ends);
    }
    if (OptimumFit(prose, measure, {100, false, 0, false}).run(first, end, ends)) return;
    if (prose.divider) prose.divider->divide_fields(prose);
    if (OptimumFit(prose, measure, {200, true, 0, false}).run(first, end, ends)) return;
    OptimumFit(prose, measure, {awful, true, measure.nm() / 20, true}).run(first, end, ends);
}

}  // namespace

void find_line_ends(Prose& prose, Length measure, std::vector<LineEnd>& ends) {
    ends.clear();
    const auto count = static_cast<std::uint32_t>(prose.boxes.size());
    std::uint32_t first = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        if (i + 1 < count && prose.boxes[i].after != After::Newline) continue;
        break_stretch(prose, measure, first, i + 1, ends);
        first = i + 1;
    }
}

}  // namespace pli::layouts
