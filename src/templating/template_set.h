// Mustache templates that were read, checked and made ready before anything is rendered.
//
// kainjow's renderer passes 116 of the 136 required cases of the mustache specification and reports
// byte offsets; the load step here does what it does not: standalone lines, partials (expanded,
// indented), set delimiters, places. `bind` then renders what is the same for everybody, once, and
// leaves kainjow a template of that text and a recipient's fields. Only a template's own files can
// become template text; data never can.
//
// Ids of findings: unclosed-tag, empty-tag, bad-name, bad-delimiters, not-supported,
// unclosed-section, unopened-section, mismatched-section, too-deep, too-large, not-utf8,
// missing-partial, partial-ring (load_template); unknown-name, empty-constant, not-text,
// ambiguous-name, unescaped-field, too-large (bind).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "model/value.h"

namespace tocsin {

enum class Escape {
    kHtml,  // & < > " ' in values
    kNone,  // text parts, subjects: what encodes them comes later
};

// Gives the source of the partial `name`, or nothing if there is none.
using PartialSource = std::function<std::optional<SourceText>(std::string_view name)>;

struct LoadOptions {
    Escape escape = Escape::kHtml;
    // Partials that include each other in a ring: refused (campaigns), or run to a bounded depth
    // (`render`).
    bool allow_rings = false;
    // Campaigns refuse a missing partial; the specification renders nothing for it.
    bool allow_missing_partials = false;
};

// A place where a field is used outside a section of its own name: it must not be empty there.
struct FieldUse {
    std::size_t field;  // index into the field names given to `bind`
    Place place;
};

// A template whose constants are known. Rendering is thread-compatible: one instance a thread.
class BoundTemplate {
  public:
    virtual ~BoundTemplate() = default;
    // `fields` are the values of the names given to `bind`, in their order; empty is false. Throws
    // Error (bad input) if the result is larger than any mail.
    virtual std::string render(std::span<const std::string_view> fields) = 0;
    // Sorted by place, each use once.
    virtual const std::vector<FieldUse>& required() const = 0;
    // Which fields can make a difference to what is rendered; not those in sections that constants
    // have decided to leave out.
    virtual std::vector<bool> used() const = 0;
};

class Template {
  public:
    virtual ~Template() = default;
    // Names of `constants` are the same for everybody; `fields` are those of a recipient and win
    // over constants of one name, but not over the members of a list's items or of a map inside its
    // section. A name that is none of these is an error ("unknown-name", with "did you mean") in
    // `findings`; so is a constant that is empty, or missing in one item of a list, where it is
    // printed outside a section of its own ("empty-constant"), a field that would stand in for what
    // an item lacks ("ambiguous-name"), and a field that goes into HTML unescaped
    // ("unescaped-field"). Returns nothing if there were errors.
    virtual std::unique_ptr<BoundTemplate> bind(const Value& constants,
                                                std::span<const std::string> fields,
                                                Findings& findings) const = 0;
    // Renders with data alone; unknown names render nothing, as the specification has it. Throws
    // Error (bad input) where sections in sections over lists get out of hand.
    virtual std::string render(const Value& data) const = 0;
};

// Parses `source` and every partial it reaches. All syntax errors of all of them go to `findings`;
// nothing is returned if there were any. `base` is the place of the source's first byte where it is
// not a file's beginning (a scalar of a campaign file): places are then reported relative to it.
std::unique_ptr<Template> load_template(const SourceText& source, const PartialSource& partials,
                                        const LoadOptions& options, Findings& findings,
                                        std::optional<Place> base = std::nullopt);

}  // namespace tocsin
