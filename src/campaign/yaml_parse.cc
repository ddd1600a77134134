#include "campaign/yaml_parse.h"

#include <algorithm>
#include <sstream>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "campaign/yaml_builder.h"
#include "campaign/yaml_syntax.h"

namespace tocsin {
namespace {

// Stops at the start of a document: what is in it does not matter.
class StartOfDocument : public YAML::EventHandler {
  public:
    struct Found {
        std::size_t offset;
    };
    void OnDocumentStart(const YAML::Mark& mark) override {
        throw Found{static_cast<std::size_t>(std::max(mark.pos, 0))};
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
    void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
    void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  const std::string&) override {}
    void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                         YAML::EmitterStyle::value) override {}
    void OnSequenceEnd() override {}
    void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                    YAML::EmitterStyle::value) override {}
    void OnMapEnd() override {}
};

// yaml-cpp calls everything that follows the first value "the next document", `---` or not.
void report_second_document(const SourceText& source, std::size_t offset, Findings& findings) {
    if (source.text().compare(offset, 3, "---") == 0) {
        findings.error(source, source.place(offset), "second-document",
                       "a second document begins here", "keep one document a file");
    } else {
        findings.error(source, source.place(offset), "yaml-syntax",
                       "this does not fit what stands above it",
                       "check the indentation, and that brackets close where they should");
    }
}

void refuse_directives(const SourceText& source, std::size_t content, Findings& findings) {
    const std::string& text = source.text();
    for (std::size_t line = 0; line < content && line < text.size();) {
        if (text[line] == '%') {
            findings.error(source, source.place(line), "directive",
                           "YAML directives are not allowed", "delete this line");
        }
        auto end = text.find('\n', line);
        line = end == std::string::npos ? text.size() : end + 1;
    }
}

void refuse_second_document(const SourceText& source, YAML::Parser& parser, Findings& findings) {
    StartOfDocument start;
    try {
        parser.HandleNextDocument(start);
    } catch (const StartOfDocument::Found& found) {
        report_second_document(source, found.offset, findings);
    }
}

void parse(const SourceText& source, YamlBuilder& builder, Findings& findings) {
    std::istringstream stream(source.text());
    YAML::Parser parser(stream);
    parser.HandleNextDocument(builder);
    refuse_directives(source, builder.first(), findings);
    refuse_second_document(source, parser, findings);
}

}  // namespace

YamlDocument parse_yaml(const SourceText& source, Findings& findings) {
    YamlBuilder builder(source, findings);
    try {
        parse(source, builder, findings);
        return {builder.take_root(), !builder.swallowed()};
    } catch (const YamlBuilder::TooDeep& deep) {
        findings.error(
            source, source.place(deep.offset), "too-deep",
            "lists and maps are nested more than " + std::to_string(kDeepestYaml) + " deep");
    } catch (const YAML::Exception& error) {
        auto offset = static_cast<std::size_t>(std::max(error.mark.pos, 0));
        if (!builder.explained()) {
            report_syntax_error(source, builder, error.msg, offset, findings);
        }
    }
    return {builder.salvage_root(), false};
}

}  // namespace tocsin
