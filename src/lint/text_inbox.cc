#include <algorithm>
#include <string>

#include "base/text.h"
#include "lint/characters.h"
#include "lint/limits.h"
#include "lint/reply_prefix.h"
#include "lint/text_rules.h"

namespace tocsin {
namespace {

constexpr std::size_t kShortestPreheader = 40;
constexpr std::size_t kLongestPreheader = 130;
// A subject that is too long with these is too long for everybody.
constexpr std::size_t kShortName = 5;

// ", with short values in its fields", where it has any.
std::string with_fields(const PlainText& text) {
    bool has_fields = std::ranges::any_of(text.trace.pieces, [](const TracePiece& piece) {
        return piece.kind == TracePiece::Kind::kField;
    });
    return has_fields ? ", with short values in its fields" : "";
}

}  // namespace

void lint_subject(const PlainText& subject) {
    if (auto prefix = reply_prefix(subject.text()); !prefix.empty()) {
        subject.add("subject-fake-reply",
                    static_cast<std::size_t>(prefix.data() - subject.text().data()),
                    "the subject begins with `" + std::string(prefix) + "`, and answers nothing",
                    "leave it out");
    }
    if (is_shouting(subject.with_short_cells(0))) {
        subject.add_whole("subject-upper-case", "the subject is all in capitals",
                          "write it as a sentence");
    }
    std::size_t length = characters(subject.with_short_cells(kShortName));
    if (length <= kLongestSubject) return;
    subject.add_whole(
        "long-subject", "the subject has " + counted(length, "character") + with_fields(subject),
        "say in " + std::to_string(kLongestSubject) + " what it is about; the preheader can go on");
}

void lint_preheader(const PlainText& preheader) {
    const std::string hint = std::to_string(kShortestPreheader) + " to " +
                             std::to_string(kLongestPreheader) + " characters fill an inbox’s line";
    if (trim(preheader.text()).empty()) {
        return preheader.add_whole("no-preheader", "the preheader comes out empty for some people",
                                   "give it a wording for them, too");
    }
    const std::size_t least = characters(preheader.with_short_cells(kShortName));
    const std::size_t all = characters(preheader.text());
    if (least <= kLongestPreheader && all >= kShortestPreheader) return;
    bool is_long = least > kLongestPreheader;
    preheader.add_whole("preheader-length",
                        "the preheader has " + counted(is_long ? least : all, "character") +
                            (is_long ? with_fields(preheader) : ""),
                        hint);
}

}  // namespace tocsin
