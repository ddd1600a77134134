#include "transport/imap/dialogue.h"

#include <algorithm>
#include <charconv>

#include "base/error.h"
#include "base/log.h"
#include "base/text.h"
#include "transport/imap/folder_name.h"

namespace tocsin {
namespace {

// UIDs of a folder of two million mails fit, and so does the largest piece that is asked for.
constexpr std::size_t kMost = 24u << 20;
// RFC 7162 section 4: a command line should not exceed 8,192 octets.
constexpr std::size_t kUidsAtOnce = 500;

// The words of "* SEARCH 1 2 3".
void append_uids(std::vector<ImapUid>& uids, std::string_view words) {
    const char* at = words.data();
    const char* end = at + words.size();
    while (at != end) {
        ImapUid uid = 0;
        auto [stop, fault] = std::from_chars(at, end, uid);
        if (fault == std::errc()) uids.push_back(uid);
        at = stop == at ? at + 1 : stop;
    }
}

std::string list_of(std::span<const ImapUid> uids) {
    std::string list;
    for (ImapUid uid : uids) list += (list.empty() ? "" : ",") + std::to_string(uid);
    return list;
}

bool has_word(std::string_view line, std::string_view word) {
    std::string padded = " " + ascii_lower(line) + " ";
    return padded.find(" " + ascii_lower(word) + " ") != std::string::npos;
}

// What "* 3 FETCH (UID 7 BODY[]<0> …" holds: a literal, or a quoted string, which only a mail
// without line ends can be.
std::optional<std::string> body_of(ImapLine& line) {
    auto body = line.text.find("BODY[]");
    if (!line.text.starts_with("* ") || body == line.text.npos) return std::nullopt;
    if (!line.literals.empty()) return std::move(line.literals.front());
    auto open = line.text.find('"', body);
    auto close = line.text.rfind('"');
    if (open == line.text.npos || close <= open) return std::string();
    return line.text.substr(open + 1, close - open - 1);
}

template <typename Do>
void in_portions(std::span<const ImapUid> uids, Do&& action) {
    while (!uids.empty()) {
        auto some = uids.first(std::min(uids.size(), kUidsAtOnce));
        action(list_of(some));
        uids = uids.subspan(some.size());
    }
}

}  // namespace

ImapDialogue::ImapDialogue(std::unique_ptr<ImapWire> wire, std::string shown,
                           const std::string& folder, bool read_only)
    : wire_(std::move(wire)), shown_(std::move(shown)), reader_(*wire_, shown_, kMost) {
    demand("CAPABILITY", [this](ImapLine& line) {
        if (!line.text.starts_with("* CAPABILITY")) return;
        can_move_ = has_word(line.text, "MOVE");
        can_expunge_ = has_word(line.text, "UIDPLUS");
    });
    std::string command = read_only ? "EXAMINE " : "SELECT ";
    std::string answer = ask(command + quoted_folder(folder));
    if (answer.starts_with("OK")) return;
    throw Unavailable("cannot open " + shown_ + ": " + redacted(printable(answer)),
                      "check the folder's name; folders below another one are named as the server "
                      "names them (INBOX.bounces, INBOX/bounces)");
}

ImapDialogue::~ImapDialogue() {
    try {
        ask("LOGOUT");
    } catch (const std::exception& fault) {
        log_debug("IMAP: no farewell");  // whatever broke was reported where it mattered
    }
}

std::vector<ImapUid> ImapDialogue::unread() {
    std::vector<ImapUid> uids;
    demand("UID SEARCH UNSEEN UNDELETED", [&](ImapLine& line) {
        constexpr std::string_view kBegin = "* SEARCH";
        if (line.text.starts_with(kBegin)) append_uids(uids, line.text.substr(kBegin.size()));
    });
    std::sort(uids.begin(), uids.end());
    return uids;
}

std::optional<std::string> ImapDialogue::fetch(ImapUid uid, std::size_t most) {
    std::optional<std::string> mail;
    demand("UID FETCH " + std::to_string(uid) + " (BODY.PEEK[]<0." + std::to_string(most) + ">)",
           [&](ImapLine& line) {
               if (auto body = body_of(line)) mail = std::move(body);
           });
    return mail;
}

void ImapDialogue::mark(std::span<const ImapUid> uids, bool star) {
    const std::string flags =
        star ? " +FLAGS.SILENT (\\Seen \\Flagged)" : " +FLAGS.SILENT (\\Seen)";
    in_portions(uids, [&](const std::string& list) { demand("UID STORE " + list + flags); });
}

void ImapDialogue::move(std::span<const ImapUid> uids, const std::string& folder) {
    in_portions(uids, [&](const std::string& list) { move_or_copy(list, folder); });
}

void ImapDialogue::move_or_copy(const std::string& uids, const std::string& folder) {
    const std::string verb = can_move_ ? "UID MOVE " : "UID COPY ";
    const std::string command = verb + uids + " " + quoted_folder(folder);
    std::string answer = ask(command);
    if (!answer.starts_with("OK") && answer.find("[TRYCREATE]") != std::string::npos) {
        demand("CREATE " + quoted_folder(folder));
        answer = ask(command);
    }
    if (!answer.starts_with("OK")) refused(verb, answer);
    if (can_move_) return;
    demand("UID STORE " + uids + " +FLAGS.SILENT (\\Seen \\Deleted)");
    if (can_expunge_) demand("UID EXPUNGE " + uids);
}

std::string ImapDialogue::ask(const std::string& command, const OnLine& untagged) {
    const std::string tag = "T" + std::to_string(++tag_) + " ";
    wire_->send(tag + command + "\r\n");
    for (;;) {
        ImapLine line = reader_.next();
        if (line.text.starts_with(tag)) return line.text.substr(tag.size());
        if (untagged) untagged(line);
    }
}

void ImapDialogue::demand(const std::string& command, const OnLine& untagged) {
    std::string answer = ask(command, untagged);
    if (!answer.starts_with("OK")) refused(command, answer);
}

void ImapDialogue::refused(const std::string& command, const std::string& answer) const {
    std::string verb = command.substr(0, command.find_first_of("0123456789\""));
    throw Unavailable(shown_ + " refused `" + std::string(trim(verb)) +
                      "`: " + redacted(printable(answer)));
}

}  // namespace tocsin
