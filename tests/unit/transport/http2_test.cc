// Against a real HTTP/2 server, where one is at hand.
#include <csignal>
#include <cstdlib>
#include <doctest/doctest.h>
#include <fstream>
#include <spawn.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "transport/http/transport.h"
#include "unit/transport/http_support.h"

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* kNginx = "/usr/sbin/nginx";

// nginx in the foreground, with a folder of its own. It ends a connection after three requests, as
// providers do after some thousands.
class Http2Server {
  public:
    Http2Server() : port_(ScriptedServer([](ServerSession&) {}).port()) {
        identity_.write_certificate(folder_.path() / "ca.pem");
        identity_.write_both(folder_.path() / "both.pem");
        std::ofstream(folder_.path() / "conf") << configuration();
        start();
    }
    ~Http2Server() {
        ::kill(process_, SIGTERM);
        int status = 0;
        ::waitpid(process_, &status, 0);
    }

    std::string url() const { return "https://127.0.0.1:" + std::to_string(port_) + "/"; }
    std::filesystem::path authorities() const { return folder_.path() / "ca.pem"; }
    Lines log() const {
        Lines lines;
        std::ifstream in(folder_.path() / "access.log");
        for (std::string line; std::getline(in, line);) lines.push_back(line);
        return lines;
    }

  private:
    std::string configuration() const {
        const std::string folder = folder_.path().string();
        std::string temporary;
        for (const char* kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
            temporary += std::string(kind) + "_temp_path " + folder + "/" + kind + ";\n";
        }
        return "daemon off; master_process off; pid " + folder + "/pid; error_log " + folder +
               "/error.log;\nevents {}\nhttp {\n" + temporary +
               "log_format short '$server_protocol $request_method $connection';\naccess_log " +
               folder + "/access.log short;\nkeepalive_requests 3;\nserver { listen 127.0.0.1:" +
               std::to_string(port_) + " ssl http2; ssl_certificate " + folder +
               "/both.pem; ssl_certificate_key " + folder +
               "/both.pem; location / { return 200 'ok'; } }\n}\n";
    }

    void start() {
        const std::string conf = (folder_.path() / "conf").string();
        const std::string error = (folder_.path() / "error.log").string();
        const char* arguments[] = {kNginx, "-c", conf.c_str(), "-e", error.c_str(), nullptr};
        REQUIRE(::posix_spawn(&process_, kNginx, nullptr, nullptr, const_cast<char**>(arguments),
                              environ) == 0);
        auto until = std::chrono::steady_clock::now() + 10s;
        while (!std::filesystem::exists(folder_.path() / "pid") &&
               std::chrono::steady_clock::now() < until) {
            std::this_thread::sleep_for(10ms);
        }
    }

    TlsIdentity identity_{"IP:127.0.0.1"};
    TemporaryFolder folder_;
    int port_;
    ::pid_t process_ = 0;
};

}  // namespace

TEST_CASE("HTTP/2 is spoken where it is offered, and a connection that is used up loses nothing") {
    if (::access(kNginx, X_OK) != 0) {
        MESSAGE("skipped: there is no " << kNginx);
        return;
    }
    Http2Server server;
    ::setenv("SSL_CERT_FILE", server.authorities().c_str(), 1);
    HttpSending sending(std::make_unique<LineProvider>(server.url()), quick(4));
    Lines outcomes = sending.send(60);
    ::unsetenv("SSL_CERT_FILE");
    CHECK(outcomes.size() == 60);
    for (const std::string& outcome : outcomes) {
        CAPTURE(outcome);
        CHECK(outcome.ends_with(" accepted at end of data: 200 ok"));
    }
    for (const std::string& line : server.log()) CHECK(line.starts_with("HTTP/2.0 POST "));
    CHECK(server.log().size() == 60);
}
