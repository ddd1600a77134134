#include "templating/escape.h"

namespace tocsin::templating {

std::string html_escape(std::string_view text) {
    constexpr std::string_view kSpecial = "&<>\"'";
    std::string result;
    result.reserve(text.size());
    for (;;) {
        auto special = text.find_first_of(kSpecial);
        result += text.substr(0, special);
        if (special == std::string_view::npos) return result;
        switch (text[special]) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&quot;";
                break;
            default:
                result += "&#39;";
                break;
        }
        text.remove_prefix(special + 1);
    }
}

}  // namespace tocsin::templating
