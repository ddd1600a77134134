// A journal behind a real HTTP server.
#pragma once

#include <memory>
#include <string>

#include "support/http_script.h"
#include "support/temporary_folder.h"
#include "unit/unsubscribe/support.h"
#include "unsubscribe/journal_book.h"
#include "unsubscribe/pull_server.h"

namespace tocsin::test {

inline PullRequest pull_request(const HeardRequest& heard) {
    auto from = heard.line.find("after=") + 6;
    return {heard.line.substr(0, heard.line.find(' ')),
            heard.line.substr(from, heard.line.rfind(' ') - from), [&heard](const char* name) {
                auto found = heard.headers.find(name);
                return found == heard.headers.end() ? std::string() : found->second;
            }};
}

inline std::string written(const PullAnswer& answer) {
    std::string headers;
    for (const auto& [name, value] : answer.headers) headers += name + ": " + value + "\r\n";
    return http_response(answer.status, headers, answer.body);
}

struct PullFixture {
    TemporaryFolder folder;
    KeyRing keys = key_ring();
    ManualClock clock{kNoon};
    std::unique_ptr<JournalBook> book = open_book("a.log");
    PullServer pulls{keys, *book, clock};

    std::unique_ptr<JournalBook> open_book(const std::string& name) {
        return std::make_unique<JournalBook>(folder.path() / name, keys, clock);
    }
    void leave(LeaveBook& into, int person, Choice choice = Choice::kList) {
        Leaving leaving = leaving_of(keys, token_of(keys, person), choice, clock.now());
        into.record(std::span(&leaving, 1));
    }
    bool has_left(LeaveBook& in, int person) {
        return in.standing(*decode_token(keys, token_of(keys, person))).left_list;
    }
};

}  // namespace tocsin::test
