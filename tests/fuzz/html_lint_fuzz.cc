// Any bytes as a mail's HTML: the lint ends, and whatever it finds stands in the template.
//
// Parts of the input between bytes 0x1F are the template's and a recipient's field's in turn.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "lint/mail.h"

namespace {

using namespace tocsin;

void require(bool holds) {
    if (!holds) std::abort();
}

Content content_of(const std::string& html) {
    Content content{"fuzz",
                    {"Harbour Action", Mailbox::from("campaigns@harbour.example")},
                    std::nullopt,
                    {{"c.yaml", 3, 10}, "Keep the harbour open"},
                    std::nullopt,
                    "t.html.mustache",
                    "",
                    {{"t.html.mustache", html}},
                    Value::Map{},
                    {},
                    {},
                    "",
                    "",
                    {},
                    {"Harbour Action", "1 Quay Street, Port Anwen", "https://harbour.example", ""},
                    {}};
    content.unsubscribe.url = "https://u.harbour.example/u/";
    content.unsubscribe.mailto = Mailbox::from("leave@harbour.example");
    return content;
}

TracedMail mail_of(std::string_view input) {
    TracedMail mail;
    const SourceText source("templates/t.html.mustache", std::string(input));
    bool is_field = false;
    for (std::size_t at = 0; at < input.size();) {
        auto end = std::min(input.find('\x1F', at), input.size());
        if (end > at) {
            auto kind = is_field ? TracePiece::Kind::kField : TracePiece::Kind::kText;
            mail.html.pieces.push_back({mail.html.text.size(), kind, source.place(at)});
            mail.html.text += input.substr(at, end - at);
        }
        is_field = !is_field;
        at = end + 1;
    }
    mail.mail.html = mail.html.text;
    return mail;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    std::string_view input(reinterpret_cast<const char*>(bytes), size);
    const Content content = content_of(std::string(input));
    const TracedMail mail = mail_of(input);
    Findings findings;
    const LintIgnore ignore;
    LintReport report(ignore, findings);
    lint_mail(mail, content, report);
    for (const Finding& finding : findings.all()) {
        require(!format(finding).empty());
        require(finding.place.line > 0 || mail.html.text.empty());
    }
    for (const MailLink& link : links_of(mail, content)) {
        require(!link.url.empty() && link.url.find('\n') == std::string::npos);
    }
    return 0;
}
