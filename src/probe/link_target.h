// Which of a mail's links are asked, and which must not be.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace tocsin {

// A link as a mail has it.
struct LinkToProbe {
    std::string url;
    bool personal = false;  // something of its recipient is in it
};

struct LinkTarget {
    std::string url;  // without its fragment: that never leaves a browser
    // Why nobody asks for it, or empty. Whoever asked for a personal link would tell its server of
    // a person, and might act for them; for an unsubscribe link, even a harmless one, the desk
    // would be asked.
    std::string skipped;
    // Nobody can be there: it is skipped, and no reader gets there either.
    bool unreachable = false;
};

// Each `http:` and `https:` target once, in the order of the links; other links are left out. After
// `most` that would be asked, the others are skipped. `unsubscribe_url` may be empty.
std::vector<LinkTarget> link_targets(const std::vector<LinkToProbe>& links,
                                     const std::string& unsubscribe_url, std::size_t most);

// The name of the target that belongs to `url`; empty where it leads to no page of the web.
std::string target_of_link(const std::string& url);
// Scheme, host and port: what of a personal link may be shown.
std::string server_of_link(const std::string& url);
// Its host in lower case, without a port.
std::string host_of_link(const std::string& url);
// Whether a host names this machine or its private network by itself (RFC 1918, 3927, 4193, 6761,
// 6762): `localhost`, `192.168.0.1` and its other spellings. Nobody is asked what a name leads to.
bool is_inside(const std::string& host);

}  // namespace tocsin
