// Makes a YamlNode of yaml-cpp's events and reports what is not allowed. Internal to yaml_parse.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include "base/diagnostic.h"
#include "campaign/yaml_tree.h"

namespace tocsin {

class YamlBuilder : public YAML::EventHandler {
  public:
    // Thrown out of yaml-cpp where nesting passes kDeepestYaml.
    struct TooDeep {
        std::size_t offset;
    };

    YamlBuilder(const SourceText& source, Findings& findings)
        : source_(source), findings_(findings) {}

    YamlNode take_root() { return std::move(root_); }
    // After yaml-cpp has thrown: what was read before. The value read last, and all in an open
    // bracket, is marked broken: it may have been misread.
    YamlNode salvage_root();
    // A quote left open took in lines below it.
    bool swallowed() const { return swallowed_; }
    // A finding tells already why yaml-cpp will lose its way further down.
    bool explained() const { return explained_; }
    // The start of the document's content, and of the node that was begun last.
    std::size_t first() const { return first_; }
    std::size_t last() const { return last_; }
    // The innermost `[` or `{` that is open.
    std::optional<std::size_t> open_bracket() const;

    void OnDocumentStart(const YAML::Mark& mark) override;
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override;
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override;
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override;
    void OnMapEnd() override { close(); }
    void OnAnchor(const YAML::Mark& mark, const std::string& name) override;

  private:
    // A list or map that is not closed yet.
    struct Frame {
        YamlNode node;
        bool has_key = false;
        bool drop_value = false;  // its key was refused
        YamlMember member;
        std::unordered_map<std::string, std::size_t> offsets;  // of the keys so far
    };

    void error(std::size_t offset, std::string id, std::string message, std::string hint = "");
    bool expects_key() const;
    YamlNode node_at(const YAML::Mark& mark, const std::string& tag);
    void open(YamlNode node, YAML::EmitterStyle::value style);
    void close();
    void add(YamlNode node);
    void add_key(YamlNode key);
    bool accept_key(const YamlNode& key);
    void check_quoted(YamlNode& node);
    void check_characters(YamlNode& node);

    const SourceText& source_;
    Findings& findings_;
    std::vector<Frame> open_;
    YamlNode root_;
    bool swallowed_ = false;
    bool explained_ = false;
    std::size_t first_ = 0;
    std::size_t last_ = 0;
};

}  // namespace tocsin
