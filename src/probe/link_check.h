// Asks for the targets of a campaign's links, several at once.
//
// robots.txt is not read: it speaks to crawlers, and this asks for a few pages that somebody named,
// once, at their command, as their readers will.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "probe/link_target.h"
#include "probe/link_walk.h"

namespace tocsin {

struct LinkCheckSettings {
    std::string website;          // of the organisation: named in the User-Agent; may be empty
    std::string unsubscribe_url;  // no request goes below it; may be empty
    std::size_t most = 200;       // targets that are asked
    unsigned at_once = 8;
    int at_once_of_a_host = 2;
    Milliseconds timeout = std::chrono::seconds(10);  // of each request
};

// As visit() in transport/http/visit.h. Called in several threads.
using VisitPage = std::function<Visit(const HttpRequest&, Milliseconds)>;

// One result a target, in the order of `links`.
std::vector<LinkResult> check_links(const std::vector<LinkToProbe>& links,
                                    const LinkCheckSettings& settings,
                                    const VisitPage& visit_page = visit);

}  // namespace tocsin
