#include "inbound/recognise/reasons.h"

#include <doctest/doctest.h>
#include <string>
#include <vector>

#include "inbound/recognise/auto_subjects.h"
#include "inbound/recognise/diagnosis.h"
#include "inbound/recognise/leaving_words.h"
#include "inbound/recognise/phrases.h"

using namespace tocsin;

TEST_CASE("rows of the tables are in the form that texts are compared in") {
    std::vector<std::string_view> rows;
    for (auto* table : {sender_reasons, mailbox_reasons, message_reasons, loose_reasons}) {
        for (const Reason& reason : table()) rows.push_back(reason.text);
    }
    for (auto* table : {failure_phrases, failure_subjects}) {
        for (const Phrase& phrase : table()) rows.push_back(phrase.text);
    }
    for (auto* table : {delay_phrases, give_up_phrases, auto_subjects, leaving_words}) {
        for (std::string_view text : table()) rows.push_back(text);
    }
    for (std::string_view row : rows) {
        CAPTURE(row);
        CHECK_FALSE(row.empty());
        CHECK(comparable("." + std::string(row) + ".") == "." + std::string(row) + ".");
    }
}

TEST_CASE("no row is hidden by one before it") {
    std::vector<std::string_view> before;
    for (auto* table : {sender_reasons, mailbox_reasons, message_reasons, loose_reasons}) {
        for (const Reason& reason : table()) {
            for (std::string_view other : before) {
                CAPTURE(reason.text);
                CAPTURE(other);
                CHECK(reason.text.find(other) == reason.text.npos);
            }
            before.push_back(reason.text);
        }
    }
}
