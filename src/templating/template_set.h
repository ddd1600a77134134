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

// A section over a field, or an inverted one: whoever renders the template sees its content or not.
struct FieldBranch {
    std::size_t field;
    bool inverted;
    Place place;
};

// What a piece of a rendering came from.
struct TracePiece {
    enum class Kind {
        kText,      // the template's own; its bytes are those at `place` and behind
        kConstant,  // what {{name}} gave for everybody
        kField,     // what it gave for this recipient; of a lambda's section, where one is in it
    };
    std::size_t begin = 0;  // bytes of the rendering, up to where the next piece begins
    Kind kind = Kind::kText;
    Place place;            // of the text's first byte, or of the tag
    std::size_t field = 0;  // of kField
    bool url_encoded = false;
    std::size_t indent = 0;  // of kText: bytes before each line that are not in the file
};

// A rendering that knows where each of its bytes was written.
struct Trace {
    std::string text;
    std::vector<TracePiece> pieces;  // by `begin`, the first at 0; none where the text is empty

    // The piece that the byte at `offset` is in; the last one for what lies behind the end.
    const TracePiece* piece(std::size_t offset) const;
    // Whether anything of a recipient's is in the bytes from `begin` up to `end`.
    bool has_field(std::size_t begin, std::size_t end) const;
    // Where the byte at `offset` was written: in a template's own text the very byte, else the tag.
    Place place(std::size_t offset) const;
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
    // Where fields are used, in sections' tags too: sorted by place, each use once; not where
    // `used` says that a field makes no difference.
    virtual const std::vector<FieldUse>& uses() const = 0;
    // Of the same fields `render`'s text, with what each piece came from: for showing places, not
    // for speed.
    virtual Trace trace(std::span<const std::string_view> fields) = 0;
    // Sorted by place, each once; not those in sections that constants have decided to leave out.
    virtual const std::vector<FieldBranch>& branches() const = 0;
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
    // ("unescaped-field"). Returns nothing if there were errors and they are not tolerated.
    virtual std::unique_ptr<BoundTemplate> bind(const Value& constants,
                                                std::span<const std::string> fields,
                                                Findings& findings,
                                                Faults faults = Faults::kRefuse) const = 0;
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
