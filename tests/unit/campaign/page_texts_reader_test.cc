// `unsubscribe.texts`
#include <doctest/doctest.h>

#include "model/page_texts.h"
#include "unit/campaign/workspace_folder.h"

namespace tocsin {
namespace {

using testing::WorkspaceFolder;

// A language with every text.
std::string whole(const std::string& text = "Ein Satz.") {
    std::string all = "{";
    for (const auto& [key, english] : english_texts()) all += key + ": \"" + text + "\", ";
    return all + "}";
}

std::optional<Workspace> read(const std::string& texts, std::string& errors) {
    WorkspaceFolder folder;
    Findings all;
    auto workspace = folder.config("unsubscribe: {texts: " + texts + "}\n", all);
    Findings kept;
    for (const Finding& finding : all.all()) {
        if (finding.severity == Severity::kError) kept.add(finding);
    }
    // Without their places.
    errors = testing::ids(kept);
    if (auto blank = errors.rfind(' '); blank != errors.npos) errors.erase(0, blank + 1);
    return workspace;
}

std::string ids_of(const std::string& texts) {
    std::string errors;
    read(texts, errors);
    return errors;
}

}  // namespace

TEST_CASE("texts by language, and some English") {
    std::string errors;
    auto workspace = read("{pt-BR: " + whole() + ", en: {title: \"Leave {us}\"}}", errors);
    CHECK(errors == "bad-text");
    workspace = read("{pt-BR: " + whole() + ", en: {title: Leave}}", errors);
    CHECK(errors.empty());
    REQUIRE(workspace);
    CHECK(workspace->page_texts.at("pt-br").at("confirm") == "Ein Satz.");
    CHECK(workspace->page_texts.at("en") == TextsOfLanguage{{"title", "Leave"}});
}

TEST_CASE("a language that is not whole would mix two on one page") {
    CHECK(ids_of("{de: {title: Abmelden}}") == "missing-key");
}

TEST_CASE("what is no language, no text, or no place to insert something") {
    CHECK(ids_of("{german: " + whole() + "}") == "bad-language");
    CHECK(ids_of("{de: " + whole() + ", DE: " + whole() + "}") == "repeated-language");
    CHECK(ids_of("{en: {tittle: x}}") == "unknown-key");
    CHECK(ids_of("{en: {list: \"The list {list}\"}}").empty());
    CHECK(ids_of("{en: {list: \"Until {date}\"}}") == "bad-text");
    CHECK(ids_of("{en: {list: \"The list {list\"}}") == "bad-text");
    CHECK(ids_of("{en: [x]}") == "wrong-type");
}

}  // namespace tocsin
