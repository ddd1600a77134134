// One look at a page of the web, as a link checker takes it: is somebody there, and what do they
// say? Unlike exchange() it goes to `http:` anywhere, private networks included (whoever wrote the
// link chose the place), and reads nothing of the body. Redirects are not followed, no cookie is
// kept, no name or password sent, no proxy of the environment taken; TLS is verified as by
// exchange().
#pragma once

#include <string>

#include "base/clock.h"
#include "transport/http/message.h"

namespace tocsin {

struct Visit {
    enum class Trouble {
        kNone,
        kUrl,      // it is no address of the web, or has a name or password in it
        kHost,     // its name cannot be resolved, or nobody accepts a connection
        kTls,      // no certificate that we trust
        kTimeout,  // it took too long
        kAnswer,   // the connection ended before an answer, or it is no HTTP
    };

    int status = 0;          // of the answer; 0 where there is none
    std::string location{};  // where a redirect leads, as an absolute URL; or empty
    Trouble trouble = Trouble::kNone;
    std::string said{};  // of trouble: a clause about the URL, for people
};

// `request` is a HEAD or a GET without a body. Any number of threads may call it.
Visit visit(const HttpRequest& request, Milliseconds timeout);

}  // namespace tocsin
