// `render --data`.
#include "base/text.h"
#include "campaign/data_values.h"
#include "campaign/read.h"
#include "campaign/source_file.h"
#include "campaign/yaml_source.h"

namespace tocsin {

std::optional<Value> parse_yaml_data(const SourceText& source, Findings& findings) {
    Findings own;
    YamlSource yaml(source, YamlSource::Excerpts::kAsWritten, own);
    findings.append(own);
    if (!yaml || own.has_errors()) return std::nullopt;
    return any_value(yaml.root());
}

std::optional<Value> read_data(const std::filesystem::path& file, Findings& findings) {
    auto source = load_source(file, file.string(), findings);
    if (!source) return std::nullopt;
    bool json = ascii_lower(file.extension().string()) == ".json";
    return json ? parse_json_data(*source, findings) : parse_yaml_data(*source, findings);
}

}  // namespace tocsin
