// Templates from text, and findings as one line each, for the tests of this module.
#pragma once

#include <doctest/doctest.h>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "templating/template_set.h"

// Lists of lines, readable where a check fails.
template <>
struct doctest::StringMaker<std::vector<std::string>> {
    static String convert(const std::vector<std::string>& lines) {
        std::string text;
        for (const std::string& line : lines) text += "\n    " + line;
        return text.c_str();
    }
};

namespace tocsin {

using PartialTexts = std::map<std::string, std::string, std::less<>>;

// Partials from memory; `x` is the file "x.mustache".
inline PartialSource partials_of(const PartialTexts& texts) {
    return [&texts](std::string_view name) -> std::optional<SourceText> {
        auto found = texts.find(name);
        if (found == texts.end()) return std::nullopt;
        return SourceText(found->first + ".mustache", found->second);
    };
}

// "file:line:col: id" of each finding, in the order of places.
inline std::vector<std::string> places(Findings findings) {
    findings.sort();
    std::vector<std::string> lines;
    for (const Finding& finding : findings.all()) {
        lines.push_back(finding.place.file + ":" + std::to_string(finding.place.line) + ":" +
                        std::to_string(finding.place.column) + ": " + finding.id);
    }
    return lines;
}

using Lines = std::vector<std::string>;

// What loading finds wrong in the file "t".
inline Lines load_errors(const std::string& text, const PartialTexts& partials = {},
                         const LoadOptions& options = {}) {
    Findings findings;
    auto loaded = load_template(SourceText("t", text), partials_of(partials), options, findings);
    bool refused = loaded == nullptr;
    if (refused != findings.has_errors()) return {"a template, or errors, and not both"};
    return places(findings);
}

inline std::unique_ptr<Template> load(const std::string& text, const PartialTexts& partials = {},
                                      const LoadOptions& options = {}) {
    Findings findings;
    return load_template(SourceText("t", text), partials_of(partials), options, findings);
}

// As the command `render` does it.
inline std::string render(const std::string& text, const Value& data,
                          const PartialTexts& partials = {}, Escape escape = Escape::kHtml) {
    auto loaded = load(text, partials, {escape, true, true});
    return loaded ? loaded->render(data) : "(not loaded)";
}

// A template bound to constants and fields.
struct BoundCase {
    BoundCase(const std::string& text, const Value& constants, std::vector<std::string> names = {},
              Escape escape = Escape::kHtml, const PartialTexts& partials = {})
        : fields(std::move(names)) {
        auto loaded = load(text, partials, {escape, false, false});
        if (loaded) bound = loaded->bind(constants, fields, findings);
    }

    std::string render(const std::vector<std::string_view>& values) {
        return bound ? bound->render(values) : "(not bound)";
    }
    Lines errors() const { return places(findings); }
    // "name:line:col" of each required use.
    Lines required() const {
        Lines lines;
        for (const FieldUse& use : bound->required()) {
            lines.push_back(fields[use.field] + ":" + std::to_string(use.place.line) + ":" +
                            std::to_string(use.place.column));
        }
        return lines;
    }

    std::vector<std::string> fields;
    Findings findings;
    std::unique_ptr<BoundTemplate> bound;
};

// One finding's message and hint.
inline std::string said(const Findings& findings, std::size_t i = 0) {
    if (i >= findings.all().size()) return "(nothing)";
    const Finding& finding = findings.all()[i];
    return finding.message + " | " + finding.hint;
}

}  // namespace tocsin
