#include "compose/unsubscribe_links.h"

namespace tocsin {

std::string UnsubscribeLinks::header() const {
    std::string out = url.empty() ? "" : "<" + url + ">";
    if (!out.empty() && !mailto.empty()) out += ", ";
    return mailto.empty() ? out : out + "<" + mailto + ">";
}

bool UnsubscribeLinks::one_click() const {
    return url.starts_with("https://");
}

UnsubscribeLinks unsubscribe_links(const UnsubscribeSettings& settings, std::string_view token) {
    UnsubscribeLinks links;
    if (!settings.url.empty()) {
        links.url = settings.url + std::string(token);
        links.view = links.url + "/view";
    }
    if (settings.mailto) {
        links.mailto = "mailto:" + settings.mailto->local() + "+" + std::string(token) + "@" +
                       settings.mailto->domain();
    }
    return links;
}

}  // namespace tocsin
