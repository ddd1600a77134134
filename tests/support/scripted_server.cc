#include "support/scripted_server.h"

#include <arpa/inet.h>
#include <csignal>
#include <memory>
#include <openssl/evp.h>
#include <stdexcept>
#include <sys/socket.h>
#include <utility>

namespace tocsin::test {
namespace {

constexpr timeval kPatience{10, 0};

bool starts_with(const std::string& line, std::string_view verb) {
    return line.substr(0, verb.size()) == verb;
}

std::string base64(const std::string& text) {
    std::string out(4 * (text.size() + 2) / 3 + 4, '\0');
    int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                               reinterpret_cast<const unsigned char*>(text.data()),
                               static_cast<int>(text.size()));
    out.resize(static_cast<std::size_t>(size));
    return out;
}

}  // namespace

ServerSession::ServerSession(ScriptedServer& server, int socket, int number)
    : server_(server), socket_(socket), number_(number) {
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
    ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);
}

ServerSession::~ServerSession() {
    if (tls_ == nullptr) return;
    SSL_shutdown(tls_);
    SSL_free(tls_);
}

std::string ServerSession::peer() const {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getpeername(socket_.get(), reinterpret_cast<sockaddr*>(&address), &size);
    char shown[INET_ADDRSTRLEN] = "";
    ::inet_ntop(AF_INET, &address.sin_addr, shown, sizeof shown);
    return shown;
}

void ServerSession::say(std::string_view bytes) {
    while (!bytes.empty()) {
        auto size = tls_ != nullptr
                        ? SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()))
                        : ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (size <= 0) throw Gone{};
        bytes.remove_prefix(static_cast<std::size_t>(size));
    }
}

std::size_t ServerSession::read_some(char* into, std::size_t size) {
    auto got = tls_ != nullptr ? SSL_read(tls_, into, static_cast<int>(size))
                               : ::recv(socket_.get(), into, size, 0);
    if (got <= 0) throw Gone{};
    return static_cast<std::size_t>(got);
}

std::string ServerSession::read_line() {
    for (;;) {
        auto end = buffer_.find("\r\n", read_);
        if (end != std::string::npos) {
            std::string line = buffer_.substr(read_, end - read_);
            read_ = end + 2;
            return line;
        }
        buffer_.erase(0, std::exchange(read_, 0));
        char block[16 * 1024];
        buffer_.append(block, read_some(block, sizeof block));
    }
}

std::string ServerSession::hear() {
    std::string line = read_line();
    server_.record_line((encrypted() ? "tls " : "") + line);
    return line;
}

std::string ServerSession::hear_bytes(std::size_t count) {
    while (buffer_.size() - read_ < count) {
        char block[16 * 1024];
        buffer_.append(block, read_some(block, sizeof block));
    }
    std::string bytes = buffer_.substr(read_, count);
    read_ += count;
    return bytes;
}

std::string ServerSession::hear_message() {
    std::string message;
    for (;;) {
        std::string line = read_line();
        if (line == ".") break;
        message += line.starts_with('.') ? line.substr(1) : line;
        message += "\r\n";
    }
    server_.record_message(message);
    return message;
}

void ServerSession::start_tls(const TlsIdentity& identity) {
    tls_ = SSL_new(identity.context());
    SSL_set_fd(tls_, socket_.get());
    if (SSL_accept(tls_) != 1) throw Gone{};
}

bool ServerSession::client_is_known() const {
    std::unique_ptr<X509, decltype(&X509_free)> shown(
        tls_ != nullptr ? SSL_get1_peer_certificate(tls_) : nullptr, &X509_free);
    return shown != nullptr && SSL_get_verify_result(tls_) == X509_V_OK;
}

void ServerSession::reset() {
    linger at_once{1, 0};
    ::setsockopt(socket_.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    throw Gone{};
}

void UsualServer::operator()(ServerSession& session) const {
    if (implicit_tls) session.start_tls(*identity);
    session.say("220 test.example ready\r\n");
    for (;;) {
        std::string line = session.hear();
        std::string answer = reply ? reply(session, line) : "";
        session.say((answer.empty() ? usual_reply(session, line) : answer) + "\r\n");
        if (starts_with(line, "QUIT")) return;
        if (starts_with(line, "STARTTLS") && answer.empty()) session.start_tls(*identity);
    }
}

std::string UsualServer::usual_reply(ServerSession& session, const std::string& line) const {
    if (starts_with(line, "EHLO")) return ehlo_reply(session);
    if (starts_with(line, "STARTTLS")) return "220 go ahead";
    if (starts_with(line, "AUTH")) return login(session, line);
    if (starts_with(line, "QUIT")) return "221 2.0.0 bye";
    if (starts_with(line, "DATA")) {
        session.say("354 go\r\n");
        session.hear_message();
        std::string answer = reply ? reply(session, ".") : "";
        return answer.empty() ? "250 2.0.0 queued" : answer;
    }
    bool known = starts_with(line, "MAIL") || starts_with(line, "RCPT") || line == "RSET";
    return known ? "250 2.0.0 ok" : "500 5.5.2 what?";
}

std::string UsualServer::ehlo_reply(const ServerSession& session) const {
    std::string answer = "250-test.example";
    for (const std::string& extension : extensions) answer += "\r\n250-" + extension;
    bool hidden = identity != nullptr && !session.encrypted();
    if (hidden) answer += "\r\n250-STARTTLS";
    if (!mechanisms().empty() && !hidden) answer += "\r\n250-AUTH " + mechanisms();
    return answer + "\r\n250 HELP";
}

std::string UsualServer::mechanisms() const {
    if (external) return "EXTERNAL";
    if (!token.empty()) return "XOAUTH2";
    return username.empty() ? "" : "PLAIN LOGIN";
}

std::string UsualServer::login(ServerSession& session, const std::string& line) const {
    using namespace std::string_literals;
    bool good = line == "AUTH PLAIN " + base64("\0"s + username + "\0"s + password);
    if (starts_with(line, "AUTH LOGIN ")) {
        session.say("334 UGFzc3dvcmQ6\r\n");
        good = line == "AUTH LOGIN " + base64(username) && session.hear() == base64(password);
    }
    if (starts_with(line, "AUTH XOAUTH2 ")) {
        good = line ==
               "AUTH XOAUTH2 " + base64("user=" + username + "\1auth=Bearer " + token + "\1\1");
        // As Google does: the reason comes as a challenge, the refusal after an empty answer.
        if (!good) {
            session.say("334 eyJzdGF0dXMiOiI0MDAifQ==\r\n");
            session.hear();
        }
    }
    if (starts_with(line, "AUTH EXTERNAL ")) {
        std::string name = username.empty() ? "=" : base64(username);
        good = line == "AUTH EXTERNAL " + name && session.client_is_known();
    }
    return good ? "235 2.7.0 welcome" : "535 5.7.8 no such login for " + username + "@test.example";
}

ScriptedServer::ScriptedServer(Script script)
    : script_(std::move(script)), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    // SSL_write has no MSG_NOSIGNAL.
    std::signal(SIGPIPE, SIG_IGN);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_.get(), generic, size) != 0 || ::listen(listener_.get(), 50) != 0 ||
        ::getsockname(listener_.get(), generic, &size) != 0) {
        throw std::runtime_error("the test server cannot listen");
    }
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { accept_connections(); });
}

ScriptedServer::~ScriptedServer() {
    {
        std::lock_guard lock(mutex_);
        ending_ = true;
        for (int socket : open_) ::shutdown(socket, SHUT_RDWR);
    }
    ::shutdown(listener_.get(), SHUT_RDWR);
    acceptor_.join();
    for (std::thread& thread : threads_) thread.join();
}

void ScriptedServer::accept_connections() {
    for (;;) {
        int socket = ::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0) return;
        std::lock_guard lock(mutex_);
        if (ending_) {
            ::close(socket);
            return;
        }
        open_.push_back(socket);
        threads_.emplace_back([this, socket, number = ++connections_] {
            ServerSession session(*this, socket, number);
            try {
                script_(session);
            } catch (const Gone&) {
                // The end of this connection is what the test looks at.
            }
            std::lock_guard closing(mutex_);
            std::erase(open_, socket);
        });
    }
}

int ScriptedServer::connections() const {
    std::lock_guard lock(mutex_);
    return connections_;
}

std::vector<std::string> ScriptedServer::lines() const {
    std::lock_guard lock(mutex_);
    return lines_;
}

std::vector<std::string> ScriptedServer::messages() const {
    std::lock_guard lock(mutex_);
    return messages_;
}

void ScriptedServer::record_line(const std::string& line) {
    std::lock_guard lock(mutex_);
    lines_.push_back(line);
}

void ScriptedServer::record_message(const std::string& message) {
    std::lock_guard lock(mutex_);
    messages_.push_back(message);
}

}  // namespace tocsin::test
