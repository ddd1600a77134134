#include "compose/preheader.h"

#include "base/html.h"
#include "base/text.h"

namespace tocsin {
namespace {

constexpr std::string_view kOpen =
    "<div style=\"display:none;font-size:1px;line-height:1px;max-height:0;max-width:0;opacity:0;"
    "overflow:hidden;mso-hide:all\">";
constexpr std::string_view kFiller = "&#847;&zwnj;&nbsp;";
constexpr int kFillers = 30;

std::string filled(std::string_view end) {
    std::string text;
    for (int i = 0; i < kFillers; ++i) text += kFiller;
    return text.append(end);
}

bool is_body_tag(std::string_view html, std::size_t at) {
    constexpr std::string_view kTag = "<body";
    if (html.size() - at <= kTag.size()) return false;
    char next = html[at + kTag.size()];
    return ascii_iequals(html.substr(at, kTag.size()), kTag) &&
           (next == '>' || next == ' ' || next == '\n' || next == '\r' || next == '\t');
}

// Where the body's content begins: values are escaped, so a `<body` can only be the template's own.
std::size_t body_start(std::string_view html) {
    for (auto at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
        if (!is_body_tag(html, at)) continue;
        auto end = html.find('>', at);
        return end == std::string_view::npos ? 0 : end + 1;
    }
    return 0;
}

}  // namespace

Inserted insert_preheader(std::string& html, std::string_view preheader) {
    static const std::string kClose = filled("</div>");
    std::string block(kOpen);
    block += escape_html(preheader);
    block += kClose;
    const std::size_t begin = body_start(html);
    html.insert(begin, block);
    return {begin, block.size()};
}

}  // namespace tocsin
