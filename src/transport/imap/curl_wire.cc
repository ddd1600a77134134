#include <array>
#include <cerrno>
#include <poll.h>

#include "base/error.h"
#include "base/log.h"
#include "base/text.h"
#include "transport/curl_handles.h"
#include "transport/imap/wire.h"

namespace tocsin {
namespace {

constexpr long kConnectSeconds = 60;
constexpr int kSilenceMilliseconds = 60'000;

class CurlWire : public ImapWire {
  public:
    CurlWire(CurlEasy easy, std::string server)
        : easy_(std::move(easy)), server_(std::move(server)) {
        curl_socket_t socket = CURL_SOCKET_BAD;
        curl_easy_getinfo(easy_.get(), CURLINFO_ACTIVESOCKET, &socket);
        socket_ = static_cast<int>(socket);
    }

    void send(std::string_view bytes) override {
        while (!bytes.empty()) {
            std::size_t sent = 0;
            CURLcode code = curl_easy_send(easy_.get(), bytes.data(), bytes.size(), &sent);
            if (code == CURLE_AGAIN) {
                wait(POLLOUT);
            } else if (code != CURLE_OK) {
                broken(curl_easy_strerror(code));
            }
            bytes.remove_prefix(sent);
        }
    }

    std::string receive() override {
        std::array<char, 16384> buffer;
        for (;;) {
            std::size_t count = 0;
            CURLcode code = curl_easy_recv(easy_.get(), buffer.data(), buffer.size(), &count);
            if (code == CURLE_OK && count > 0) return {buffer.data(), count};
            if (code == CURLE_OK) broken("the server closed it");
            if (code != CURLE_AGAIN) broken(curl_easy_strerror(code));
            wait(POLLIN);
        }
    }

  private:
    void wait(short what) {
        pollfd one{socket_, what, 0};
        int ready = ::poll(&one, 1, kSilenceMilliseconds);
        if (ready == 0) broken("nothing came for a minute");
        if (ready < 0 && errno != EINTR) broken("poll failed");
    }

    [[noreturn]] void broken(const std::string& why) {
        throw Unavailable("the connection to " + server_ + " broke: " + why,
                          "run it again: what was not handled is still there");
    }

    CurlEasy easy_;
    std::string server_;
    int socket_ = -1;
};

std::string hint_of(CURLcode code) {
    switch (code) {
        case CURLE_LOGIN_DENIED:
            return "check user and password; some providers want a password for programs";
        case CURLE_PEER_FAILED_VERIFICATION:
            return "check the host's name; a server with an authority of its own needs --ca-file";
        case CURLE_SSL_CACERT_BADFILE:
            return "--ca-file must be a PEM file with the authority of that server";
        default:
            return "check host and port, and the network; imaps:// is TLS from the first byte, "
                   "usually on port 993";
    }
}

void set_options(CURL* easy, const ImapSettings& settings, char* reason) {
    bool is_ipv6 = settings.host.find(':') != std::string::npos && settings.host.front() != '[';
    const std::string host = is_ipv6 ? "[" + settings.host + "]" : settings.host;
    const std::string url = "imaps://" + host + ":" + std::to_string(settings.port) + "/";
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "imaps");
    curl_easy_setopt(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    // Not what the environment would add.
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
    curl_easy_setopt(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, kConnectSeconds);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, reason);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(easy, CURLOPT_USERNAME, settings.username.c_str());
    curl_easy_setopt(easy, CURLOPT_PASSWORD, settings.password.c_str());
    curl_easy_setopt(easy, CURLOPT_SASL_IR, 1L);
    if (settings.ca_file.empty()) return;
    // Only this authority: the system's folder would else count as well.
    curl_easy_setopt(easy, CURLOPT_CAINFO, settings.ca_file.c_str());
    curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
}

std::string words_of(CURLcode code, const char* reason) {
    if (code == CURLE_LOGIN_DENIED) return "it refused the login";
    return redacted(printable(reason[0] == '\0' ? curl_easy_strerror(code) : reason));
}

}  // namespace

std::unique_ptr<ImapWire> connect_imap(const ImapSettings& settings) {
    CurlEasy easy = make_curl_easy();
    std::array<char, CURL_ERROR_SIZE> reason{};
    set_options(easy.get(), settings, reason.data());
    CURLcode code = curl_easy_perform(easy.get());
    curl_easy_setopt(easy.get(), CURLOPT_ERRORBUFFER, nullptr);
    if (code == CURLE_OK) return std::make_unique<CurlWire>(std::move(easy), settings.shown());
    throw Unavailable("cannot open " + settings.shown() + ": " + words_of(code, reason.data()),
                      hint_of(code));
}

}  // namespace tocsin
