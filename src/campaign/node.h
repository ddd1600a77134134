// A typed, strict view of a YamlNode: each reader returns what it was asked for, or nothing after
// it has added a finding at the place of the fault.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "campaign/vocabulary.h"
#include "campaign/yaml_tree.h"
#include "model/campaign.h"

namespace tocsin {

// What all nodes of one file share.
struct YamlFile {
    const SourceText& source;
    const SourceText& shown;  // the same with secrets masked: for excerpts
    Findings& findings;
    bool whole;  // see YamlDocument
};

class Node {
  public:
    // `name` is how messages call it, "`port`"; `key_offset` is where its key stands.
    Node(const YamlFile& file, const YamlNode& yaml, std::string name, std::size_t key_offset)
        : file_(&file), yaml_(&yaml), name_(std::move(name)), key_offset_(key_offset) {}

    const YamlNode& yaml() const { return *yaml_; }
    const std::string& name() const { return name_; }
    bool is_text() const { return yaml_->kind == YamlNode::Kind::kText; }
    Place place() const;      // of the value
    Place key_place() const;  // of the key
    // The line there, as findings show it.
    std::string excerpt(const Place& at) const;

    // Text as written, numbers and `true` too; not empty.
    std::optional<Located> text() const;
    // Text of one line. The line end of a block (`|`, `>`) is cut.
    std::optional<Located> line() const;
    // `true` or `false`, without quotes.
    std::optional<bool> flag() const;
    // Decimal digits without quotes.
    std::optional<int> whole_number(int least, int most) const;
    // One of the known words.
    std::optional<std::string> one_of(const Vocabulary& words) const;
    // The items of a list; empty where it is none.
    std::vector<Node> items() const;
    // The same for a list that must not be empty: "`steps` names no step".
    std::vector<Node> items_named(std::string_view what) const;
    // Members of a map with any keys; empty where it is none.
    std::vector<std::pair<std::string, Node>> members() const;

    void error(std::string id, std::string message, std::string hint = "") const;
    void error_at(const Place& at, std::string id, std::string message,
                  std::string hint = "") const;
    void warning(std::string id, std::string message, std::string hint = "") const;

  private:
    friend class Map;
    bool is(YamlNode::Kind kind, std::string_view expected, std::string_view hint = "") const;
    void wrong_type(std::string_view expected, std::string_view hint) const;

    const YamlFile* file_;
    const YamlNode* yaml_;
    std::string name_;
    std::size_t key_offset_;
};

// A map whose keys are looked up by name.
class Map {
  public:
    // Reports keys that `keys` does not have. Nothing where `node` is no map.
    static std::optional<Map> read(const Node& node, const Vocabulary& keys);

    // Leaves the keys to a later `read`.
    static std::optional<Map> any(const Node& node);

    // Nothing where the key is absent, or has no value, which is reported.
    std::optional<Node> find(const std::string& key) const;
    // Reports those of the keys that are absent, in one finding.
    void need(const std::vector<std::string>& keys) const;
    // need({key}) and find(key).
    std::optional<Node> require(const std::string& key) const;
    // Reports at the map itself that something is missing in it.
    void report_missing(std::string message, std::string hint = "",
                        std::string id = "missing-key") const;
    const Node& node() const { return node_; }

  private:
    explicit Map(Node node) : node_(std::move(node)) {}
    Node node_;
};

// "`a`, `b` or `c`"
std::string listed(const std::vector<std::string>& words, std::string_view last = "or");

}  // namespace tocsin
