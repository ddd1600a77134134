// What the transport tests share: messages, and events written as text so that a test can compare a
// whole outcome at once.
#pragma once

#include <doctest/doctest.h>
#include <filesystem>
#include <string>
#include <vector>

#include "base/random.h"
#include "transport/transport.h"

namespace tocsin::test {

inline Message message_to(const std::string& address,
                          std::string bytes = "Subject: x\r\n\r\nhello\r\n") {
    return {.envelope = {Mailbox::from("bounces@harbour.example"), Mailbox::from(address)},
            .message_id = "id@harbour.example",
            .bytes = std::move(bytes)};
}

inline std::string shown(const Attempt& attempt) {
    std::string text(name(attempt.phase));
    if (attempt.reply) text += ": " + attempt.reply->line();
    if (!attempt.error.empty()) text += " (" + attempt.error + ")";
    return text;
}

inline std::string shown(const Finished& event) {
    return std::to_string(event.ticket) + " finished at " + shown(event.attempt);
}
inline std::string shown(const Returned& event) {
    return std::to_string(event.ticket) + " returned";
}
inline std::string shown(const Unusable& event) {
    return "unusable: " + event.message;
}
inline std::string shown(const TransportEvent& event) {
    return std::visit([](const auto& one) { return shown(one); }, event);
}

using Lines = std::vector<std::string>;

// Notes whose end of data could leave.
struct NotedDepartures : Departures {
    std::vector<Ticket> tickets;
    void departing(Ticket ticket) override { tickets.push_back(ticket); }
};

inline Lines shown(const std::vector<TransportEvent>& events) {
    Lines lines;
    for (const TransportEvent& event : events) lines.push_back(shown(event));
    return lines;
}

class TemporaryFolder {
  public:
    TemporaryFolder()
        : path_(std::filesystem::temp_directory_path() / ("tocsin-transport-" + random_hex(8))) {
        std::filesystem::create_directory(path_);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

}  // namespace tocsin::test

namespace doctest {
template <>
struct StringMaker<tocsin::test::Lines> {
    static String convert(const tocsin::test::Lines& lines) {
        std::string text;
        for (const std::string& line : lines) text += "\n  | " + line;
        return text.c_str();
    }
};
}  // namespace doctest
