#include "delivery/notice_text.h"

#include "base/machine.h"
#include "base/text.h"
#include "campaign/vocabulary.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostHeadline = 200;

std::string_view becomes(NotifyEvent event) {
    switch (event) {
        case NotifyEvent::kDone:
            return " is done";
        case NotifyEvent::kHeld:
            return " is held";
        case NotifyEvent::kPaused:
            return " is paused";
        case NotifyEvent::kInDoubt:
            return " has mails in doubt";
    }
    return "";
}

// What servers said may be anything.
std::string clean(std::string_view line) {
    std::string text = printable(line);
    while (auto bad = invalid_utf8(text)) text[*bad] = '?';
    return text;
}

std::string shortened(std::string text) {
    if (text.size() <= kMostHeadline) return text;
    constexpr std::string_view kMore = "…";
    text.resize(kMostHeadline - kMore.size());
    // Not in the middle of a character.
    if (auto bad = invalid_utf8(text)) text.resize(*bad);
    return text + std::string(kMore);
}

std::string whole_headline(const Notice& notice) {
    const std::string line = clean(trim(notice.text.substr(0, notice.text.find('\n'))));
    const std::string name = notice.mailing.shown();
    if (line.starts_with(name)) return line;
    const std::string what = name + std::string(becomes(notice.event));
    return line.empty() ? what : what + ": " + line;
}

// What stands below the headline, line by line.
std::string rest(const std::string& text) {
    std::string out;
    for (std::size_t end = text.find('\n'); end != std::string::npos;) {
        const std::size_t from = end + 1;
        end = text.find('\n', from);
        out += clean(text.substr(from, end - from)) + "\n";
    }
    return out.ends_with("\n\n") ? out.substr(0, out.size() - 1) : out;
}

}  // namespace

std::string_view name(NotifyEvent event) {
    return kNotifyEvents.known[static_cast<std::size_t>(event)];
}

std::string headline(const Notice& notice) {
    return shortened(whole_headline(notice));
}

std::string body(const Notice& notice, const Workspace& workspace, WallTime when) {
    std::string others = rest(notice.text);
    if (others == "\n") others.clear();
    return whole_headline(notice) + "\n" + others + "\n" + clean(workspace.root.string()) + " on " +
           clean(host_name()) + ", " + iso8601(when) + "\n";
}

}  // namespace tocsin
