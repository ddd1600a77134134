#include "campaign/yaml_tree.h"

#include <algorithm>

namespace tocsin {

const YamlMember* YamlNode::find(const std::string& key) const {
    auto found = std::find_if(members.begin(), members.end(),
                              [&](const YamlMember& member) { return member.key == key; });
    return found == members.end() ? nullptr : &*found;
}

}  // namespace tocsin
