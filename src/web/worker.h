// One thread that does one thing after the other, for what may have to wait for the disk.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace tocsin {

class Worker {
  public:
    // What it throws is logged, and the next one is done.
    using Job = std::function<void()>;

    Worker();
    // Does what was added first.
    ~Worker();
    void add(Job job);

  private:
    void run();

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> jobs_;
    bool stopping_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace tocsin
