// A blocking SMTP server for tests, on a free port of 127.0.0.1. What it does with each connection
// is a function of the test; each runs in a thread of its own.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/descriptor.h"
#include "support/tls_identity.h"

namespace tocsin::test {

// The client closed the connection, or nothing came for ten seconds; ends a script quietly.
struct Gone {};

class ScriptedServer;

// One connection, as the script sees it.
class ServerSession {
  public:
    ServerSession(ScriptedServer& server, int socket, int number);
    ServerSession(const ServerSession&) = delete;
    ServerSession& operator=(const ServerSession&) = delete;
    ~ServerSession();

    int number() const { return number_; }  // from 1
    std::string peer() const;               // the client's IPv4 address
    bool encrypted() const { return tls_ != nullptr; }
    // The client has shown a certificate that the server's identity trusts.
    bool client_is_known() const;
    void say(std::string_view bytes);
    // The next line without CRLF; recorded. Throws Gone.
    std::string hear();
    // So many bytes; not recorded. Throws Gone.
    std::string hear_bytes(std::size_t count);
    // Up to the final dot, unstuffed; recorded. Throws Gone.
    std::string hear_message();
    void start_tls(const TlsIdentity& identity);
    // Ends the connection by a reset instead of an orderly close.
    void reset();

  private:
    std::string read_line();
    std::size_t read_some(char* into, std::size_t size);

    ScriptedServer& server_;
    Descriptor socket_;
    int number_;
    SSL* tls_ = nullptr;
    std::string buffer_;
    std::size_t read_ = 0;  // bytes of it that were given out
};

// A usual server; a test changes what it wants to.
struct UsualServer {
    std::vector<std::string> extensions = {"8BITMIME", "SIZE 10000000"};
    const TlsIdentity* identity = nullptr;  // offers STARTTLS; EHLO shows AUTH only under TLS
    bool implicit_tls = false;
    std::string username, password;  // demands AUTH PLAIN or LOGIN with them
    std::string token;               // demands AUTH XOAUTH2 with it and the username instead
    bool external = false;           // demands AUTH EXTERNAL and a client certificate instead
    // A reply to this line instead of the usual one, for instance "550 no"; empty: the usual one.
    // A line "." asks about the end of data. May throw Gone to drop the connection.
    std::function<std::string(ServerSession&, const std::string&)> reply;

    void operator()(ServerSession& session) const;

  private:
    std::string usual_reply(ServerSession& session, const std::string& line) const;
    std::string ehlo_reply(const ServerSession& session) const;
    std::string login(ServerSession& session, const std::string& line) const;
    std::string mechanisms() const;
};

class ScriptedServer {
  public:
    using Script = std::function<void(ServerSession&)>;

    explicit ScriptedServer(Script script);
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;
    ~ScriptedServer();

    int port() const { return port_; }
    int connections() const;
    // All lines that clients sent, in order of arrival; "tls " in front of what was encrypted.
    std::vector<std::string> lines() const;
    std::vector<std::string> messages() const;

  private:
    friend class ServerSession;
    void accept_connections();
    void record_line(const std::string& line);
    void record_message(const std::string& message);

    Script script_;
    Descriptor listener_;
    int port_ = 0;
    mutable std::mutex mutex_;
    int connections_ = 0;
    bool ending_ = false;
    std::vector<int> open_;
    std::vector<std::string> lines_, messages_;
    std::vector<std::thread> threads_;
    std::thread acceptor_;
};

}  // namespace tocsin::test
