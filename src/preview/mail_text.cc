#include "preview/mail_text.h"

#include "base/random.h"
#include "base/text.h"
#include "compose/list_headers.h"
#include "compose/unsubscribe_links.h"
#include "mail/digest.h"
#include "preview/line_diff.h"

namespace tocsin {
namespace {

constexpr std::size_t kLongLine = 120;

std::string shown(const Attachment& file) {
    return file.name + " (" + file.media_type + ", " + grouped(file.bytes.size()) +
           " bytes, SHA-256 " + to_hex(sha256(file.bytes)).substr(0, 16) + ")";
}

std::vector<std::string> headers_of(const Content& content, const Rendered& parts,
                                    const UnsubscribeLinks& links) {
    std::vector<std::string> lines = {"From: " + content.from.shown()};
    if (content.reply_to) lines.push_back("Reply-To: " + content.reply_to->shown());
    lines.push_back("Subject: " + parts.subject);
    if (!parts.preheader.empty()) lines.push_back("Preheader: " + parts.preheader);
    for (const HeaderField& field : list_headers(content, links, content.bounce_address)) {
        lines.push_back(field.name + ": " + field.value);
    }
    for (const Attachment& file : content.attachments) {
        lines.push_back("Attachment: " + shown(file));
    }
    return lines;
}

// HTML from an editor is often one line.
std::vector<std::string> html_lines(const std::string& html) {
    std::vector<std::string> lines;
    for (const std::string& line : lines_of(html)) {
        std::size_t begin = 0;
        while (line.size() > kLongLine) {
            std::size_t end = line.find("><", begin);
            if (end == std::string::npos) break;
            lines.push_back(line.substr(begin, end + 1 - begin));
            begin = end + 1;
        }
        lines.push_back(line.substr(begin));
    }
    return lines;
}

}  // namespace

MailText mail_text(const Content& content, Renderer& renderer, const Mailbox& recipient,
                   const std::vector<std::string>& cells) {
    const UnsubscribeLinks links = unsubscribe_links(content.unsubscribe, kHarmless);
    const Rendered parts =
        renderer.render(cells, {recipient.written(), links.visible(), links.view});
    return {headers_of(content, parts, links), lines_of(parts.text), html_lines(parts.html)};
}

std::vector<PartDifference> differences(const MailText& then, const MailText& now, bool colour) {
    std::vector<PartDifference> parts;
    auto compare = [&](const char* name, const std::vector<std::string>& before,
                       const std::vector<std::string>& after) {
        std::string diff = unified_diff(before, after, colour);
        if (!diff.empty()) parts.push_back({name, std::move(diff)});
    };
    compare("headers", then.headers, now.headers);
    compare("text part", then.text, now.text);
    compare("HTML part", then.html, now.html);
    return parts;
}

}  // namespace tocsin
