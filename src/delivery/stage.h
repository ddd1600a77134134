// A stage of a pipeline: items go in, threads of the stage work on them, results go on to the next
// stage. Items travel in small batches, so that a hand-over costs little.
//
// Nothing here bounds how much waits: who puts items in counts them and takes as many out
// (delivery/dispatcher.h).
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <iterator>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace tocsin {

template <class Item>
class Inlet {
  public:
    virtual ~Inlet() = default;
    virtual void put(std::vector<Item> items) = 0;
    // What a thread could not go on after, instead of the item that it worked on.
    virtual void fail(std::exception_ptr fault) = 0;
};

// The end of a pipeline: keeps what comes out until it is taken.
template <class Item>
class Outlet : public Inlet<Item> {
  public:
    // `wake` is called after items or a fault have come, by the thread that put them.
    explicit Outlet(std::function<void()> wake) : wake_(std::move(wake)) {}

    void put(std::vector<Item> items) override {
        {
            std::lock_guard lock(mutex_);
            std::move(items.begin(), items.end(), std::back_inserter(items_));
        }
        wake_();
    }

    void fail(std::exception_ptr fault) override {
        {
            std::lock_guard lock(mutex_);
            if (!fault_) fault_ = std::move(fault);
        }
        wake_();
    }

    // Does not wait. Throws a fault once.
    std::vector<Item> take() {
        std::lock_guard lock(mutex_);
        if (fault_) std::rethrow_exception(std::exchange(fault_, nullptr));
        return std::exchange(items_, {});
    }

  private:
    std::function<void()> wake_;
    std::mutex mutex_;
    std::vector<Item> items_;
    std::exception_ptr fault_;
};

template <class In, class Out>
class Stage : public Inlet<In> {
  public:
    using Work = std::function<Out(In)>;

    // Each thread makes its own work. `next` outlives the stage.
    Stage(std::size_t threads, std::function<Work()> make_work, Inlet<Out>& next)
        : make_work_(std::move(make_work)), next_(next) {
        for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
    }
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;
    // What waits is dropped.
    ~Stage() override {
        {
            std::lock_guard lock(mutex_);
            ending_ = true;
        }
        changed_.notify_all();
        for (std::thread& thread : threads_) thread.join();
    }

    void put(std::vector<In> items) override {
        {
            std::lock_guard lock(mutex_);
            std::move(items.begin(), items.end(), std::back_inserter(waiting_));
        }
        changed_.notify_all();
    }

    void fail(std::exception_ptr fault) override { next_.fail(std::move(fault)); }

  private:
    static constexpr std::size_t kBatch = 8;

    void run() {
        Work work;
        while (true) {
            std::vector<In> batch = take_batch();
            if (batch.empty()) return;
            try {
                if (!work) work = make_work_();
                next_.put(worked(work, std::move(batch)));
            } catch (...) {
                next_.fail(std::current_exception());
            }
        }
    }

    static std::vector<Out> worked(const Work& work, std::vector<In> batch) {
        std::vector<Out> results;
        results.reserve(batch.size());
        for (In& item : batch) results.push_back(work(std::move(item)));
        return results;
    }

    // Waits; empty at the end.
    std::vector<In> take_batch() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
        std::vector<In> batch;
        while (!ending_ && !waiting_.empty() && batch.size() < kBatch) {
            batch.push_back(std::move(waiting_.front()));
            waiting_.pop_front();
        }
        return batch;
    }

    std::function<Work()> make_work_;
    Inlet<Out>& next_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<In> waiting_;
    bool ending_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace tocsin
