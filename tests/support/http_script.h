// Speaks HTTP/1.1 as a script of ScriptedServer.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "support/scripted_server.h"

namespace tocsin::test {

struct HeardRequest {
    std::string line;                            // "GET /u/ HTTP/1.1"
    std::map<std::string, std::string> headers;  // names as they came
    std::string body;
};

inline HeardRequest hear_request(ServerSession& session) {
    HeardRequest request{session.hear(), {}, {}};
    for (std::string line = session.hear(); !line.empty(); line = session.hear()) {
        auto colon = line.find(": ");
        request.headers[line.substr(0, colon)] = line.substr(colon + 2);
    }
    auto size = request.headers.find("Content-Length");
    if (size != request.headers.end()) request.body = session.hear_bytes(std::stoul(size->second));
    return request;
}

inline std::string http_response(int status, const std::string& headers, const std::string& body) {
    return "HTTP/1.1 " + std::to_string(status) +
           " Said\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           headers + "\r\n" + body;
}

using HttpScript = std::function<std::string(const HeardRequest&)>;

// A server that answers each request with the bytes that `script` makes of it.
inline ScriptedServer::Script http_script(HttpScript script,
                                          const TlsIdentity* identity = nullptr) {
    return [=](ServerSession& session) {
        if (identity != nullptr) session.start_tls(*identity);
        session.say(script(hear_request(session)));
    };
}

// The same without its end: more requests may come on the connection.
inline std::string http_answer(int status, const std::string& headers, const std::string& body) {
    return "HTTP/1.1 " + std::to_string(status) +
           " Said\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + headers + "\r\n" +
           body;
}

// As http_script, but one connection carries request after request. An empty answer closes it.
inline ScriptedServer::Script kept_alive(
    std::function<std::string(ServerSession&, const HeardRequest&)> script,
    const TlsIdentity* identity = nullptr) {
    return [=](ServerSession& session) {
        if (identity != nullptr) session.start_tls(*identity);
        for (;;) {
            std::string answer = script(session, hear_request(session));
            if (answer.empty()) return;
            session.say(answer);
        }
    };
}

inline std::string url_of(const ScriptedServer& server, const std::string& path,
                          const std::string& scheme = "http") {
    return scheme + "://127.0.0.1:" + std::to_string(server.port()) + path;
}

}  // namespace tocsin::test
