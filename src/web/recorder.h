// Records leavings on a thread of its own, all that wait in one go: a commit waits for the disk,
// and a hundred people who leave at the same moment wait for it together.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "unsubscribe/leaving.h"

namespace tocsin {

class Recorder {
  public:
    // Called on the recorder's thread: true where the leaving is durable, false where it may not
    // be. What it throws is logged, and the next one is told.
    using Done = std::function<void(bool is_recorded)>;

    explicit Recorder(LeaveBook& book);
    // Everything that was added is recorded, or found impossible to record, before it returns.
    ~Recorder();
    void add(Leaving leaving, Done done);

  private:
    struct Waiting {
        std::vector<Leaving> leavings;
        std::vector<Done> done;  // one for each
    };
    void run();
    bool record(const std::vector<Leaving>& leavings);
    static void tell(const Done& done, bool is_recorded);

    LeaveBook& book_;
    std::mutex mutex_;
    std::condition_variable wake_;
    Waiting waiting_;
    bool stopping_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace tocsin
