// The lint of a whole audience: everybody's mail is looked at, and who falls out of line is named.
//
// Two halves. `look` judges one person by themselves, cheaply and in any thread. `count` takes what
// it saw in the order of the lists, in one thread: it counts, and keeps the first person of each
// shape. After the last person `finish` lints one whole mail of each shape (lint/mail.h) and names
// the outliers. Memory is bounded by the number of columns, branches and shapes, never by that of
// the people; what comes out depends on the order of the people alone.
//
// A shape is which branches of the templates somebody takes: which of the columns that sections ask
// for are empty.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "compose/composer.h"
#include "lint/mail.h"
#include "lint/report.h"
#include "model/recipient.h"

namespace tocsin {

// One person of the audience who will be mailed.
struct LintPerson {
    const Mailbox& address;
    const std::vector<std::string>& cells;
    const Place& place;  // of the row in its list
};

// Something that single cells have spoilt.
struct LintTrouble {
    std::string_view id;  // in the catalogue
    std::string message;
    std::string hint;
};

// What one look saw: an object to be used again for the next person.
struct LintSight {
    std::uint32_t size = 0;            // as AudienceSummary::Sizes; 0 where no mail was rendered
    std::uint32_t subject = 0;         // its characters
    std::vector<LintTrouble> trouble;  // nothing for nearly everybody
    std::vector<std::string> hosts;    // of each link that begins with a column, or empty
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
        std::size_t people = 0;  // for whom the column says so, whatever sections are around
    };
    struct Sizes {  // bytes of the HTML part, or of the text part where there is no other
        std::size_t smallest = 0, median = 0, largest = 0;  // the median within 1 %
    };
    struct Link {
        MailLink link;           // as the first person of a shape has it
        std::size_t people = 0;  // of the shapes that it is in
    };

    std::size_t people = 0;
    std::vector<Field> fields;     // every column that the templates use
    std::vector<Branch> branches;  // in the order of their places
    Sizes sizes;                   // zero where not every mail was rendered
    std::vector<Link> links;       // each target at each place once, in the order of the mail
};

class AudienceLint {
  public:
    // `content` outlives it. The composer tells which columns, branches and links there are; it is
    // used here and in `finish` only.
    AudienceLint(const Content& content, Composer& composer);
    ~AudienceLint();

    // Whether `look` needs this person's rendered mail, where not all are rendered anyway.
    bool wants_mail(const std::vector<std::string>& cells) const;
    // `mail` is null where it was not rendered. May be called in many threads at a time.
    void look(const std::vector<std::string>& cells, std::string_view subject, const Rendered* mail,
              LintSight& sight) const;

    // Somebody who will be mailed, in the order of the lists.
    void count(const LintPerson& person, const LintSight& sight);
    // Lints the shapes and names the outliers. What `look` saw is reported by whoever counted.
    AudienceSummary finish(LintReport& report);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace tocsin
