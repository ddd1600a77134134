#include "campaign/node.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "campaign/quote.h"
#include "campaign/yaml_scan.h"

namespace tocsin {
namespace {

std::string_view found(const YamlNode& yaml) {
    switch (yaml.kind) {
        case YamlNode::Kind::kNull:
            return "nothing";
        case YamlNode::Kind::kText:
            return "text";
        case YamlNode::Kind::kList:
            return "a list";
        case YamlNode::Kind::kMap:
            return "a map";
    }
    return "";
}

bool is_plain(const YamlNode& yaml) {
    return yaml.style == YamlNode::Style::kPlain;
}

bool looks_like_flag(std::string_view text) {
    for (std::string_view word : {"true", "false", "yes", "no", "on", "off", "y", "n"}) {
        if (ascii_iequals(text, word)) return true;
    }
    return false;
}

bool is_decimal(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
    return digits && (text.size() == 1 || text[0] != '0');
}

}  // namespace

std::string listed(const std::vector<std::string>& words, std::string_view last) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        bool is_last = i > 0 && i + 1 == words.size();
        if (is_last) text += " " + std::string(last) + " ";
        if (i > 0 && !is_last) text += ", ";
        text += "`" + words[i] + "`";
    }
    return text;
}

Place Node::place() const {
    return file_->source.place(yaml_->offset);
}

Place Node::key_place() const {
    return file_->source.place(key_offset_);
}

std::string Node::excerpt(const Place& at) const {
    return std::string(file_->shown.line(at.line));
}

void Node::error(std::string id, std::string message, std::string hint) const {
    error_at(place(), std::move(id), std::move(message), std::move(hint));
}

void Node::error_at(const Place& at, std::string id, std::string message, std::string hint) const {
    file_->findings.error(file_->shown, at, std::move(id), std::move(message), std::move(hint));
}

void Node::warning(std::string id, std::string message, std::string hint) const {
    file_->findings.warning(file_->shown, place(), std::move(id), std::move(message),
                            std::move(hint));
}

void Node::wrong_type(std::string_view expected, std::string_view hint) const {
    error("wrong-type",
          name_ + " expects " + std::string(expected) + ", found " + std::string(found(*yaml_)),
          std::string(hint));
}

bool Node::is(YamlNode::Kind kind, std::string_view expected, std::string_view hint) const {
    if (yaml_->broken) return false;
    if (yaml_->kind == kind) return true;
    if (yaml_->kind == YamlNode::Kind::kNull) {
        error_at(yaml_->written ? place() : key_place(), "no-value", name_ + " has no value",
                 "give it one, or take it out");
    } else {
        wrong_type(expected, hint);
    }
    return false;
}

std::optional<Located> Node::text() const {
    if (!is(YamlNode::Kind::kText, "text")) return std::nullopt;
    if (trim(yaml_->text).empty()) {
        error("no-value", name_ + " is empty", "give it a value, or take it out");
        return std::nullopt;
    }
    const SourceText& source = file_->source;
    return Located{yaml_->text, source.place(text_offset(source.text(), *yaml_))};
}

std::optional<Located> Node::line() const {
    auto read = text();
    if (!read) return std::nullopt;
    bool block = yaml_->style == YamlNode::Style::kBlock;
    while (block && read->text.ends_with('\n')) read->text.pop_back();
    if (read->text.find('\n') == std::string::npos) return read;
    error("several-lines", name_ + " must be one line");
    return std::nullopt;
}

std::optional<bool> Node::flag() const {
    constexpr char kExpected[] = "`true` or `false`";
    if (!is(YamlNode::Kind::kText, kExpected)) return std::nullopt;
    if (is_plain(*yaml_) && yaml_->text == "true") return true;
    if (is_plain(*yaml_) && yaml_->text == "false") return false;
    error("wrong-type", name_ + " expects `true` or `false`, found " + in_backquotes(yaml_->text),
          looks_like_flag(yaml_->text) ? "write `true` or `false`, in small letters and unquoted"
                                       : "");
    return std::nullopt;
}

std::optional<int> Node::whole_number(int least, int most) const {
    if (!is(YamlNode::Kind::kText, "a whole number")) return std::nullopt;
    const std::string& text = yaml_->text;
    if (!is_plain(*yaml_) || !is_decimal(text)) {
        error("wrong-type", name_ + " expects a whole number, found " + in_backquotes(text),
              "write decimal digits, unquoted and without leading zeros");
        return std::nullopt;
    }
    int number = 0;
    auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault == std::errc{} && number >= least && number <= most) return number;
    error("out-of-range",
          name_ + " must be between " + std::to_string(least) + " and " + std::to_string(most));
    return std::nullopt;
}

std::optional<std::string> Node::one_of(const Vocabulary& words) const {
    auto word = text();
    if (!word) return std::nullopt;
    auto has = [&](const auto& list) { return std::ranges::count(list, word->text) > 0; };
    if (has(words.known)) return word->text;
    if (has(words.not_yet)) {
        error("not-supported",
              words.place + ": " + in_backquotes(word->text) + " is not supported yet",
              "use " + listed(words.known));
        return std::nullopt;
    }
    std::string hint = did_you_mean(word->text, words.known);
    error("unknown-value", words.place + " cannot be " + in_backquotes(word->text),
          hint.empty() ? "use " + listed(words.known) : hint);
    return std::nullopt;
}

std::vector<Node> Node::items() const {
    std::vector<Node> nodes;
    if (!is(YamlNode::Kind::kList, "a list", "write it in brackets: `[…]`")) return nodes;
    for (const YamlNode& item : yaml_->items) {
        nodes.emplace_back(*file_, item, "an item of " + name_, item.offset);
    }
    return nodes;
}

std::vector<Node> Node::items_named(std::string_view what) const {
    bool is_empty_list = yaml_->kind == YamlNode::Kind::kList && yaml_->items.empty();
    if (is_empty_list) error("no-value", name_ + " names no " + std::string(what));
    return items();
}

std::vector<std::pair<std::string, Node>> Node::members() const {
    std::vector<std::pair<std::string, Node>> nodes;
    if (!is(YamlNode::Kind::kMap, "a map")) return nodes;
    for (const YamlMember& member : yaml_->members) {
        nodes.emplace_back(member.key,
                           Node(*file_, member.value, in_backquotes(member.key), member.offset));
    }
    return nodes;
}

namespace {

void refuse_key(const Node& owner, const std::string& key, const Place& place,
                const Vocabulary& keys) {
    if (std::ranges::count(keys.not_yet, key) > 0) {
        owner.error_at(place, "not-supported", in_backquotes(key) + " is not supported yet",
                       "take it out: it would not be acted on");
        return;
    }
    std::vector<std::string> all = keys.known;
    all.insert(all.end(), keys.not_yet.begin(), keys.not_yet.end());
    std::string hint = did_you_mean(key, all);
    owner.error_at(place, "unknown-key", keys.place + " has no key " + in_backquotes(key),
                   hint.empty() ? "the keys are " + listed(keys.known, "and") : hint);
}

}  // namespace

std::optional<Map> Map::any(const Node& node) {
    if (!node.is(YamlNode::Kind::kMap, "a map")) return std::nullopt;
    return Map(node);
}

std::optional<Map> Map::read(const Node& node, const Vocabulary& keys) {
    auto map = any(node);
    if (!map) return std::nullopt;
    for (const auto& [key, member] : node.members()) {
        if (std::ranges::count(keys.known, key) == 0) {
            refuse_key(node, key, member.key_place(), keys);
        }
    }
    return map;
}

std::optional<Node> Map::find(const std::string& key) const {
    const YamlMember* member = node_.yaml().find(key);
    if (member == nullptr) return std::nullopt;
    Node node(*node_.file_, member->value, in_backquotes(key), member->offset);
    if (member->value.kind != YamlNode::Kind::kNull) return node;
    node.is(YamlNode::Kind::kText, "");
    return std::nullopt;
}

void Map::report_missing(std::string message, std::string hint, std::string id) const {
    if (!node_.file_->whole) return;
    node_.error_at(node_.key_place(), std::move(id), std::move(message), std::move(hint));
}

void Map::need(const std::vector<std::string>& keys) const {
    std::vector<std::string> absent;
    for (const std::string& key : keys) {
        if (node_.yaml().find(key) == nullptr) absent.push_back(key);
    }
    if (absent.empty()) return;
    report_missing(node_.name() + (absent.size() == 1 ? " needs the key " : " needs the keys ") +
                   listed(absent, "and"));
}

std::optional<Node> Map::require(const std::string& key) const {
    need({key});
    return find(key);
}

}  // namespace tocsin
