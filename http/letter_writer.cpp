#include "http/letter_writer.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <unordered_map>

#include "service/clock.hpp"

namespace pli::http {
namespace {

constexpr std::uint64_t letters_waiting_at_most = 200'000;
constexpr std::size_t letters_a_group = 10'000;

constexpr std::array recipient_members{
    &Recipient::company,     &Recipient::department, &Recipient::title,  &Recipient::first_name, &Recipient::last_name,
    &Recipient::name,        &Recipient::care_of,    &Recipient::street, &Recipient::extra,      &Recipient::po_box,
    &Recipient::postal_code, &Recipient::city,       &Recipient::region, &Recipient::country,    &Recipient::lines};

bool same(const Recipient& a, const Recipient& b) {
    return std::ranges::all_of(recipient_members, [&](auto member) { return a.*member == b.*member; });
}

/// Whatever order the members came in.
bool same(const Fields& a, const Fields& b) {
    if (a.values.size() != b.values.size()) return false;
    for (std::size_t i = 0; i < a.values.size(); ++i) {
        const int other = b.names->index_of(a.names->names[i]);
        if (other < 0 || b.values[static_cast<std::size_t>(other)].text != a.values[i].text) return false;
    }
    return true;
}

Error used_before() {
    return {Fault::BadInput, "idempotency-key", "this Idempotency-Key was used before, for other letters",
            "a new request gets a new key; only its repetition has the same"};
}

}  // namespace

LetterWriter::LetterWriter(OpenStore open) : open_(std::move(open)), thread_([this] { work(); }) {}
LetterWriter::~LetterWriter() { close(); }

void LetterWriter::close() {
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

bool LetterWriter::submit(Letters letters, Told told) {
    {
        const std::lock_guard lock(mutex_);
        if (closing_ || counts_.waiting > letters_waiting_at_most) return false;
        counts_.waiting += letters.size();
        waiting_.push_back({std::move(letters), std::move(told)});
    }
    changed_.notify_one();
    return true;
}

LetterWriter::Counts LetterWriter::counts() const {
    const std::lock_guard lock(mutex_);
    return counts_;
}

void LetterWriter::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return closing_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        auto group = next_group(lock);
        lock.unlock();
        write(group);
        std::uint64_t queued = 0, known = 0, done = 0;
        for (const auto& submission : group) {
            done += submission.letters.size();
            for (const auto& taken : submission.taken) ++(taken.known ? known : queued);
        }
        for (auto& submission : group) {
            if (submission.outcome)
                submission.told(std::move(submission.taken));
            else
                submission.told(tl::unexpected(submission.outcome.error()));
        }
        lock.lock();
        counts_.queued += queued;
        counts_.known += known;
        counts_.waiting -= done;
        ++counts_.groups;
    }
}

/// The oldest submissions. One that has a key of another in the group waits for the next, where that key is known: a
/// request and its repetition may be here at once.
LetterWriter::Group LetterWriter::next_group(std::unique_lock<std::mutex>&) {
    Group group;
    std::unordered_set<std::string_view> keys;
    std::size_t letters = 0;
    while (!waiting_.empty() && letters < letters_a_group) {
        auto& next = waiting_.front();
        const bool met =
            std::ranges::any_of(next.letters, [&](const auto& one) { return keys.contains(one->letter.key); });
        if (met) break;
        for (const auto& one : next.letters) keys.insert(one->letter.key);
        letters += next.letters.size();
        group.push_back(std::move(next));
        waiting_.pop_front();
    }
    return group;
}

void LetterWriter::write(Group& group) {
    const auto written = write_through(group);
    if (written) return;
    for (auto& submission : group) {
        if (submission.outcome) submission.outcome = written;
        submission.taken.clear();
    }
    store_.reset();  // a connection that was lost is made anew
}

Done LetterWriter::write_through(Group& group) {
    if (!store_) store_ = TRY(open_());
    TRY(meet_known(group));
    return add_new(group);
}

Done LetterWriter::meet_known(Group& group) {
    std::vector<std::string_view> keys;
    for (const auto& submission : group)
        for (const auto& one : submission.letters) keys.push_back(one->letter.key);
    const auto found = TRY(store_->find(keys));
    auto from = found.begin();
    for (auto& submission : group) {
        const auto to = from + static_cast<std::ptrdiff_t>(submission.letters.size());
        TRY(meet(submission, {from, to}));
        from = to;
    }
    return {};
}

Done LetterWriter::meet(Submission& submission, const std::vector<std::optional<LetterId>>& found) {
    submission.taken.resize(submission.letters.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (!found[i]) continue;
        const auto& letter = *submission.letters[i];
        submission.taken[i] = {*found[i], true, !TRY(same_as_queued(letter, *found[i]))};
        if (submission.taken[i].differs && letter.key_of_request) submission.outcome = tl::unexpected(used_before());
    }
    if (!submission.outcome) submission.taken.clear();
    return {};
}

Result<bool> LetterWriter::same_as_queued(const PreparedLetter& letter, LetterId id) {
    std::string template_name;
    const auto queued = TRY(store_->load(id, template_name));
    return template_name == letter.template_name && queued.locale == letter.letter.locale &&
           same(letter.letter.recipient, queued.recipient) && same(letter.letter.fields, queued.fields);
}

Done LetterWriter::add_new(Group& group) {
    struct Fresh {
        const jobs::NewLetter* letter;
        TakenLetter* taken;
    };
    std::vector<Fresh> fresh;
    for (auto& submission : group)
        for (std::size_t i = 0; i < submission.taken.size(); ++i)
            if (!submission.taken[i].known) fresh.push_back({&submission.letters[i]->letter, &submission.taken[i]});
    if (fresh.empty()) return {};
    auto next = fresh.begin();
    const auto give = [&](jobs::NewLetter& letter) {
        if (next == fresh.end()) return false;
        letter = *(next++)->letter;
        return true;
    };
    auto told = fresh.begin();
    const auto tell = [&](LetterId id, bool is_new) {
        told->taken->id = id;
        (told++)->taken->known = !is_new;  // known now: a key twice in one request
    };
    TRY(store_->add({give, service::now(), tell}));
    return {};
}

}  // namespace pli::http
