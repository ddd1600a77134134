#include "campaign/yaml_source.h"

#include "campaign/mask.h"
#include "campaign/source_file.h"

namespace tocsin {

YamlSource::YamlSource(const SourceText& source, Excerpts excerpts, Findings& findings) {
    auto clean = clean_source(source, findings);
    if (!clean) return;
    text_ = std::move(*clean);
    shown_ = excerpts == Excerpts::kSecretsMasked ? mask_secrets(text_) : text_;
    parse(findings);
    if (document_) file_.emplace(YamlFile{text_, shown_, findings, document_->whole});
}

void YamlSource::parse(Findings& findings) {
    Findings of_parser;
    document_ = parse_yaml(text_, of_parser);
    for (Finding finding : of_parser.all()) {
        if (!finding.excerpt.empty()) finding.excerpt = shown_.line(finding.place.line);
        findings.add(std::move(finding));
    }
}

Node YamlSource::node(std::string name) const {
    return Node(*file_, document_->root, std::move(name), document_->root.offset);
}

}  // namespace tocsin
