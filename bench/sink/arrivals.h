// What has arrived at the sink: counts, times, and a record for each recipient of each mail.
//
// Times are CLOCK_MONOTONIC in nanoseconds, which all processes of a machine share.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::bench {

// FNV-1a of 64 bits over the address as it stood in RCPT, ASCII letters in lower case.
std::uint64_t hash_of(std::string_view address);

class Arrivals {
  public:
    // As they are written to the log: 16 bytes each, in the machine's byte order.
    struct Record {
        std::int64_t time_ns;
        std::uint64_t recipient;
    };

    void connected() { ++connections_; }
    void mail_began(std::int64_t now);
    void mail_ended(std::int64_t now, std::uint64_t size, const std::vector<std::uint64_t>& to);

    // One JSON object on one line: connections, mails, bytes, first_mail_ns, first_end_ns,
    // last_end_ns; the times are 0 where there was none.
    std::string summary() const;
    // Replaces the file by all records.
    void write_log(const std::string& path) const;

  private:
    std::uint64_t connections_ = 0;
    std::uint64_t mails_ = 0;
    std::uint64_t bytes_ = 0;
    std::int64_t first_mail_ = 0;
    std::int64_t first_end_ = 0;
    std::int64_t last_end_ = 0;
    std::vector<Record> records_;
};

}  // namespace tocsin::bench
