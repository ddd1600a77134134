// Drives a pool the way a send does, against a scripted server.
#pragma once

#include <algorithm>
#include <string>

#include "support/scripted_server.h"
#include "transport/smtp/smtp.h"
#include "unit/transport/support.h"

namespace tocsin::test {

inline SmtpSettings settings_for(const ScriptedServer& server) {
    SmtpSettings settings;
    settings.host = "localhost";
    settings.port = server.port();
    settings.tls = SmtpSettings::Tls::kNone;
    settings.connections = 1;
    return settings;
}

// One transport, and what it reported.
struct Sending {
    NotedDepartures departures;
    std::unique_ptr<Transport> transport;
    Lines outcomes;  // all events, sorted by `finish`

    Sending(const SmtpSettings& settings, const Clock& clock, std::string password = "")
        : transport(make_smtp_transport(settings, "client.example", std::move(password), clock,
                                        departures)) {}

    void poll(Milliseconds most = Milliseconds(20)) {
        for (const TransportEvent& event : transport->poll(most)) outcomes.push_back(shown(event));
    }
    // Until nothing is under way, or ten seconds have passed.
    Lines finish() {
        auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (!transport->idle() && std::chrono::steady_clock::now() < until) poll();
        std::sort(outcomes.begin(), outcomes.end());
        return std::exchange(outcomes, {});
    }
    void submit(Ticket ticket, const Message& message) {
        transport->submit(ticket, message);
        transport->permit(ticket);
    }
    Lines send(const std::vector<std::string>& addresses) {
        Ticket ticket = 0;
        for (const std::string& address : addresses) submit(++ticket, message_to(address));
        return finish();
    }
};

inline bool contains(const std::vector<std::string>& lines, const std::string& part) {
    return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
        return line.find(part) != std::string::npos;
    });
}

inline long count(const std::vector<std::string>& lines, const std::string& line) {
    return std::count(lines.begin(), lines.end(), line);
}

}  // namespace tocsin::test
