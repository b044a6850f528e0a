#pragma once
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_set>
#include <vector>

#include "base/result.hpp"
#include "http/letter_json.hpp"
#include "store/letter_store.hpp"

namespace pli::http {

/// What became of a letter that was handed in.
struct TakenLetter {
    LetterId id;
    bool known = false;    // a letter with this key was there before
    bool differs = false;  // and it says something else
};

/// One thread that writes letters to a queue for all requests at once: those that come while a transaction is on its
/// way to the disk share the next one. So a thousand requests cost a few dozen syncs, and each is answered only when its
/// letters are safe.
/// Errors   told: BadInput "idempotency-key": it was used for other letters; Environment and Busy: the queue's
/// Threads  every member from any; `told` is called on the writer's own thread
class LetterWriter {
public:
    using OpenStore = std::function<Result<std::unique_ptr<store::LetterStore>>()>;
    using Letters = std::vector<std::unique_ptr<PreparedLetter>>;
    using Told = std::function<void(Result<std::vector<TakenLetter>>)>;

    explicit LetterWriter(OpenStore open);
    ~LetterWriter();
    LetterWriter(const LetterWriter&) = delete;
    LetterWriter& operator=(const LetterWriter&) = delete;

    /// False: so many wait already that the caller should come again later. Nothing was taken then.
    bool submit(Letters letters, Told told);
    /// Writes what was submitted, then ends.
    void close();

    struct Counts {
        std::uint64_t queued = 0, known = 0, groups = 0, waiting = 0;
    };
    Counts counts() const;

private:
    struct Submission {
        Letters letters;
        Told told;
        std::vector<TakenLetter> taken{};
        Done outcome{};
    };
    using Group = std::deque<Submission>;  // never moves what is in it
    void work();
    Group next_group(std::unique_lock<std::mutex>& lock);
    void write(Group& group);
    Done write_through(Group& group);
    Done meet_known(Group& group);
    Done meet(Submission& submission, const std::vector<std::optional<LetterId>>& found);
    Done add_new(Group& group);
    Result<bool> same_as_queued(const PreparedLetter& letter, LetterId id);

    OpenStore open_;
    std::unique_ptr<store::LetterStore> store_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Submission> waiting_;
    Counts counts_;
    bool closing_ = false;
    std::thread thread_;
};

}  // namespace pli::http
