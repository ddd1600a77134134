// One YAML text on its way from bytes to nodes: cleaned, parsed, ready for the readers.
#pragma once

#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "campaign/node.h"
#include "campaign/yaml_parse.h"

namespace tocsin {

class YamlSource {
  public:
    enum class Excerpts { kAsWritten, kSecretsMasked };

    YamlSource(const SourceText& source, Excerpts excerpts, Findings& findings);
    YamlSource(const YamlSource&) = delete;
    YamlSource& operator=(const YamlSource&) = delete;

    // False after a fault that leaves nothing to read; it is among the findings.
    explicit operator bool() const { return document_.has_value(); }
    // The whole text was read: what it seems to lack, it lacks.
    bool whole() const { return document_ && document_->whole; }
    // The text that places refer to.
    const SourceText& text() const { return text_; }
    YamlNode& root() { return document_->root; }
    // The document's root; `name` is how messages call it. It refers into this object.
    Node node(std::string name) const;

  private:
    void parse(Findings& findings);

    SourceText text_;
    SourceText shown_;
    std::optional<YamlDocument> document_;
    std::optional<YamlFile> file_;
};

}  // namespace tocsin
