#include "templating/scope.h"

#include <algorithm>

namespace tocsin::templating {
namespace {

constexpr std::size_t kMostNames = 1000;

std::string joined(const Path& path) {
    std::string name;
    for (const std::string& part : path) name += (name.empty() ? "" : ".") + part;
    return name;
}

// Names of a map's members and, dotted, of the maps in it.
void collect(const Value& value, const std::string& prefix, std::vector<std::string>& names) {
    const Value::Map* map = value.map();
    if (map == nullptr) return;
    for (const auto& [name, member] : *map) {
        if (names.size() == kMostNames) return;
        names.push_back(prefix + name);
        collect(member, prefix + name + ".", names);
    }
}

// The member that a dotted name leads to, or null where one of its parts is missing.
const Value* member(const Value& value, std::span<const std::string> path) {
    const Value* at = &value;
    for (const std::string& part : path) {
        at = at->find(part);
        if (at == nullptr) return nullptr;
    }
    return at;
}

}  // namespace

bool is_true(const Value& value) {
    return repeats(value) > 0;
}

std::size_t repeats(const Value& value) {
    if (value.is_null()) return 0;
    if (value.flag() != nullptr) return *value.flag() ? 1 : 0;
    if (value.text() != nullptr) return value.text()->empty() ? 0 : 1;
    if (value.list() != nullptr) return value.list()->size();
    return 1;
}

std::string_view printed(const Value& value) {
    if (value.text() != nullptr) return *value.text();
    if (value.flag() != nullptr) return *value.flag() ? "true" : "false";
    return {};
}

void Scope::push(const Meaning& meaning, std::size_t item, std::string_view name) {
    Context context{meaning, name};
    const auto* value = std::get_if<const Value*>(&meaning);
    if (value != nullptr && (*value)->list() != nullptr) {
        context.list = (*value)->list();
        context.item = item;
        context.meaning = &(*context.list)[item];
    }
    contexts_.push_back(context);
}

Scope::Meaning Scope::find(const Path& path) const {
    if (path.empty()) return contexts_.empty() ? Meaning(&root_) : contexts_.back().meaning;
    auto in = [&](const Value& value) {
        const Value* found = member(value, path);
        return found == nullptr ? Meaning() : Meaning(found);
    };
    for (auto context = contexts_.rbegin(); context != contexts_.rend(); ++context) {
        const auto* value = std::get_if<const Value*>(&context->meaning);
        if (value != nullptr && (*value)->find(path.front()) != nullptr) return in(**value);
    }
    auto field = std::find(fields_.begin(), fields_.end(), joined(path));
    if (field != fields_.end()) return Field{static_cast<std::size_t>(field - fields_.begin())};
    return in(root_);
}

std::optional<Scope::Item> Scope::item_that_lacks(const Path& path) const {
    if (path.empty()) return std::nullopt;
    for (auto context = contexts_.rbegin(); context != contexts_.rend(); ++context) {
        if (context->list == nullptr) continue;
        bool known = std::any_of(context->list->begin(), context->list->end(),
                                 [&](const Value& item) { return member(item, path) != nullptr; });
        if (known) return Item{context->name, context->item + 1};
    }
    return std::nullopt;
}

std::optional<Scope::Item> Scope::item() const {
    auto context = std::find_if(contexts_.rbegin(), contexts_.rend(),
                                [](const Context& c) { return c.list != nullptr; });
    if (context == contexts_.rend()) return std::nullopt;
    return Item{context->name, context->item + 1};
}

std::vector<std::string> Scope::names() const {
    std::vector<std::string> names(fields_.begin(), fields_.end());
    for (const Context& context : contexts_) {
        if (context.list != nullptr) {
            for (const Value& item : *context.list) collect(item, "", names);
        } else if (const auto* value = std::get_if<const Value*>(&context.meaning)) {
            collect(**value, "", names);
        }
    }
    collect(root_, "", names);
    return names;
}

}  // namespace tocsin::templating
