#pragma once
#include <algorithm>
#include <cstdint>
#include <deque>
#include <vector>

#include "base/letter.hpp"
#include "render/batch_pdf.hpp"

namespace pli::pipeline {

/// The contents of a batch's pages. Letters are bound one behind the other, so nearly every object number is the one
/// before it and one more: only where that breaks is a number kept.
class ContentRow {
public:
    void add(render::ContentId content) {
        if (runs_.empty() || runs_.back().object + (size_ - runs_.back().first) != content.object)
            runs_.push_back({size_, content.object});
        ++size_;
    }
    std::uint32_t size() const { return size_; }
    render::ContentId operator[](std::uint32_t page) const {
        auto run = std::upper_bound(runs_.begin(), runs_.end(), page,
                                    [](std::uint32_t at, const Run& later) { return at < later.first; });
        --run;
        return {run->object + (page - run->first)};
    }

private:
    struct Run {
        std::uint32_t first, object;  // page `first` is `object`, the next one the object behind it
    };
    std::vector<Run> runs_;
    std::uint32_t size_ = 0;
};

/// The pieces of a batch in their final order, as little as arithmetic needs: 4 bytes a piece. What people want to
/// know about a piece waits on disk in PieceNotes.
/// Units    pieces, pages and sheets are counted from 0 here; paper and manifest count from 1
/// Threads  one thread at a time
class PieceList {
public:
    explicit PieceList(Sides sides) : sides_(sides) {}

    void add_piece() { first_page_.push_back(contents_.size()); }
    /// Of a reprint, whose pieces keep the numbers they had.
    void call_last(std::uint32_t number) { numbers_.push_back(number); }
    const std::vector<std::uint32_t>* numbers() const { return numbers_.empty() ? nullptr : &numbers_; }
    /// A page of the last piece.
    void add_page(render::ContentId content) { contents_.add(content); }

    Sides sides() const { return sides_; }
    std::uint32_t count() const { return static_cast<std::uint32_t>(first_page_.size()); }
    std::uint32_t total_pages() const { return contents_.size(); }
    std::uint32_t pages(std::uint32_t piece) const {
        const auto end = piece + 1 < first_page_.size() ? first_page_[piece + 1] : total_pages();
        return end - first_page_[piece];
    }
    std::uint32_t pages_per_sheet() const { return sides_ == Sides::Duplex ? 2 : 1; }
    std::uint32_t sheets(std::uint32_t piece) const {
        return (pages(piece) + pages_per_sheet() - 1) / pages_per_sheet();
    }
    render::ContentId content(std::uint32_t piece, std::uint32_t page) const {
        return contents_[first_page_[piece] + page];
    }

private:
    Sides sides_;
    std::deque<std::uint32_t> first_page_;  // a growing vector would need twice its size while it moves
    ContentRow contents_;
    std::vector<std::uint32_t> numbers_;
};

}  // namespace pli::pipeline
