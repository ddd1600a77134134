#include "campaign/data_values.h"

#include <algorithm>

#include "base/text.h"
#include "campaign/fields.h"
#include "campaign/quote.h"
#include "campaign/read.h"
#include "model/builtin_names.h"

namespace tocsin {

Value scalar_value(const YamlNode& yaml) {
    bool plain = yaml.style == YamlNode::Style::kPlain;
    if (yaml.kind == YamlNode::Kind::kNull) return {};
    if (plain && yaml.text == "true") return true;
    if (plain && yaml.text == "false") return false;
    return yaml.text;
}

Value any_value(const YamlNode& yaml) {
    if (yaml.kind == YamlNode::Kind::kList) {
        Value::List list;
        for (const YamlNode& item : yaml.items) list.push_back(any_value(item));
        return list;
    }
    if (yaml.kind == YamlNode::Kind::kMap) {
        Value::Map map;
        for (const YamlMember& member : yaml.members) {
            map.emplace_back(member.key, any_value(member.value));
        }
        return map;
    }
    return scalar_value(yaml);
}

namespace {

void check_scalar(const Node& node) {
    const YamlNode& yaml = node.yaml();
    if (yaml.kind == YamlNode::Kind::kNull && !yaml.written) {
        node.error_at(node.key_place(), "no-value", node.name() + " has no value",
                      "write `\"\"` for empty text, or `~` for nothing");
    }
    if (yaml.kind != YamlNode::Kind::kText || yaml.style != YamlNode::Style::kPlain) return;
    for (std::string_view word : {"no", "off", "false"}) {
        if (ascii_iequals(yaml.text, word) && yaml.text != "false") {
            node.warning("looks-like-flag",
                         in_backquotes(yaml.text) + " is text here, not a truth value",
                         "write `false`; or put it in quotes, if text is meant");
        }
    }
}

void check_key(const Node& member, const std::string& key) {
    if (auto fault = fault_of_field_name(key); !fault.empty()) {
        member.error_at(member.key_place(), "bad-name",
                        in_backquotes(key) + " cannot be named in a template", fault);
    }
}

Value read_node(const Node& node);

Value read_map(const Node& node) {
    Value::Map map;
    for (const auto& [key, member] : node.members()) {
        check_key(member, key);
        map.emplace_back(key, read_node(member));
    }
    return map;
}

Value read_node(const Node& node) {
    if (node.yaml().kind == YamlNode::Kind::kMap) return read_map(node);
    if (node.yaml().kind == YamlNode::Kind::kList) {
        Value::List list;
        for (const Node& item : node.items()) list.push_back(read_node(item));
        return list;
    }
    if (node.yaml().broken) return {};
    check_scalar(node);
    return scalar_value(node.yaml());
}

}  // namespace

void check_merge_field(const Node& member, const std::string& key) {
    check_key(member, key);
    if (!is_builtin_name(key)) return;
    member.error_at(member.key_place(), "builtin-name",
                    in_backquotes(key) + " is the name of a built-in merge field",
                    "take another name");
}

Value read_data_map(const Node& node) {
    Value::Map map;
    for (const auto& [key, member] : node.members()) {
        check_merge_field(member, key);
        map.emplace_back(key, read_node(member));
    }
    return map;
}

}  // namespace tocsin
