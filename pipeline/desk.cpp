#include "pipeline/desk.hpp"

namespace pli::pipeline {

void Desk::keep(const Done& done) {
    if (done) return;
    if (!first_error_) first_error_ = done.error();
    stopping_ = true;
}

void Desk::fail(Error error) {
    const std::scoped_lock lock(mutex_);
    keep(tl::unexpected<Error>(std::move(error)));
}

std::optional<Letter> Desk::next() {
    if (stopping_) return std::nullopt;
    auto letter = events_.next();
    if (!letter) {
        fail(std::move(letter).error());
        return std::nullopt;
    }
    if (*letter) ++read_;
    return std::move(*letter);
}

void Desk::reject(Rejected rejected) {
    const std::scoped_lock lock(mutex_);
    ++report_.rejected;
    keep(events_.rejected(std::move(rejected)));
}

void Desk::ready(BatchDone batch) {
    const std::scoped_lock lock(mutex_);
    const auto committed = events_.ready(batch);
    if (!committed) return keep(committed);
    report_.batched += batch.pieces;
    report_.sheets += batch.sheets;
    report_.pages += batch.pages;
    report_.bytes += batch.print_bytes;
    batch.letters = {};
    report_.batches.push_back(std::move(batch));
}

void Desk::typeset(std::uint64_t letters) {
    typeset_ += letters;
    if (events_.progress) events_.progress(typeset_);
}

std::uint32_t Desk::committed_batches(const std::string& production_class) {
    const std::scoped_lock lock(mutex_);
    if (!plan_.committed_batches) return 0;
    const auto committed = plan_.committed_batches(production_class);
    if (!committed) keep(tl::unexpected<Error>(committed.error()));
    return committed.value_or(0);
}

std::uint64_t Desk::take_numbers(const std::string& batch, std::uint64_t count) {
    const std::scoped_lock lock(mutex_);
    if (!plan_.take_numbers) return 0;
    const auto taken = plan_.take_numbers(batch, count);
    if (!taken) keep(tl::unexpected<Error>(taken.error()));
    return taken.value_or(0);
}

Result<RunReport> Desk::finish() {
    const std::scoped_lock lock(mutex_);
    if (first_error_) return tl::unexpected<Error>(std::move(*first_error_));
    report_.letters = read_;
    return std::move(report_);
}

}  // namespace pli::pipeline
