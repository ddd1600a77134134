#include "web/style.h"

#include <cmath>

#include "mail/base64.h"
#include "mail/digest.h"

namespace tocsin {
namespace {

constexpr std::string_view kGrey = "#40474f";

// Wide enough for a thumb, no wider than a line can be read; colours of the system where it is
// dark.
constexpr std::string_view kRules = R"css(
*{box-sizing:border-box}
html{color-scheme:light dark;--page:#f3f4f6;--card:#ffffff;--ink:#1b1f24;--line:#6b7280}
@media (prefers-color-scheme:dark){html{--page:#15181c;--card:#1f242a;--ink:#e8eaed;--line:#9aa3ad}}
body{margin:0;background:var(--page);color:var(--ink);font:1.0625rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
header{background:var(--brand);color:var(--on-brand);padding:1rem}
header p{max-width:36rem;margin:0 auto;font-weight:600}
main{max-width:38rem;margin:0 auto;padding:1rem}
section{background:var(--card);border-radius:.5rem;padding:1.25rem;margin:1rem 0}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .75rem}
p{margin:0 0 1rem}
form{margin:0}
fieldset{border:0;margin:0 0 1rem;padding:0}
legend{padding:0;margin-bottom:.5rem;font-weight:600}
label{display:flex;gap:.75rem;align-items:baseline;padding:.625rem .75rem;margin:0 0 .5rem;border:1px solid var(--line);border-radius:.375rem}
input{flex:none;width:1.125rem;height:1.125rem;margin:0;accent-color:var(--brand);transform:translateY(.125rem)}
button{font:inherit;font-weight:600;min-height:2.75rem;padding:.5rem 1.5rem;border:2px solid var(--on-brand);border-radius:.375rem;background:var(--brand);color:var(--on-brand);cursor:pointer}
button.quiet{background:transparent;color:inherit;border-color:currentColor}
summary{padding:.5rem 0;margin-top:1rem;cursor:pointer}
a{color:inherit}
.status{border-inline-start:.25rem solid currentColor;padding-inline-start:.75rem;font-weight:600}
:focus-visible{outline:3px solid currentColor;outline-offset:2px}
)css";

// The value of two hexadecimal digits, or -1.
int component(std::string_view digits) {
    int value = 0;
    for (char c : digits) {
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0) return -1;
        value = value * 16 + digit;
    }
    return value;
}

bool is_colour(std::string_view colour) {
    if (colour.size() != 7 || colour[0] != '#') return false;
    return component(colour.substr(1)) >= 0;
}

// WCAG 2.2, "relative luminance".
double luminance(std::string_view colour) {
    double sum = 0;
    constexpr double kWeights[] = {0.2126, 0.7152, 0.0722};
    for (std::size_t i = 0; i < 3; ++i) {
        double c = component(colour.substr(1 + 2 * i, 2)) / 255.0;
        sum += kWeights[i] * (c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
}

}  // namespace

std::string text_colour_on(std::string_view colour) {
    double background = luminance(colour);
    double of_white = 1.05 / (background + 0.05);
    double of_black = (background + 0.05) / 0.05;
    return of_white >= of_black ? "#ffffff" : "#000000";
}

std::string stylesheet(std::string_view colour) {
    std::string brand(is_colour(colour) ? colour : kGrey);
    return "html{--brand:" + brand + ";--on-brand:" + text_colour_on(brand) + "}" +
           std::string(kRules);
}

std::string csp_hash(std::string_view stylesheet) {
    std::string out = "'sha256-";
    append_base64(out, sha256(stylesheet));
    return out + "'";
}

}  // namespace tocsin
