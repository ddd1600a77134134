// One link, followed by hand from redirect to redirect.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "transport/http/visit.h"

namespace tocsin {

struct LinkStep {
    std::string url;
    int status = 0;  // 0: no answer
};

struct LinkResult {
    enum class Outcome {
        kFine,         // a page, perhaps behind redirects that may change again
        kRedirected,   // a page, but the link should name it: `said` says why
        kBroken,       // an error page, or redirects without end
        kUnreachable,  // no answer, or one that says nothing of the page
        kNotAsked,     // on purpose
    };
    std::string url;
    Outcome outcome = Outcome::kNotAsked;
    std::vector<LinkStep> steps{};  // the last has the status that counts
    std::string said{};  // of the URL, for people: "answers with …"; empty where it is fine
    std::string hint{};

    int status() const { return steps.empty() ? 0 : steps.back().status; }
    const std::string& last_url() const { return steps.empty() ? url : steps.back().url; }
};

// "kFine" → "fine", for programs.
std::string_view name(LinkResult::Outcome outcome);

using AskPage = std::function<Visit(const std::string& method, const std::string& url)>;
// Why a page that a redirect leads to must not be asked, or empty.
using WhyNot = std::function<std::string(const std::string& url)>;

constexpr int kMostRedirects = 10;

// HEAD first, and GET where a server may only have refused that.
LinkResult walk_link(const std::string& url, const AskPage& ask, const WhyNot& why_not);

}  // namespace tocsin
