#include "templating/lambda.h"

#include <algorithm>

#include "templating/capitalize.h"
#include "templating/urlencode.h"

namespace tocsin::templating {
namespace {

bool defines(const Value& data, std::string_view name) {
    if (const auto* list = data.list()) {
        return std::any_of(list->begin(), list->end(),
                           [&](const Value& item) { return defines(item, name); });
    }
    const auto* map = data.map();
    return map != nullptr && std::any_of(map->begin(), map->end(), [&](const auto& member) {
               return member.first == name || defines(member.second, name);
           });
}

}  // namespace

const std::vector<Lambda>& all_lambdas() {
    static const std::vector<Lambda> all = {{"capitalize", capitalize, false},
                                            {"urlencode", urlencode, true}};
    return all;
}

Lambdas::Lambdas(const Value& data, std::span<const std::string> fields) {
    for (const Lambda& lambda : all_lambdas()) {
        bool is_field = std::find(fields.begin(), fields.end(), lambda.name) != fields.end();
        if (!is_field && !defines(data, lambda.name)) active_.push_back(lambda);
    }
}

const Lambda* Lambdas::find(std::string_view name) const {
    auto found = std::find_if(active_.begin(), active_.end(),
                              [&](const Lambda& lambda) { return lambda.name == name; });
    return found == active_.end() ? nullptr : &*found;
}

std::vector<std::string> Lambdas::names() const {
    std::vector<std::string> names;
    for (const Lambda& lambda : active_) names.emplace_back(lambda.name);
    return names;
}

}  // namespace tocsin::templating
