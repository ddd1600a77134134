// What was asked and answered, counted, in the text format of Prometheus (version 0.0.4). No
// addresses and no tokens. Any thread may call it.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "unsubscribe/leaving.h"
#include "web/http.h"

namespace tocsin {

class Metrics {
  public:
    void answered(const WebResponse& response);
    // From the whole request to its answer: of what people and their programs post.
    void posted(std::chrono::duration<double> took);
    void recorded(Choice choice);
    void failed();  // to record

    struct Connections {
        std::size_t open = 0;
        std::uint64_t overdue = 0;  // dropped: took too long
        std::uint64_t crowded = 0;  // dropped for newer ones
    };
    std::string text(const Connections& connections) const;

  private:
    static constexpr std::array<double, 11> kBounds = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                       0.1,   0.25,   0.5,   1,    2.5};

    mutable std::mutex mutex_;
    std::map<std::pair<Asked, int>, std::uint64_t> requests_;
    std::map<Choice, std::uint64_t> leavings_;
    std::uint64_t failures_ = 0;
    std::array<std::uint64_t, kBounds.size() + 1> posts_{};  // by bound, then those above
    double post_seconds_ = 0;
};

}  // namespace tocsin
