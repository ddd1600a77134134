// Where a link or an image leads, read as browsers read it.
#pragma once

#include <string>
#include <string_view>

namespace tocsin {

struct Target {
    std::string url;     // without what browsers leave out: white space around, line ends and tabs
    std::string scheme;  // in lower case; empty: the URL is relative
    std::string host;    // in lower case, without user and port; of `//host/…` too; may be empty

    bool relative() const { return scheme.empty(); }
};

// Any text gives a target. Controls in a scheme, with which some hide `javascript:`, count as not
// there (WHATWG URL, 4.4, and more).
Target read_target(std::string_view value);

// Whether a reader takes the one host for the other: equal, or below it (`act.harbour.example`,
// `www.harbour.example`, `harbour.example`).
bool same_site(std::string_view a, std::string_view b);

// The host that a link's text shows: in a word that begins with `https://`, `http://` or `www.`, or
// where the whole text is a host with or without a path; or empty. "report.pdf" shows none.
std::string shown_host(std::string_view text);

// Whether it belongs to a service that makes short links which lead anywhere.
bool is_shortener(std::string_view host);

}  // namespace tocsin
