// A wire to a server that says what it is told, in pieces, and keeps what it was asked.
#pragma once

#include <deque>
#include <stdexcept>
#include <string>

#include "transport/imap/wire.h"

namespace tocsin::test {

struct ScriptedWire : ImapWire {
    std::deque<std::string> answers;  // one for each command, `TAG` stands for its tag
    std::string asked;                // without tags
    std::size_t piece = 7;            // bytes at a time
    std::string pending;

    void send(std::string_view bytes) override {
        auto blank = bytes.find(' ');
        std::string tag(bytes.substr(0, blank));
        asked += bytes.substr(blank + 1);
        std::string answer = answers.empty() ? "TAG OK\r\n" : answers.front();
        if (!answers.empty()) answers.pop_front();
        for (auto at = answer.find("TAG"); at != answer.npos; at = answer.find("TAG")) {
            answer.replace(at, 3, tag);
        }
        pending += answer;
    }
    std::string receive() override {
        if (pending.empty()) throw std::runtime_error("nothing more to say");
        std::string some = pending.substr(0, piece);
        pending.erase(0, piece);
        return some;
    }
};

}  // namespace tocsin::test
