// The lint of a whole audience: everybody's mail is looked at, and who falls out of line is named.
//
// Two halves. A `Watch` belongs to one thread and sees each person once: it counts, keeps the first
// person of each shape, and judges what a single person's cells can spoil. After the last person,
// `finish` puts the watches together and lints one whole mail of each shape (lint/mail.h). Memory
// is bounded by the number of columns, branches and shapes, never by that of the people; what comes
// out does not depend on the number of threads.
//
// A shape is which branches of the templates somebody takes: which of the fields that sections ask
// for are empty.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "compose/composer.h"
#include "lint/mail.h"
#include "lint/report.h"
#include "model/recipient.h"

namespace tocsin {

// One person of the audience who will be mailed.
struct LintPerson {
    std::uint64_t ordinal;  // in the order of the lists: makes "the first" mean the same always
    const Mailbox& address;
    const std::vector<std::string>& cells;
    const Place& place;  // of the row in its list
};

// What the top of a preview shows, and what probes ask for.
struct AudienceSummary {
    struct Field {
        std::string name;
        Place place;              // of its first use in a template or the campaign file
        std::size_t missing = 0;  // people whose cell is empty
        bool has_fallback = false;
    };
    struct Branch {
        std::string name;  // "{{#constituency}}" or "{{^constituency}}"
        Place place;
        std::size_t people = 0;
    };
    struct Sizes {  // bytes of the HTML part, or of the text part where there is no other
        std::size_t smallest = 0, median = 0, largest = 0;
    };
    struct Link {
        MailLink link;           // as the first person of a shape has it
        std::size_t people = 0;  // who get the shapes that it is in
    };

    std::size_t people = 0;
    std::vector<Field> fields;     // every column that the templates use
    std::vector<Branch> branches;  // in the order of their places
    Sizes sizes;                   // zero where not every mail was rendered
    std::vector<Link> links;       // each target at each place once, in the order of the mail
};

class AudienceLint {
  public:
    class Watch {
      public:
        virtual ~Watch() = default;
        // Whether `look` needs this person's rendered mail: asked where it would not be rendered
        // otherwise.
        virtual bool wants_mail(const LintPerson& person) = 0;
        // `mail` is null where it was not rendered.
        virtual void look(const LintPerson& person, const Rendered* mail) = 0;
    };

    // `content` outlives it. `renderer` tells which fields and branches there are.
    AudienceLint(const Content& content, const Columns& columns, const Renderer& renderer);
    ~AudienceLint();

    // Thread-safe. The watch is this one's; it may be used in any one thread.
    Watch& watch();
    // After every watch has seen its last person. Errors of single people stand at their rows.
    AudienceSummary finish(Composer& composer, LintReport& report);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace tocsin
