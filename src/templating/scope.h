// What a name means at a point of a template: the stack of contexts that sections push.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/value.h"
#include "templating/node.h"

namespace tocsin::templating {

// Null, false, the empty text and the empty list are false in sections; nothing else is.
bool is_true(const Value& value);
// How often the content of a section over it is rendered.
std::size_t repeats(const Value& value);
// As {{name}} prints it: maps, lists and null print nothing.
std::string_view printed(const Value& value);

// A recipient's field, by its index.
struct Field {
    std::size_t index;
};

class Scope {
  public:
    // A name means nothing, a value or a field.
    using Meaning = std::variant<std::monostate, const Value*, Field>;

    // Fields win over the root's values. Both must outlive the scope.
    Scope(const Value& root, std::span<const std::string> fields) : root_(root), fields_(fields) {}

    // Into the section `name` over what was found; of a list, into one item.
    void push(const Meaning& meaning, std::size_t item, std::string_view name);
    void pop() { contexts_.pop_back(); }

    // The innermost context that has the first part of a dotted name decides, even where the other
    // parts are not to be found in it.
    Meaning find(const Path& path) const;

    struct Item {
        std::string_view list;  // the name of the section
        std::size_t number;     // from 1
    };
    // The item at hand of the innermost list.
    std::optional<Item> item() const;
    // The same of the innermost list in which some other item has the name.
    std::optional<Item> item_that_lacks(const Path& path) const;

    // Names that mean something here, at least for some item.
    std::vector<std::string> names() const;

  private:
    struct Context {
        Meaning meaning;
        std::string_view name;
        std::size_t item = 0;
        const Value::List* list = nullptr;
    };

    const Value& root_;
    std::span<const std::string> fields_;
    std::vector<Context> contexts_;
};

}  // namespace tocsin::templating
