#include "lint/html_urls.h"

namespace tocsin {
namespace {

bool is_loaded(const HtmlNode& node, std::string_view attribute) {
    if (attribute == "background") return true;
    if (attribute == "src") return node.is("img") || node.is("input");
    return attribute == "poster" && node.is("video");
}

bool is_followed(const HtmlNode& node, std::string_view attribute) {
    return attribute == "href" && (node.is("a") || node.is("area"));
}

}  // namespace

std::vector<HtmlUrl> html_urls(const Document& document) {
    std::vector<HtmlUrl> urls;
    for (const HtmlNode& node : document.nodes()) {
        if (node.repeated) continue;
        for (const HtmlAttribute& attribute : node.attributes) {
            bool followed = is_followed(node, attribute.name);
            if (!followed && !is_loaded(node, attribute.name)) continue;
            urls.push_back({&node, &attribute, read_target(attribute.value), followed});
        }
    }
    return urls;
}

}  // namespace tocsin
