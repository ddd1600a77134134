#include "preview/sample.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "unit/audience/lists_folder.h"
#include "unit/preview/campaign.h"

using namespace tocsin;
using namespace tocsin::testing;

namespace {

struct Lists {
    explicit Lists(const std::string& rows, const std::string& excluded = "") {
        folder.write("all.csv", "email,first_name\n" + rows);
        folder.write("signed.csv", "email\n" + excluded);
        Findings findings;
        audience = folder.open({"all.csv"}, {"signed.csv"}, findings);
        REQUIRE(audience);
        ready = std::make_unique<Ready>(
            content_of("{{#first_name}}{{first_name}}{{/first_name}} act", "<p>x</p>"),
            audience->columns());
    }
    Sample choose(const SampleRequest& request) const {
        return tocsin::choose(*audience, ready->renderer(), request);
    }
    ListsFolder folder;
    std::unique_ptr<Audience> audience;
    std::unique_ptr<Ready> ready;
};

const std::string kRows =
    "a@x.example,Ann\nb@x.example,\nc@x.example,Cy\nd@x.example,Dee\ne@x.example,Eva\n";

}  // namespace

TEST_CASE("without a number the telling people are taken, excluded ones never") {
    Lists lists(kRows, "c@x.example\n");
    Sample sample = lists.choose({});
    CHECK(told(sample.people) ==
          std::vector<std::string>{
              "a: takes {{#first_name}}, largest mail, longest first_name, shortest first_name",
              "b: no first_name"});
    CHECK(sample.excluded_by == std::map<std::string, std::size_t>{{"signed.csv", 1}});
}

TEST_CASE("a number takes the most telling, then people spread over the lists") {
    Lists lists(kRows);
    CHECK(lists.choose({{}, 1}).people.size() == 1);
    auto people = told(lists.choose({{}, 4}).people);
    REQUIRE(people.size() == 4);
    CHECK(people[2] == "c: shortest first_name");
    CHECK(people[3] == "d: spread over the lists");
    CHECK(lists.choose({{}, 50}).people.size() == 5);
    CHECK(lists.choose({{}, 0}).people.empty());
}

TEST_CASE("who is asked for comes first and in that order, also where excluded") {
    Lists lists(kRows, "c@x.example\n");
    auto people =
        lists.choose({{Mailbox::from("e@x.example"), Mailbox::from("C@X.example")}, {}}).people;
    CHECK(told(people) == std::vector<std::string>{"e: asked for", "c: asked for"});
    CHECK(people[0].excluded_by.empty());
    CHECK(people[1].excluded_by == "signed.csv");
}

TEST_CASE("who is asked for and telling is shown once, with all reasons") {
    Lists lists(kRows);
    auto people = told(lists.choose({{Mailbox::from("b@x.example")}, 2}).people);
    CHECK(people[0] == "b: asked for, no first_name");
    CHECK(people.size() == 3);
}

TEST_CASE("who is asked for and in no list is a mistake of the command line") {
    CHECK_THROWS_AS(Lists(kRows).choose({{Mailbox::from("z@x.example")}, {}}), UsageError);
}
