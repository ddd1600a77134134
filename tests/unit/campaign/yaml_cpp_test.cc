// What yaml-cpp 0.7 does, as far as we rely on it or guard against it. If an upgrade changes one of
// these, the reader above it has to be looked at again: docs/library-facts.md.
#include <doctest/doctest.h>
#include <sstream>
#include <string>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

namespace {

// Writes events down: "scalar@3 ! [text]".
class Recorder : public YAML::EventHandler {
  public:
    std::string events;

    void OnDocumentStart(const YAML::Mark& mark) override { note("document", mark); }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { note("null", mark); }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { note("alias", mark); }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  const std::string& value) override {
        note("scalar", mark, tag + "[" + value + "]");
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                         YAML::EmitterStyle::value) override {
        note("list", mark);
        ++depth_;
    }
    void OnSequenceEnd() override {}
    void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                    YAML::EmitterStyle::value) override {
        note("map", mark);
    }
    void OnMapEnd() override {}
    void OnAnchor(const YAML::Mark& mark, const std::string& name) override {
        note("anchor", mark, name);
    }
    int depth() const { return depth_; }

  private:
    void note(const char* event, const YAML::Mark& mark, const std::string& more = "") {
        events += std::string(event) + "@" + std::to_string(mark.pos) + more + " ";
    }
    int depth_ = 0;
};

// The events of at most `documents` documents, and the message of an exception behind them.
std::string events_of(const std::string& text, int documents = 1) {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    Recorder recorder;
    try {
        for (int i = 0; i < documents; ++i) {
            if (!parser.HandleNextDocument(recorder)) break;
        }
    } catch (const YAML::Exception& error) {
        recorder.events += "throws@" + std::to_string(error.mark.pos) + " " + error.msg;
    }
    return recorder.events;
}

}  // namespace

TEST_CASE("yaml-cpp: marks count bytes, quoted scalars have the tag `!`") {
    CHECK(events_of("é: \"ü\"\nb: c") ==
          "document@0 map@0 scalar@0?[é] scalar@4![ü] scalar@9?[b] scalar@12?[c] ");
}

TEST_CASE("yaml-cpp: the mark of a block scalar is at its header") {
    CHECK(events_of("a: |\n  x\n") == "document@0 map@0 scalar@0?[a] scalar@3![x\n] ");
}

TEST_CASE("yaml-cpp: an absent value has the mark of what comes next") {
    CHECK(events_of("a:\nb: c") ==
          "document@0 map@0 scalar@0?[a] null@3 scalar@3?[b] scalar@6?[c] ");
}

TEST_CASE("yaml-cpp: equal keys are two events") {
    CHECK(events_of("a: 1\na: 2") ==
          "document@0 map@0 scalar@0?[a] scalar@3?[1] scalar@5?[a] scalar@8?[2] ");
}

TEST_CASE("yaml-cpp: a quote left open takes in the rest of the file") {
    CHECK(events_of("a: \"x\nb: y\n") == "document@0 map@0 scalar@0?[a] scalar@3![x b: y ] ");
}

TEST_CASE("yaml-cpp: only without a line end at the end of the file is it an error") {
    CHECK(events_of("a: \"x") == "document@0 map@0 scalar@0?[a] throws@5 illegal EOF in scalar");
}

TEST_CASE("yaml-cpp: `<<` is an ordinary key") {
    CHECK(events_of("<<: x") == "document@0 map@0 scalar@0?[<<] scalar@4?[x] ");
}

TEST_CASE("yaml-cpp: an alias without its anchor is an error at the alias") {
    CHECK(events_of("a: *x") ==
          "document@0 map@0 scalar@0?[a] throws@3 the referenced anchor is not defined");
}

TEST_CASE("yaml-cpp: what follows the first value is a second document, even without `---`") {
    CHECK(events_of(" a: b\nc: d", 2) ==
          "document@1 map@1 scalar@1?[a] scalar@4?[b] "
          "document@6 map@6 scalar@6?[c] scalar@9?[d] ");
}

TEST_CASE("yaml-cpp: a comma at the top gives documents without end") {
    CHECK(events_of(",", 3) == "document@0 null@0 document@0 null@0 document@0 null@0 ");
}

TEST_CASE("yaml-cpp: in brackets, plain text cannot hold a question mark") {
    CHECK(events_of("[a?b]") == "throws@2 unknown token");
    CHECK(events_of("a?b") == "document@0 scalar@0?[a?b] ");
}

TEST_CASE("yaml-cpp: unknown directives are skipped") {
    CHECK(events_of("%FOO\n---\na") == "document@5 scalar@9?[a] ");
}

TEST_CASE("yaml-cpp: invalid UTF-8 passes") {
    CHECK(events_of("a\xFF") == "document@0 scalar@0?[a\xFF] ");
}

TEST_CASE("yaml-cpp: NUL bytes make it guess UTF-16") {
    CHECK(events_of(std::string("a\0b\0", 4)) == "document@0 scalar@0?[ab] ");
}

TEST_CASE("yaml-cpp: byte 4 ends a block scalar as the end of the file would") {
    CHECK(events_of("a: |\n  b\x04 c\n") ==
          "document@0 map@0 scalar@0?[a] scalar@3![b] throws@8 end of map not found");
}

TEST_CASE("yaml-cpp: two escapes make bytes that are no UTF-8") {
    CHECK(events_of("\"\\N\\_\"") == "document@0 scalar@0![\x85\xA0] ");
}

TEST_CASE("yaml-cpp: nesting is given up at 500, long before the stack ends") {
    for (const char* opening : {"[", "{", "- ", "[{"}) {
        std::string text;
        while (text.size() < 100'000) text += opening;
        CAPTURE(opening);
        CHECK(events_of(text).ends_with("bad file"));
    }
}
