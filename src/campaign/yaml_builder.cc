#include "campaign/yaml_builder.h"

#include <algorithm>

#include "base/text.h"
#include "campaign/quote.h"
#include "campaign/source_file.h"
#include "campaign/yaml_parse.h"
#include "campaign/yaml_scan.h"
#include "campaign/yaml_syntax.h"

namespace tocsin {
namespace {

std::size_t offset_of(const YAML::Mark& mark) {
    return static_cast<std::size_t>(std::max(mark.pos, 0));
}

YamlNode::Style style_at(const std::string& source, std::size_t offset) {
    char first = offset < source.size() ? source[offset] : ' ';
    if (first == '"' || first == '\'') return YamlNode::Style::kQuoted;
    if (first == '|' || first == '>') return YamlNode::Style::kBlock;
    return YamlNode::Style::kPlain;
}

// The mark of an absent value is that of whatever comes next.
bool null_is_written(const std::string& source, std::size_t offset) {
    for (const char* word : {"~", "null", "Null", "NULL"}) {
        std::size_t end = offset + std::string_view(word).size();
        if (source.compare(offset, end - offset, word) != 0) continue;
        return source.compare(end, 1, ":") != 0;
    }
    return false;
}

// For an absent list item: its dash, if only blanks stand between.
std::size_t back_to_dash(const std::string& source, std::size_t offset) {
    auto before = source.find_last_not_of(" \t\r\n", offset == 0 ? 0 : offset - 1);
    return before != std::string::npos && source[before] == '-' ? before : offset;
}

}  // namespace

std::optional<std::size_t> YamlBuilder::open_bracket() const {
    for (auto frame = open_.rbegin(); frame != open_.rend(); ++frame) {
        if (frame->node.flow) return frame->node.offset;
    }
    return std::nullopt;
}

YamlNode YamlBuilder::salvage_root() {
    bool misread_is_marked = false;
    while (!open_.empty()) {
        YamlNode& node = open_.back().node;
        if (node.flow) node.broken = misread_is_marked = true;
        if (!misread_is_marked && !node.members.empty()) node.members.back().value.broken = true;
        if (!misread_is_marked && !node.items.empty()) node.items.back().broken = true;
        misread_is_marked = true;
        close();
    }
    return take_root();
}

void YamlBuilder::error(std::size_t offset, std::string id, std::string message, std::string hint) {
    findings_.error(source_, source_.place(offset), std::move(id), std::move(message),
                    std::move(hint));
}

bool YamlBuilder::expects_key() const {
    return !open_.empty() && open_.back().node.kind == YamlNode::Kind::kMap &&
           !open_.back().has_key;
}

void YamlBuilder::OnDocumentStart(const YAML::Mark& mark) {
    first_ = last_ = offset_of(mark);
}

void YamlBuilder::OnAnchor(const YAML::Mark& mark, const std::string& name) {
    error(offset_of(mark), "anchor", "anchors are not allowed: " + in_backquotes("&" + name),
          "write the value out at each place that needs it");
}

void YamlBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t) {
    error(offset_of(mark), "alias", "aliases are not allowed", "write the value out here");
    YamlNode node;
    node.offset = last_ = offset_of(mark);
    node.broken = true;
    add(std::move(node));
}

YamlNode YamlBuilder::node_at(const YAML::Mark& mark, const std::string& tag) {
    YamlNode node;
    node.offset = last_ = offset_of(mark);
    bool lone_mark = tag == "!" && source_.text().compare(node.offset, 1, "!") == 0;
    if (lone_mark || (!tag.empty() && tag != "?" && tag != "!")) {
        error(node.offset, "tag", "tags are not allowed",
              "put text that begins with `!` in quotes");
        node.broken = true;
    }
    return node;
}

void YamlBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t) {
    YamlNode node = node_at(mark, "");
    node.written = null_is_written(source_.text(), node.offset);
    bool in_list = !open_.empty() && open_.back().node.kind == YamlNode::Kind::kList;
    if (!node.written && in_list) node.offset = back_to_dash(source_.text(), node.offset);
    add(std::move(node));
}

void YamlBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                           const std::string& value) {
    YamlNode node = node_at(mark, tag);
    node.kind = YamlNode::Kind::kText;
    node.style = style_at(source_.text(), node.offset);
    node.text = value;
    if (node.style == YamlNode::Style::kQuoted) check_quoted(node);
    if (!node.broken) check_characters(node);
    add(std::move(node));
}

void YamlBuilder::check_quoted(YamlNode& node) {
    if (closes_on_its_line(source_.text(), node.offset)) return;
    error(node.offset, "unclosed-quote", "the quote opened here is not closed on its line",
          "close it; longer text can stand below a `|`, indented and without quotes");
    node.broken = swallowed_ = explained_ = true;
}

void YamlBuilder::check_characters(YamlNode& node) {
    // yaml-cpp turns `\N` and `\_` into single bytes above 127.
    if (!control_character(node.text) && !invalid_utf8(node.text)) return;
    error(node.offset, "control-character", "this text holds a control character, as an escape",
          "take the escape out");
    node.broken = true;
}

void YamlBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                                  YAML::EmitterStyle::value style) {
    YamlNode node = node_at(mark, tag);
    node.kind = YamlNode::Kind::kList;
    open(std::move(node), style);
}

void YamlBuilder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                             YAML::EmitterStyle::value style) {
    YamlNode node = node_at(mark, tag);
    node.kind = YamlNode::Kind::kMap;
    open(std::move(node), style);
}

void YamlBuilder::open(YamlNode node, YAML::EmitterStyle::value style) {
    if (open_.size() >= kDeepestYaml) throw TooDeep{node.offset};
    node.flow = style == YAML::EmitterStyle::Flow;
    open_.emplace_back().node = std::move(node);
}

void YamlBuilder::close() {
    YamlNode node = std::move(open_.back().node);
    open_.pop_back();
    add(std::move(node));
}

void YamlBuilder::add(YamlNode node) {
    if (open_.empty()) {
        root_ = std::move(node);
    } else if (expects_key()) {
        add_key(std::move(node));
    } else if (Frame& frame = open_.back(); frame.node.kind == YamlNode::Kind::kList) {
        frame.node.items.push_back(std::move(node));
    } else {
        frame.has_key = false;
        frame.member.value = std::move(node);
        if (!frame.drop_value) frame.node.members.push_back(std::move(frame.member));
    }
}

void YamlBuilder::add_key(YamlNode key) {
    bool accepted = accept_key(key);
    Frame& frame = open_.back();
    frame.has_key = true;
    frame.drop_value = !accepted;
    frame.member = {std::move(key.text), key.offset, {}};
}

bool YamlBuilder::accept_key(const YamlNode& key) {
    if (key.broken) return false;
    YamlNode& map = open_.back().node;
    if (key.flow && map.flow && key.offset == map.offset + 1) {
        error(map.offset, "unquoted-template", kUnquotedTemplate, kQuoteIt);
        map.broken = explained_ = true;
        return false;
    }
    if (key.kind != YamlNode::Kind::kText) {
        error(key.offset, "bad-key", "a key must be a word");
        return false;
    }
    if (key.text == "<<" && key.style == YamlNode::Style::kPlain) {
        error(key.offset, "merge-key", "merging with `<<` is not allowed",
              "write the keys out here");
        return false;
    }
    auto [earlier, is_new] = open_.back().offsets.emplace(key.text, key.offset);
    if (is_new) return true;
    int first = source_.place(earlier->second).line;
    error(key.offset, "duplicate-key",
          in_backquotes(key.text) + " stands here a second time; the first is in line " +
              std::to_string(first),
          "keep one of them");
    return false;
}

}  // namespace tocsin
