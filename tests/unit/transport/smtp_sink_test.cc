// The transport against a server that is not ours: Postfix's smtp-sink, where it is installed.
#include <csignal>
#include <cstdio>
#include <doctest/doctest.h>
#include <filesystem>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "unit/transport/pool_support.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

constexpr const char* kSink = "/usr/sbin/smtp-sink";

// A port that was free a moment ago: smtp-sink cannot choose one.
int free_port() {
    ScriptedServer server{[](ServerSession&) {}};
    return server.port();
}

class SmtpSink {
  public:
    explicit SmtpSink(int port) {
        std::string address = "127.0.0.1:" + std::to_string(port);
        child_ = ::fork();
        if (child_ != 0) return;
        if (std::freopen("/dev/null", "w", stderr) == nullptr) ::_exit(127);
        ::execl(kSink, kSink, "-u", "nobody", address.c_str(), "100", nullptr);
        ::_exit(127);
    }
    SmtpSink(const SmtpSink&) = delete;
    SmtpSink& operator=(const SmtpSink&) = delete;
    ~SmtpSink() {
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
    }

  private:
    pid_t child_;
};

bool answers(const SmtpSettings& settings, const Clock& clock) {
    for (int i = 0; i < 50; ++i) {
        try {
            NotedDepartures nobody;
            make_smtp_transport(settings, "client.example", "", clock, nobody)->probe();
            return true;
        } catch (const std::exception&) {
            std::this_thread::sleep_for(Milliseconds(100));
        }
    }
    return false;
}

}  // namespace

// smtp-sink changes its user, for which it must be started by root.
TEST_CASE("200 mails over five connections to smtp-sink" *
          doctest::skip(::geteuid() != 0 || !std::filesystem::exists(kSink))) {
    SystemClock clock;
    SmtpSettings settings;
    settings.host = "127.0.0.1";
    settings.port = free_port();
    settings.tls = SmtpSettings::Tls::kNone;
    settings.connections = 5;
    settings.messages_per_connection = 20;
    SmtpSink sink(settings.port);
    REQUIRE(answers(settings, clock));

    Sending sending(settings, clock);
    Ticket submitted = 0;
    while (submitted < 200) {
        sending.transport->expect(200 - static_cast<std::size_t>(submitted));
        while (submitted < 200 && sending.transport->room() > 0) {
            sending.submit(++submitted, message_to("ann@example.org"));
        }
        sending.poll();
    }
    sending.transport->expect(0);
    Lines outcomes = sending.finish();
    CHECK(outcomes.size() == 200);
    CHECK(sending.departures.tickets.size() == 200);
    CHECK(std::all_of(outcomes.begin(), outcomes.end(), [](const std::string& outcome) {
        return outcome.find(" finished at end of data: 250 ") != std::string::npos;
    }));
    sending.transport->close();
}
