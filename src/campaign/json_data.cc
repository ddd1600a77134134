// JSON data for `render`, by nlohmann's SAX parser: it does not recurse, so nesting is bounded by
// us alone, and numbers with a fraction come as they were written.
#include <nlohmann/json.hpp>
#include <sstream>
#include <unordered_set>

#include "campaign/quote.h"
#include "campaign/read.h"
#include "campaign/source_file.h"
#include "campaign/yaml_parse.h"

namespace tocsin {
namespace {

using nlohmann::json;

class JsonBuilder : public nlohmann::json_sax<json> {
  public:
    JsonBuilder(const SourceText& source, std::istringstream& stream, Findings& findings)
        : source_(source), stream_(stream), findings_(findings) {}

    Value take() { return std::move(root_); }

    bool null() override { return add({}); }
    bool boolean(bool flag) override { return add(flag); }
    bool number_integer(number_integer_t number) override { return add(std::to_string(number)); }
    bool number_unsigned(number_unsigned_t number) override { return add(std::to_string(number)); }
    bool number_float(number_float_t, const string_t& written) override { return add(written); }
    bool string(string_t& text) override { return add(std::move(text)); }
    bool binary(binary_t&) override { return false; }  // JSON has none

    bool start_object(std::size_t) override { return open(Value::Map{}); }
    bool start_array(std::size_t) override { return open(Value::List{}); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& name) override {
        if (!open_.back().keys.insert(name).second) {
            return refuse(start_of_key(), "duplicate-key",
                          in_backquotes(name) + " stands here a second time");
        }
        open_.back().key = std::move(name);
        return true;
    }

    bool parse_error(std::size_t position, const std::string&,
                     const nlohmann::detail::exception& error) override {
        bool too_large = error.id == 406;
        return refuse(position == 0 ? 0 : position - 1, "json-syntax",
                      too_large ? "this number is too large" : "this is not JSON",
                      too_large ? "write it as text, in quotes" : "");
    }

  private:
    struct Frame {
        Value::List list;
        Value::Map map;
        bool is_map = false;
        std::string key;
        std::unordered_set<std::string> keys;
    };

    // Of the byte that the parser has read last.
    std::size_t position() {
        auto read = stream_.rdbuf()->pubseekoff(0, std::ios::cur, std::ios::in);
        return read > 0 ? static_cast<std::size_t>(read) - 1 : 0;
    }

    // The quote that opens the key which the parser has just read.
    std::size_t start_of_key() {
        const std::string& text = source_.text();
        std::size_t quote = position();
        do {
            quote = text.rfind('"', quote - 1);
        } while (is_escaped(text, quote));
        return quote;
    }

    static bool is_escaped(const std::string& text, std::size_t at) {
        std::size_t backslashes = 0;
        while (at > backslashes && text[at - backslashes - 1] == '\\') ++backslashes;
        return backslashes % 2 == 1;
    }

    bool refuse(std::size_t offset, const char* id, std::string message, std::string hint = "") {
        findings_.error(source_, source_.place(offset), id, std::move(message), std::move(hint));
        return false;
    }

    bool open(const Value& empty) {
        if (open_.size() >= kDeepestYaml) {
            return refuse(
                position(), "too-deep",
                "lists and maps are nested more than " + std::to_string(kDeepestYaml) + " deep");
        }
        open_.emplace_back().is_map = empty.map() != nullptr;
        return true;
    }

    bool close() {
        Frame frame = std::move(open_.back());
        open_.pop_back();
        return add(frame.is_map ? Value(std::move(frame.map)) : Value(std::move(frame.list)));
    }

    bool add(Value value) {
        if (open_.empty()) {
            root_ = std::move(value);
        } else if (Frame& frame = open_.back(); frame.is_map) {
            frame.map.emplace_back(std::move(frame.key), std::move(value));
        } else {
            frame.list.push_back(std::move(value));
        }
        return true;
    }

    const SourceText& source_;
    std::istringstream& stream_;
    Findings& findings_;
    std::vector<Frame> open_;
    Value root_;
};

}  // namespace

std::optional<Value> parse_json_data(const SourceText& source, Findings& findings) {
    Findings own;
    auto clean = clean_source(source, own);
    findings.append(own);
    if (!clean || own.has_errors()) return std::nullopt;
    std::istringstream stream(clean->text());
    JsonBuilder builder(*clean, stream, findings);
    if (!json::sax_parse(stream, &builder)) return std::nullopt;
    return builder.take();
}

}  // namespace tocsin
