// Speaks HTTP/1.1 as a script of ScriptedServer: one request a connection.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "support/scripted_server.h"

namespace tocsin::test {

struct HeardRequest {
    std::string line;                            // "GET /u/ HTTP/1.1"
    std::map<std::string, std::string> headers;  // names as they came
    std::string body;                            // must end in a line end, which is left out
};

inline HeardRequest hear_request(ServerSession& session) {
    HeardRequest request{session.hear(), {}, {}};
    for (std::string line = session.hear(); !line.empty(); line = session.hear()) {
        auto colon = line.find(": ");
        request.headers[line.substr(0, colon)] = line.substr(colon + 2);
    }
    if (request.headers.contains("Content-Length")) request.body = session.hear();
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

inline std::string url_of(const ScriptedServer& server, const std::string& path,
                          const std::string& scheme = "http") {
    return scheme + "://127.0.0.1:" + std::to_string(server.port()) + path;
}

}  // namespace tocsin::test
