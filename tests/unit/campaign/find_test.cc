#include "campaign/find.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "unit/campaign/workspace_folder.h"

namespace fs = std::filesystem;

namespace tocsin {
namespace {

using testing::WorkspaceFolder;

// "message / hint" of the exception that the search ends with.
template <typename Fault>
std::string fault_of(const Workspace& workspace, const std::string& given) {
    try {
        find_campaign(workspace, given);
    } catch (const Fault& error) {
        return error.what() + std::string(" / ") + error.hint();
    }
    return "";
}

}  // namespace

TEST_CASE("a campaign by its id, in any folder below campaigns/") {
    WorkspaceFolder folder;
    auto plain = folder.write("campaigns/a.yaml", "id: first\n");
    auto deep = folder.write("campaigns/2026/b.yml", "# x\nid: \"second\"\n");
    auto flow = folder.write("campaigns/c.yaml", "{subject: x, id: third}\n");
    folder.write("campaigns/README.md", "id: fourth\n");
    folder.write("elsewhere/d.yaml", "id: fifth\n");
    CHECK(find_campaign(folder.workspace(), "first") == plain);
    CHECK(find_campaign(folder.workspace(), "second") == deep);
    CHECK(find_campaign(folder.workspace(), "third") == flow);
    CHECK_THROWS_AS(find_campaign(folder.workspace(), "fourth"), MissingInput);
    CHECK_THROWS_AS(find_campaign(folder.workspace(), "fifth"), MissingInput);
}

TEST_CASE("a file with a syntax error is found by its id, so that `check` can say so") {
    WorkspaceFolder folder;
    auto below = folder.write("campaigns/a.yaml", "subject: a: b\nid: broken # x\n");
    auto above = folder.write("campaigns/b.yaml", "id: broken-2\nsubject: a: b\n");
    auto latin = folder.write("campaigns/c.yaml", "id: broken-3\nsubject: \xE9\n");
    CHECK(find_campaign(folder.workspace(), "broken") == below);
    CHECK(find_campaign(folder.workspace(), "broken-2") == above);
    CHECK(find_campaign(folder.workspace(), "broken-3") == latin);
}

TEST_CASE("an id that no campaign has") {
    WorkspaceFolder folder;
    CHECK(fault_of<MissingInput>(folder.workspace(), "night-bus") ==
          "no campaign has the id `night-bus` / campaigns are looked for in campaigns/");
    folder.write("campaigns/a.yaml", "id: night-buses\n");
    CHECK(fault_of<MissingInput>(folder.workspace(), "night-bus") ==
          "no campaign has the id `night-bus` / did you mean `night-buses`?");
}

TEST_CASE("an id that two campaigns have") {
    WorkspaceFolder folder;
    folder.write("campaigns/b.yaml", "id: twice\n");
    folder.write("campaigns/a/c.yaml", "id: twice\n");
    CHECK(fault_of<UsageError>(folder.workspace(), "twice") ==
          "two campaigns have the id `twice`: campaigns/a/c.yaml and campaigns/b.yaml / "
          "name the file; one of them needs another id");
}

TEST_CASE("the ids of all campaigns, a broken file's too; none of a file that tells none") {
    WorkspaceFolder folder;
    CHECK(campaign_ids(folder.workspace()).empty());
    folder.write("campaigns/z.yaml", "id: first\n");
    folder.write("campaigns/2026/b.yml", "id: second\nno: yaml: at all\n");
    folder.write("campaigns/c.yaml", "subject: x\n");
    CHECK(campaign_ids(folder.workspace()) == std::vector<std::string>{"first", "second"});
}

TEST_CASE("a campaign by its file, from here or from the workspace") {
    WorkspaceFolder folder;
    auto file = folder.write("campaigns/a.yaml", "no: yaml: at all");
    CHECK(find_campaign(folder.workspace(), file.string()) == file);
    CHECK(find_campaign(folder.workspace(), "campaigns/a.yaml") == file);
    CHECK(fault_of<MissingInput>(folder.workspace(), "campaigns/b.yaml") ==
          "there is no campaign file campaigns/b.yaml / ");
    CHECK_THROWS_AS(find_campaign(folder.workspace(), "campaigns/"), MissingInput);
}

TEST_CASE("tocsin.yaml, where it is named") {
    WorkspaceFolder folder;
    auto file = folder.write("other.yaml", "");
    CHECK(find_config(file) == file);
    CHECK_THROWS_AS(find_config(folder.path() / "none.yaml"), ConfigError);
    CHECK_THROWS_AS(find_config(folder.path()), ConfigError);
}

TEST_CASE("tocsin.yaml, in the current folder") {
    WorkspaceFolder folder;
    fs::path before = fs::current_path();
    fs::current_path(folder.path());
    CHECK_THROWS_AS(find_config(""), ConfigError);
    folder.write("tocsin.yaml", "");
    CHECK(find_config("") == "tocsin.yaml");
    fs::current_path(before);
}

}  // namespace tocsin
