// Makes connections through libcurl, several at a time and without blocking: name lookup, TCP, TLS
// with verification, greeting, EHLO, STARTTLS, AUTH. Under `tls: required` and `implicit` no
// credential and no mail ever leaves in clear.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "transport/smtp/capabilities.h"
#include "transport/smtp/connect_failure.h"
#include "transport/smtp/epoll.h"
#include "transport/smtp/link.h"
#include "transport/smtp/server_url.h"

namespace tocsin {

struct Established {
    std::unique_ptr<Link> link;
    Capabilities capabilities;
};

using ConnectOutcome = std::variant<Established, ConnectFailure>;

class Connector {
  public:
    // From the start to the TCP connection, and to the end of the login: a greeting alone may take
    // five minutes (RFC 5321 section 4.5.3.2.1).
    static constexpr std::chrono::seconds kReachTime{60};
    static constexpr std::chrono::seconds kSetUpTime{300};

    // Throws ConfigError if the host or the EHLO name cannot be one, or the client certificate
    // cannot be used.
    Connector(const SmtpSettings& settings, const std::string& ehlo, std::string password,
              const Clock& clock);
    Connector(const Connector&) = delete;
    Connector& operator=(const Connector&) = delete;
    ~Connector();

    // Readable when `turn` has something to do.
    int descriptor() const { return epoll_.descriptor(); }
    // `turn` has something to do after this time at the latest.
    std::optional<Milliseconds> due_in() const;

    void start();
    std::size_t pending() const { return tries_.size(); }
    std::vector<ConnectOutcome> turn();
    // Drops what is not connected yet.
    void abandon();

  private:
    struct Try;

    void set_options(Try& one);
    void drive_sockets();
    void take_finished(std::vector<ConnectOutcome>& outcomes);
    void take_too_slow(std::vector<ConnectOutcome>& outcomes);
    ConnectOutcome outcome_of(Try& one, CURLcode code);

    static int on_socket(CURL* easy, curl_socket_t socket, int what, void* self, void* unused);
    static int on_timer(CURLM* multi, long milliseconds, void* self);

    const SmtpSettings settings_;
    const std::string password_;
    const Clock& clock_;
    const CurlUrl url_;
    Epoll epoll_;
    CurlMulti multi_;
    // When libcurl wants its timers run. Real time, whatever clock we are given.
    std::optional<std::chrono::steady_clock::time_point> timer_;
    std::map<CURL*, std::unique_ptr<Try>> tries_;
};

}  // namespace tocsin
