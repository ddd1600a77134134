#include "campaign/dkim_reader.h"

#include <algorithm>

#include "base/text.h"
#include "campaign/domain_name.h"
#include "campaign/fields.h"
#include "campaign/secret_source.h"

namespace tocsin {
namespace {

std::optional<std::string> read_domain(const Node& node) {
    auto written = node.line();
    return written ? check_domain(node, node.place(), written->text) : std::nullopt;
}

std::optional<std::string> read_selector(const Node& node) {
    auto written = node.line();
    if (!written) return std::nullopt;
    std::string fault = fault_of_selector(written->text);
    if (fault.empty()) return ascii_lower(written->text);
    node.error("bad-selector", node.name() + " " + fault);
    return std::nullopt;
}

std::optional<DkimKey> read_key(const Node& node, const std::filesystem::path& root) {
    auto map = Map::read(node, kDkimKeys);
    if (!map) return std::nullopt;
    map->need({"domain", "selector", "key"});
    auto domain = map->find("domain");
    auto selector = map->find("selector");
    auto key = map->find("key");
    auto name = domain ? read_domain(*domain) : std::nullopt;
    auto label = selector ? read_selector(*selector) : std::nullopt;
    auto source = key ? read_secret_source(*key, root) : std::nullopt;
    if (!name || !label || !source) return std::nullopt;
    return DkimKey{*name, *label, *source};
}

}  // namespace

std::vector<DkimKey> read_dkim(const Node& node, const std::filesystem::path& root) {
    std::vector<DkimKey> keys;
    for (const Node& item : node.items_named("key")) {
        auto key = read_key(item, root);
        if (!key) continue;
        bool is_there = std::ranges::any_of(keys, [&](const DkimKey& other) {
            return other.domain == key->domain && other.selector == key->selector;
        });
        if (is_there) {
            item.error(
                "repeated-dkim-key",
                "the selector `" + key->selector + "` of `" + key->domain + "` stands here twice",
                "keep one of them; a second key needs a selector of its own");
        } else {
            keys.push_back(std::move(*key));
        }
    }
    return keys;
}

}  // namespace tocsin
