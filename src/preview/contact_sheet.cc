#include "preview/contact_sheet.h"

#include "base/html.h"
#include "base/text.h"

namespace tocsin {
namespace {

constexpr char kHead[] = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'; base-uri 'none'; form-action 'none'">
<title>)";

constexpr char kStyle[] = R"(</title>
<style>
:root { --ink: #1c2430; --quiet: #5b6675; --line: #d7dde5; --paper: #fff; --ground: #f3f5f8; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e7ecf3; --quiet: #9aa7b8; --line: #33404f; --paper: #1a212b; --ground: #10151c; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 90rem; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; }
p { margin: 0 0 1rem; color: var(--quiet); }
nav ol { columns: 18rem; padding-left: 1.5rem; margin: 0 0 2rem; font-size: .9rem; }
a { color: inherit; }
article { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; margin: 0 0 2rem; overflow: hidden; }
header { padding: .8rem 1rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; margin: 0; }
header p { margin: 0; font-size: .9rem; }
.frames { display: flex; flex-wrap: wrap; gap: 1rem; padding: 1rem; align-items: flex-start; }
figure { margin: 0; max-width: 100%; overflow-x: auto; }
figcaption { font-size: .8rem; color: var(--quiet); }
iframe { border: 1px solid var(--line); background: #fff; height: 44rem; display: block; }
pre { margin: 0; padding: 1rem; max-height: 44rem; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; font: .85rem/1.5 ui-monospace, monospace; border: 1px solid var(--line); width: calc(76ch + 3rem); max-width: 100%; }
</style>
</head>
<body>
)";

std::string frame(const std::string& html, int width, std::string_view caption) {
    std::string px = std::to_string(width);
    return "<figure><figcaption>" + std::string(caption) +
           "</figcaption><iframe sandbox=\"\" loading=\"lazy\" title=\"" + std::string(caption) +
           "\" width=\"" + px + "\" srcdoc=\"" + escape_html(html) + "\"></iframe></figure>\n";
}

std::string article(const SheetEntry& entry, std::size_t number) {
    const Rendered& parts = entry.parts;
    std::string out = "<article id=\"m" + std::to_string(number) + "\">\n<header><h2>" +
                      escape_html(parts.subject) + "</h2>\n<p>" + escape_html(parts.preheader) +
                      "</p>\n<p>to " + escape_html(entry.recipient) + " · <a href=\"" +
                      escape_html(entry.file) + "\">" + escape_html(entry.file) +
                      "</a></p></header>\n<div class=\"frames\">\n";
    if (!parts.html.empty()) {
        out += frame(parts.html, 360, "phone, 360 px");
        out += frame(parts.html, 640, "desktop, 640 px");
    }
    out += "<figure><figcaption>text part</figcaption><pre dir=\"auto\">" +
           escape_html(parts.text) + "</pre></figure>\n";
    return out + "</div>\n</article>\n";
}

}  // namespace

std::string contact_sheet(std::string_view campaign, std::string_view from,
                          const std::vector<SheetEntry>& entries) {
    std::string page = kHead + escape_html(campaign) + ": preview" + kStyle;
    page += "<h1>" + escape_html(campaign) + "</h1>\n<p>From " + escape_html(from) + " · " +
            counted(entries.size(), "mail") +
            " · unsubscribe links here suppress nobody</p>\n<nav><ol>\n";
    for (std::size_t i = 0; i < entries.size(); ++i) {
        page += "<li><a href=\"#m" + std::to_string(i + 1) + "\">" +
                escape_html(entries[i].recipient) + "</a></li>\n";
    }
    page += "</ol></nav>\n";
    for (std::size_t i = 0; i < entries.size(); ++i) page += article(entries[i], i + 1);
    return page + "</body>\n</html>\n";
}

}  // namespace tocsin
