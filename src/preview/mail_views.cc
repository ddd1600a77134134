// The inbox lines and the six views of one mail.
#include "base/html.h"
#include "base/text.h"
#include "mail/decode_words.h"
#include "preview/framed_html.h"
#include "preview/page_parts.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostSource = 256 << 10;
constexpr std::size_t kInboxLine = 300;  // bytes; more than any inbox shows

std::string display_name(std::string_view from) {
    std::size_t bracket = from.rfind(" <");
    return std::string(bracket == std::string_view::npos ? from : from.substr(0, bracket));
}

std::string first_character(std::string_view text) {
    std::size_t length = 1;
    while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80)
        ++length;
    return std::string(text.substr(0, length));
}

// On one line, at most as long as an inbox could show.
std::string beginning(std::string_view text) {
    std::string out;
    for (char c : trim(text)) {
        bool is_blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        if (is_blank && out.ends_with(' ')) continue;
        if (out.size() >= kInboxLine && (static_cast<unsigned char>(c) & 0xC0) != 0x80) break;
        out += is_blank ? ' ' : c;
    }
    return out;
}

std::string frame(const std::string& srcdoc, int width, std::string_view device,
                  std::string_view look) {
    const std::string px = std::to_string(width);
    const std::string title = std::string(device) + ", " + px + " px";
    return "<figure class=\"device " + std::string(device == "Phone" ? "phone" : "desktop") + " " +
           std::string(look) + "\"><figcaption>" + title +
           "</figcaption><div class=\"scroller\"><iframe sandbox=\"\" loading=\"lazy\" title=\"" +
           title + "\" width=\"" + px + "\" srcdoc=\"" + srcdoc + "\"></iframe></div></figure>\n";
}

std::string note_of(const MailView& mail, std::string_view look) {
    if (look == "dark" && !has_dark_styles(mail.parts.html))
        return "<p class=\"quiet note\">The mail brings no dark styles: its colours are turned, as "
               "some clients do; others leave it light.</p>";
    if (look == "bare")
        return "<p class=\"quiet note\">As before a reader lets pictures in: only their "
               "<code>alt</code> texts are there.</p>";
    return "";
}

}  // namespace

std::string inbox_lines(std::string_view from, const MailView& mail) {
    const std::string name = display_name(from);
    const bool has_preheader = !mail.parts.preheader.empty();
    const std::string subject =
        "<span class=\"subject\" dir=\"auto\">" + escape_html(mail.parts.subject) + "</span>";
    const std::string teaser =
        "<span class=\"teaser\" dir=\"auto\">" +
        escape_html(has_preheader ? mail.parts.preheader : beginning(mail.parts.text)) + "</span>";
    const std::string sender = element("span", "from", name);
    std::string out =
        "<div class=\"inbox\"><div class=\"line phone\" role=\"img\" aria-label=\"In a phone's "
        "inbox\"><span class=\"face\">" +
        escape_html(first_character(name)) + "</span>" + sender + "<time>09:41</time>" + subject +
        teaser +
        "</div><div class=\"line desktop\" role=\"img\" aria-label=\"In a desktop's inbox\">" +
        sender + "<span class=\"rest\">" + subject + teaser + "</span><time>09:41</time></div>";
    if (!has_preheader)
        out += "<p class=\"quiet\">There is no preheader: inboxes show how the mail begins.</p>";
    return out + "</div>\n";
}

std::string html_view(const MailView& mail, std::string_view look) {
    if (mail.parts.html.empty()) return "<p class=\"quiet\">This mail has no HTML part.</p>";
    FramedLook framed = look == "dark"   ? FramedLook::kDark
                        : look == "bare" ? FramedLook::kNoImages
                                         : FramedLook::kLight;
    const std::string srcdoc = escape_html(framed_html(mail.parts.html, framed));
    return note_of(mail, look) + "<div class=\"devices\">" + frame(srcdoc, 360, "Phone", look) +
           frame(srcdoc, 640, "Desktop", look) + "</div>";
}

std::string text_view(const MailView& mail) {
    return "<pre class=\"text\" dir=\"auto\" tabindex=\"0\">" + escape_html(mail.parts.text) +
           "</pre>";
}

std::string header_view(const MailView& mail) {
    std::string rows;
    for (const HeaderField& field : header_fields(mail.source)) {
        rows += "<tr><th scope=\"row\">" + escape_html(field.name) + "</th><td dir=\"auto\">" +
                escape_html(decode_words(field.value)) + "</td></tr>";
    }
    const std::string raw = mail.source.substr(0, mail.source.find("\r\n\r\n"));
    return "<table class=\"headers\"><tbody>" + rows +
           "</tbody></table><h3>As they go out</h3><pre dir=\"ltr\" tabindex=\"0\">" +
           escape_html(raw) + "</pre>";
}

std::string source_view(const MailView& mail) {
    std::string out = "<pre dir=\"ltr\" tabindex=\"0\">" +
                      escape_html(std::string_view(mail.source).substr(0, kMostSource)) + "</pre>";
    if (mail.source.size() > kMostSource)
        out += "<p class=\"quiet\">… and so on: all " + kilobytes(mail.source.size()) +
               " are in <code>" + escape_html(mail.file) + "</code>.</p>";
    return out;
}

}  // namespace tocsin
