// Any bytes as a template: loading, binding and rendering end, and no value of a field changes what
// stands around it.
//
// An input is a template; behind a line of `---` follows the partial `card`.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/html.h"
#include "templating/template_set.h"

namespace {

using namespace tocsin;

void require(bool holds) {
    if (!holds) std::abort();
}

const Value& constants() {
    static const Value all =
        Value::Map{{"action_url", "https://act.example/?a=1&b=2"},
                   {"empty", ""},
                   {"none", Value()},
                   {"yes", true},
                   {"no", false},
                   {"organisation", Value::Map{{"name", "Harbour <Action>"}}},
                   {"signers", Value::List{"Reem", "Mark"}},
                   {"sources", Value::List{Value::Map{{"title", "One"}, {"url", "{{first_name}}"}},
                                           Value::Map{{"title", "Two"}}}}};
    return all;
}

const std::vector<std::string>& fields() {
    static const std::vector<std::string> names = {"first_name", "city", "email"};
    return names;
}

// A name that says nothing in any template, and its escaped form.
constexpr std::string_view kPlain = "Qzjxvk";
constexpr std::string_view kHostile = "{{&t0}}<Qzjxvk>'\"&{{/s0}}|";

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size()) {
        text.replace(at, what.size(), with);
    }
    return text;
}

const std::vector<std::string_view>& plain_row() {
    static const std::vector<std::string_view> row = {kPlain, "", "a@b.example"};
    return row;
}

// The constants with the plain fields among them.
Value with_plain_row() {
    Value::Map all = *constants().map();
    for (std::size_t i = 0; i < fields().size(); ++i) {
        all.emplace_back(fields()[i], std::string(plain_row()[i]));
    }
    return all;
}

// The hostile value comes out as itself, escaped or not, and everything else stays.
void check_field_stays_inside(BoundTemplate& bound, std::string_view text, Escape escape) {
    // Lambdas change a value; a template that holds the plain value itself proves nothing.
    for (std::string_view word :
         {std::string_view("capitalize"), std::string_view("urlencode"), kPlain}) {
        if (text.find(word) != std::string_view::npos) return;
    }
    std::string shown = escape == Escape::kHtml ? escape_html(kHostile) : std::string(kHostile);
    require(replaced(bound.render(plain_row()), kPlain, shown) ==
            bound.render(std::vector<std::string_view>{kHostile, "", "a@b.example"}));
}

void run(std::string_view text, std::string_view card, const LoadOptions& options) {
    Findings findings;
    PartialSource partials = [&](std::string_view name) -> std::optional<SourceText> {
        if (name != "card") return std::nullopt;
        return SourceText("card", std::string(card));
    };
    auto loaded = load_template(SourceText("t", std::string(text)), partials, options, findings);
    require((loaded == nullptr) == findings.has_errors());
    for (const Finding& finding : findings.all()) require(!format(finding).empty());
    if (!loaded) return;
    try {
        std::string rendered = loaded->render(constants());
        Findings none;
        auto folded = loaded->bind(constants(), {}, none);
        // Folding and kainjow are two ways to the same text.
        if (folded) require(folded->render({}) == rendered);
        auto bound = loaded->bind(constants(), fields(), none);
        if (!bound) return;
        require(bound->render(plain_row()) == loaded->render(with_plain_row()));
        check_field_stays_inside(*bound, std::string(text) + std::string(card), options.escape);
    } catch (const Error& error) {
        require(error.code() == ExitCode::kBadInput);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    std::string_view input(reinterpret_cast<const char*>(bytes), size);
    constexpr std::string_view kBetween = "\n---\n";
    auto end = input.find(kBetween);
    std::string_view card;
    if (end != std::string_view::npos) {
        card = input.substr(end + kBetween.size());
        input = input.substr(0, end);
    }
    run(input, card, {Escape::kHtml, false, false});
    run(input, card, {Escape::kNone, true, true});
    return 0;
}
