// Every seed of the fuzz target is a mail that comes back, one of each form: what it must be taken
// for stands here.
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "inbound/report.h"

using namespace tocsin;

namespace {

std::string seed(const std::string& name) {
    std::ifstream file(
        std::string(TOCSIN_SOURCE_DIR) + "/tests/fuzz/corpus/inbound/" + name + ".eml",
        std::ios::binary);
    REQUIRE(file);
    return {std::istreambuf_iterator<char>(file), {}};
}

// "bounce hard 5.1.1 ada@quay.example"; what is empty is left out.
std::string outcome(const Report& report) {
    std::string text(name(report.kind));
    for (std::string_view more : {name(report.bounce), std::string_view(report.status),
                                  std::string_view(report.recipient)}) {
        if (!more.empty()) text.append(" ").append(more);
    }
    return text;
}

struct Expected {
    std::string seed, outcome;
};

const Expected kExpected[] = {
    {"arf-abuse", "complaint ada@quay.example"},
    {"arf-auth-failure", "other ada@quay.example"},
    {"arf-fraud", "complaint ada@quay.example"},
    {"arf-not-spam", "other ada@quay.example"},
    {"arf-opt-out-list", "unsubscribe ada@quay.example"},
    {"arf-opt-out", "unsubscribe ada@quay.example"},
    {"arf-redacted", "complaint"},
    {"arf-virus", "complaint ada@quay.example"},
    {"auto-field", "auto_reply"},
    {"auto-precedence", "auto_reply"},
    {"auto-replied", "auto_reply"},
    {"auto-subject-french", "auto_reply"},
    {"auto-subject-german", "auto_reply"},
    {"auto-subject-japanese", "auto_reply"},
    {"auto-telephone", "auto_reply"},
    {"bomb-messages", "other"},
    {"bomb-nested", "other"},
    {"broken-mime", "bounce hard 5.1.1 ada@quay.example"},
    {"courier", "bounce hard 5.1.1 ada@quay.example"},
    {"domino", "bounce hard 5.1.1 ada@quay.example"},
    {"dsn-as-text", "bounce hard 5.1.1 ada@quay.example"},
    {"dsn-auth", "bounce policy 5.7.26 ada@quay.example"},
    {"dsn-base64", "bounce hard 5.1.1 ada@quay.example"},
    {"dsn-blank-lines", "bounce hard 5.1.1 ada@quay.example"},
    {"dsn-blocked", "bounce policy 5.7.1 ada@quay.example"},
    {"dsn-cr-only", "bounce hard 5.1.1 ada@quay.example"},
    {"dsn-crlf-mbox", "bounce hard 5.1.1 ada@quay.example"},
    {"dsn-data-hint", "bounce policy 5.0.0 ada@quay.example"},
    {"dsn-delayed", "delay soft 4.4.1 ada@quay.example"},
    {"dsn-delivered", "other 2.0.0 ada@quay.example"},
    {"dsn-edge-block", "bounce hard 5.1.1 ada@quay.example"},
    {"dsn-expanded", "other 2.0.0 ada@quay.example"},
    {"dsn-expired", "bounce soft 4.4.7 ada@quay.example"},
    {"dsn-full", "bounce soft 5.2.2 ada@quay.example"},
    {"dsn-global", "bounce hard 5.1.1 jörg@quay.example"},
    {"dsn-headers-only", "bounce hard 5.1.1 ada@quay.example"},
    {"dsn-mixed", "bounce hard 5.1.1 ada@quay.example"},
    {"dsn-nested", "bounce hard 5.1.1 ada@quay.example"},
    {"dsn-no-action", "bounce hard 5.1.1 ada@quay.example"},
    {"dsn-no-blank-line", "bounce hard 5.1.1 ada@quay.example"},
    {"dsn-no-boundary", "bounce hard 5.1.1 ada@quay.example"},
    {"dsn-no-domain", "bounce hard 5.1.2 ada@quya.example"},
    {"dsn-nothing-returned", "bounce hard 5.1.1 ada@quay.example"},
    {"dsn-octet-stream", "bounce hard 5.1.1 ada@quay.example"},
    {"dsn-rcpt-hint", "bounce hard 5.0.0 ada@quay.example"},
    {"dsn-relayed", "other 2.0.0 ada@quay.example"},
    {"dsn-several", "bounce hard 5.1.1 ada@quay.example"},
    {"dsn-spam", "bounce policy 5.7.1 ada@quay.example"},
    {"dsn-status-first", "bounce hard 5.1.1 ada@quay.example"},
    {"dsn-text-only-diagnosis", "bounce soft 5.2.2 ada@quay.example"},
    {"dsn-too-large", "bounce soft 5.3.4 ada@quay.example"},
    {"dsn-user-unknown", "bounce hard 5.1.1 ada@quay.example"},
    {"dsn-vague-status", "bounce hard 5.1.1 ada@quay.example"},
    {"exchange-german", "bounce hard 5.1.10 ada@quay.example"},
    {"exchange-old", "bounce hard 5.1.1 ada@quay.example"},
    {"exchange-words", "bounce hard 5.1.1 ada@quay.example"},
    {"exim-delay", "delay soft 4.4.1 ada@quay.example"},
    {"exim-retry", "bounce soft 4.4.7 ada@quay.example"},
    {"exim", "bounce hard 5.1.1 ada@quay.example"},
    {"french", "bounce soft 5.2.2 ada@quay.example"},
    {"gmail-words", "bounce hard 5.1.1 ada@quay.example"},
    {"html-only", "bounce hard 5.1.1 ada@quay.example"},
    {"imail", "bounce hard 5.1.1 ada@quay.example"},
    {"jmrp", "complaint ada@quay.example"},
    {"mobile-kddi", "bounce hard 5.1.1 ada@quay.example"},
    {"mobile-mms", "bounce hard 5.1.1"},
    {"odd-charset", "bounce hard 5.1.1 ada@quay.example"},
    {"odd-empty", "other"},
    {"odd-latin", "bounce hard 5.1.1 ada@quay.example"},
    {"odd-nul", "bounce soft"},
    {"other-about-bounce", "other"},
    {"other-attached-status", "other"},
    {"other-codes", "other"},
    {"other-cron", "other"},
    {"other-forwarded-bounce", "other"},
    {"other-list-unsubscribe", "other"},
    {"other-newsletter", "other"},
    {"other-not-auto", "other"},
    {"other-reply", "other"},
    {"polish", "bounce soft 5.2.2 ada@quay.example"},
    {"postfix-old", "bounce hard 5.1.1 ada@quay.example"},
    {"qmail", "bounce hard 5.1.1 ada@quay.example"},
    {"receipt", "auto_reply"},
    {"russian", "bounce hard 5.1.1 ada@quay.example"},
    {"sendmail-warning", "delay soft 4.4.1 ada@quay.example"},
    {"sendmail", "bounce hard 5.1.1 ada@quay.example"},
    {"spanish", "bounce hard 5.1.1 ada@quay.example"},
    {"unsubscribe-delivered-to", "unsubscribe ada@quay.example"},
    {"unsubscribe-reply", "unsubscribe ada@quay.example"},
    {"unsubscribe-token", "unsubscribe ada@quay.example"},
    {"unsubscribe-words", "unsubscribe ada@quay.example"},
    {"x-arf", "complaint"},
    {"ses-bounce", "bounce hard 5.1.1 ada@quay.example"},
    {"ses-complaint", "complaint ada@quay.example"},
    {"jmrp-bare", "complaint ada@quay.example"},
    {"delay-words", "delay soft 4.4.1 ada@quay.example"},
    {"program-returns", "bounce soft 5.2.2 ada@quay.example"},
    {"no-reply-returns", "bounce soft 5.2.2"},
    {"yahoo", "bounce soft 5.2.2 ada@quay.example"},
};

}  // namespace

TEST_CASE("each form of mail that comes back is taken for what it is") {
    for (const Expected& expected : kExpected) {
        CAPTURE(expected.seed);
        CHECK(outcome(recognise(seed(expected.seed))) == expected.outcome);
    }
}

TEST_CASE("no seed is left without a word on what it is") {
    std::set<std::string> told, there;
    for (const Expected& expected : kExpected) told.insert(expected.seed);
    for (const auto& entry : std::filesystem::directory_iterator(std::string(TOCSIN_SOURCE_DIR) +
                                                                 "/tests/fuzz/corpus/inbound")) {
        there.insert(entry.path().stem().string());
    }
    CHECK(told == there);
}
