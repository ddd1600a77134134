// Small facts that outlive a run, by subject: when a campaign was last seen, what was told already.
// What they mean is their writers' business; agenda/memory.h has most of the subjects.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace tocsin {

class Notes {
  public:
    virtual ~Notes() = default;
    // Empty where there is none.
    virtual std::string note(const std::string& subject) = 0;
    // Durable on return; the empty value erases. Whether another value was there before: of several
    // processes that write the same, one gets `true`.
    virtual bool set_note(const std::string& subject, const std::string& value) = 0;
    // Adds one to the number that it is (none: 0), and gives the sum; durable, and no two callers
    // get the same.
    virtual std::int64_t advance_note(const std::string& subject) = 0;
    // Subject and value of those that begin so, by subject.
    virtual std::vector<std::pair<std::string, std::string>> notes(const std::string& prefix) = 0;
};

}  // namespace tocsin
