// `dkim:` of a transport.
#include <doctest/doctest.h>

#include "unit/campaign/workspace_folder.h"

namespace tocsin {
namespace {

using testing::WorkspaceFolder;

constexpr char kRelay[] = "transports:\n  t:\n    type: smtp\n    host: x.example\n    dkim: ";

Findings findings_of(const std::string& value) {
    WorkspaceFolder folder;
    Findings all;
    folder.config(kRelay + value + "\n", all);
    Findings errors;
    for (const Finding& finding : all.all()) {
        if (finding.severity == Severity::kError) errors.add(finding);
    }
    return errors;
}

std::string ids_of(const std::string& value) {
    Findings findings = findings_of(value);
    return testing::ids(findings);
}

}  // namespace

TEST_CASE("two keys of one domain, one of an international one") {
    WorkspaceFolder folder;
    Findings findings;
    auto workspace = folder.config(std::string(kRelay) +
                                       "[{domain: Harbour.example, selector: S1, "
                                       "key: {file: keys/s1.pem}}, {domain: harbour.example, "
                                       "selector: 20261201, key: {env: DKIM}}, {domain: "
                                       "bücher.example, selector: s1, key: {command: pass d}}]\n",
                                   findings);
    REQUIRE(workspace);
    const auto& keys = workspace->transports.at("t").dkim;
    REQUIRE(keys.size() == 3);
    CHECK(keys[0].domain == "harbour.example");
    CHECK(keys[0].selector == "s1");
    CHECK(keys[0].key.kind == SecretSource::Kind::kFile);
    CHECK(keys[0].key.value == "keys/s1.pem");
    CHECK(keys[1].selector == "20261201");
    CHECK(keys[2].domain == "xn--bcher-kva.example");
}

TEST_CASE("what a key lacks, and what it has wrong") {
    CHECK(ids_of("[]") == "5:11 no-value");
    CHECK(ids_of("{domain: a.example, selector: s, key: {env: A}}") == "5:11 wrong-type");
    CHECK(ids_of("[{domain: a.example}]") == "5:12 missing-key");
    CHECK(ids_of("[{domain: localhost, selector: s_1, key: {env: A}}]") ==
          "5:21 bad-domain, 5:42 bad-selector");
    CHECK(ids_of("[{domain: a.example, selector: s, key: {env: A}, bits: 2048}]") ==
          "5:60 unknown-key");
    CHECK(ids_of("[{domain: a.example, selector: s, key: {file: ../s.pem}}]") ==
          "5:57 path-outside");
}

TEST_CASE("a key that stands in the file itself is refused and never shown") {
    Findings findings = findings_of("[{domain: a.example, selector: s, key: hunter2}]");
    CHECK(testing::report(findings) ==
          "tocsin.yaml:5:50: error: `key` must not stand in the file itself [literal-secret]\n"
          "      dkim: [{domain: a.example, selector: s, key: *********\n"
          "                                                   ^\n"
          "  hint: use {env: NAME}, {file: PATH} or {command: \"…\"}\n");
}

TEST_CASE("one selector of one domain twice, in another case") {
    Findings findings = findings_of(
        "[{domain: a.example, selector: s, key: {env: A}}, {domain: A.example, selector: S, key: "
        "{env: B}}, {domain: b.example, selector: s, key: {env: A}}]");
    CHECK(testing::ids(findings) == "5:61 repeated-dkim-key");
    CHECK(findings.all()[0].message == "the selector `s` of `a.example` stands here twice");
    CHECK(findings.all()[0].hint == "keep one of them; a second key needs a selector of its own");
}

}  // namespace tocsin
