#include "mail/tag_list.h"

#include "base/text.h"

namespace tocsin {

std::optional<std::map<std::string, std::string>> parse_tag_list(std::string_view text) {
    std::map<std::string, std::string> tags;
    while (!text.empty()) {
        const std::size_t end = text.find(';');
        const std::string_view part = trim(text.substr(0, end));
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        if (part.empty()) continue;
        const std::size_t equals = part.find('=');
        if (equals == part.npos) return std::nullopt;
        std::string name = ascii_lower(trim(part.substr(0, equals)));
        if (name.empty()) return std::nullopt;
        if (!tags.emplace(std::move(name), trim(part.substr(equals + 1))).second) {
            return std::nullopt;
        }
    }
    return tags;
}

}  // namespace tocsin
