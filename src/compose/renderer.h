// Renders the parts of one campaign's mail for one recipient after the other.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "model/content.h"
#include "model/recipient.h"
#include "templating/template_set.h"

namespace tocsin {

// What differs between recipients, beside their cells.
struct Personal {
    std::string_view email;
    std::string_view unsubscribe_url;
    std::string_view view_url{};
};

struct Rendered {
    std::string subject;    // one line
    std::string preheader;  // one line; may be empty
    std::string html;       // empty: no such part; the preheader is in it, hidden
    std::string text;       // made from the HTML where the campaign has no text template
};

// A column that is used outside a section of its own name and has no fallback: it must not be
// empty.
struct RequiredField {
    std::size_t column;  // index into Columns
    std::string name;
    Place place;          // the first use
    std::string excerpt;  // the line there
};

// A mail that knows where its bytes were written.
struct TracedMail {
    Rendered mail;
    Trace subject, preheader;
    Trace html;  // of `mail.html`, the inserted preheader included
    Trace text;  // without pieces where the text was made from the HTML
};

// A section of a template over one of the recipient's columns.
struct Branch {
    std::size_t column;  // index into Columns
    std::string name;
    bool inverted;
    Place place;
    std::string excerpt;
};

// The line at `place`, which is in one of the content's templates or texts.
std::string excerpt_of(const Content& content, const Place& place);

// The line of a text of the campaign file, as far as it is known: blanks stand for what is before
// it, so that a caret below finds its place.
std::string excerpt_of(const TemplateText& text);

// Not thread-safe: one instance a thread.
class Renderer {
  public:
    // Unknown names and the like go to `findings`; nothing is returned if there were errors, syntax
    // errors included, which are not reported here. Where they are tolerated, a part with syntax
    // errors is left out, and an unknown name renders nothing: for finding more faults alone.
    static std::unique_ptr<Renderer> make(const Content& content, const Columns& columns,
                                          Findings& findings, Faults faults = Faults::kRefuse);

    // `cells` in the order of the columns.
    Rendered render(const std::vector<std::string>& cells, const Personal& personal);
    std::string render_subject(const std::vector<std::string>& cells, const Personal& personal);

    const std::vector<RequiredField>& required() const { return required_; }

    // `render`'s mail, with where it was written: dear.
    TracedMail trace(const std::vector<std::string>& cells, const Personal& personal);
    // Of all parts, by place. A column with a fallback is never empty: its branches are none.
    const std::vector<Branch>& branches() const { return branches_; }
    // The columns whose values can come into a mail, in their order; and the first place of each.
    struct UsedColumn {
        std::size_t column;
        std::string name;
        bool has_fallback;
        Place place;
    };
    const std::vector<UsedColumn>& used_columns() const { return used_columns_; }

  private:
    Renderer() = default;
    void bind_fields(const Content& content, const Columns& columns);
    void collect_required(const Content& content);
    void collect_branches(const Content& content);
    void collect_used();
    void set_values(const std::vector<std::string>& cells, const Personal& personal);

    struct Field {
        std::string name;
        std::string fallback;
    };
    std::vector<Field>
        fields_;  // the columns, then what only a fallback defines, then the built-ins
    std::size_t columns_ = 0;
    std::vector<std::string_view> values_;
    std::unique_ptr<BoundTemplate> subject_, preheader_, html_, text_;
    std::vector<RequiredField> required_;
    std::vector<Branch> branches_;
    std::vector<UsedColumn> used_columns_;
};

}  // namespace tocsin
