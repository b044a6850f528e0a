#pragma once
#include <cstdint>
#include <deque>

#include "base/letter.hpp"
#include "render/batch_pdf.hpp"

namespace pli::pipeline {

/// The pieces of a batch in their final order, as little as arithmetic needs: 4 bytes a piece and 4 a page. What people
/// want to know about a piece waits on disk in PieceNotes.
/// Units    pieces, pages and sheets are counted from 0 here; paper and manifest count from 1
/// Threads  one thread at a time
class PieceList {
public:
    explicit PieceList(Sides sides) : sides_(sides) {}

    void add_piece() { first_page_.push_back(static_cast<std::uint32_t>(contents_.size())); }
    /// A page of the last piece.
    void add_page(render::ContentId content) { contents_.push_back(content); }

    Sides sides() const { return sides_; }
    std::uint32_t count() const { return static_cast<std::uint32_t>(first_page_.size()); }
    std::uint32_t total_pages() const { return static_cast<std::uint32_t>(contents_.size()); }
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
    // Deques, because a growing vector of a million pieces would need twice its size while it moves.
    std::deque<std::uint32_t> first_page_;
    std::deque<render::ContentId> contents_;
};

}  // namespace pli::pipeline
