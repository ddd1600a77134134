#include <algorithm>

#include "base/text.h"
#include "compose/preheader.h"
#include "lint/html_rules.h"
#include "lint/limits.h"

namespace tocsin {
namespace {

constexpr std::size_t kLarge = 92'160;     // little is missing
constexpr std::size_t kLongestLine = 998;  // RFC 5322, 2.1.1, without CRLF

// What tocsin itself put in does not count: nobody could break it.
std::string inserted_by_us(const TracedMail& mail) {
    std::string block;
    if (!mail.mail.preheader.empty()) insert_preheader(block, mail.mail.preheader);
    return block;
}

// The piece of a line that nearly all of it came from, or null.
const TracePiece* main_piece(const Trace& trace, std::size_t begin, std::size_t end) {
    for (auto piece = trace.pieces.begin(); piece != trace.pieces.end(); ++piece) {
        auto next = std::next(piece);
        std::size_t piece_end = next == trace.pieces.end() ? trace.text.size() : next->begin;
        std::size_t from = std::max(begin, piece->begin), to = std::min(end, piece_end);
        bool is_value = piece->kind != TracePiece::Kind::kText;
        if (is_value && from < to && to - from > kLongestLine / 2) return &*piece;
    }
    return nullptr;
}

void add(std::string_view id, const TracedMail& mail, const Content& content, std::size_t offset,
         std::string message, std::string hint, LintReport& report) {
    Place place = mail.html.place(offset);
    std::string excerpt = excerpt_of(content, place);
    if (excerpt.size() > 16 * kLongestLine) excerpt.clear();
    report.add(id, std::move(place), std::move(message), std::move(hint), std::move(excerpt));
}

void lint_line(const TracedMail& mail, const Content& content, std::size_t begin, std::size_t end,
               LintReport& report) {
    const TracePiece* main = main_piece(mail.html, begin, end);
    if (main == nullptr) {
        return add("long-line", mail, content, begin,
                   "a line of " + counted(end - begin, "byte") + " in the HTML",
                   "break it where there is a blank; in HTML, that changes nothing", report);
    }
    const std::string name = tag_name(content, main->place);
    add("long-line", mail, content, main->begin,
        "`{{" + name + "}}` makes a line of " + counted(end - begin, "byte"),
        "break the value into lines, or shorten it", report);
}

void lint_lines(const TracedMail& mail, const Content& content, LintReport& report) {
    const std::string& html = mail.html.text;
    const std::string ours = inserted_by_us(mail);
    const std::size_t ours_at = ours.empty() ? html.npos : html.find(ours);
    for (std::size_t begin = 0; begin < html.size();) {
        std::size_t end = std::min(html.find('\n', begin), html.size());
        bool has_ours = begin <= ours_at && ours_at < end;
        std::size_t length = end - begin - (has_ours ? ours.size() : 0);
        if (end > begin && html[end - 1] == '\r') --length;
        if (length > kLongestLine) lint_line(mail, content, begin, end, report);
        begin = end + 1;
    }
}

}  // namespace

void lint_size(const TracedMail& mail, const Content& content, LintReport& report) {
    const std::size_t size = mail.html.text.size();
    const std::string message = "the HTML has " + counted(size, "byte");
    const std::string hint =
        "shorten it: take out what the mail can do without, styles that "
        "repeat, and comments";
    if (size > kLargestHtml) {
        add("html-too-large", mail, content, 0, message, hint, report);
    } else if (size > kLarge) {
        add("html-large", mail, content, 0, message, hint, report);
    }
    lint_lines(mail, content, report);
}

}  // namespace tocsin
