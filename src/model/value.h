// Data as campaign files and JSON documents hold it: what templates see.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace tocsin {

// Null, truth value, text, list or map. Numbers are text as they were written: `5.50` stays `5.50`.
class Value {
  public:
    using List = std::vector<Value>;
    using Map =
        std::vector<std::pair<std::string, Value>>;  // in the order of the file, keys unique

    Value() = default;
    Value(bool flag) : data_(flag) {}
    Value(std::string text) : data_(std::move(text)) {}
    Value(const char* text) : data_(std::string(text)) {}
    Value(List list) : data_(std::move(list)) {}
    Value(Map map) : data_(std::move(map)) {}

    bool is_null() const { return std::holds_alternative<std::monostate>(data_); }
    const bool* flag() const { return std::get_if<bool>(&data_); }
    const std::string* text() const { return std::get_if<std::string>(&data_); }
    const List* list() const { return std::get_if<List>(&data_); }
    const Map* map() const { return std::get_if<Map>(&data_); }

    // The member of a map, or null where this is no map or has no such key.
    const Value* find(std::string_view key) const;

    friend bool operator==(const Value&, const Value&) = default;

  private:
    std::variant<std::monostate, bool, std::string, List, Map> data_;
};

}  // namespace tocsin
