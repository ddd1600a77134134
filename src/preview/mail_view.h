// One mail as the page shows it.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/diagnostic.h"
#include "compose/composer.h"
#include "model/lint.h"
#include "preview/sample.h"

namespace tocsin {

struct MailView {
    std::string address;
    std::vector<std::string> reasons;  // why it was chosen
    std::string gets_none;             // why this person is not mailed, or empty
    std::string file;                  // name of the .eml beside the page
    Rendered parts;
    std::string source;  // the whole .eml
    Findings findings;   // of this mail alone
};

// With links that suppress nobody. What is wrong with the mail is in its findings, and it is shown
// all the same: that is when one wants to see it.
MailView view_mail(const Content& content, Composer& composer, const Chosen& person,
                   const LintIgnore& ignore, std::string file, WallTime now);

}  // namespace tocsin
