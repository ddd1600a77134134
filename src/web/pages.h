// The pages that people see: HTML without scripts, of one piece.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "mail/address.h"
#include "model/page_texts.h"
#include "model/workspace.h"
#include "unsubscribe/leaving.h"
#include "web/wording.h"

namespace tocsin {

// For whom a page is made, as far as that is known.
struct Reader {
    std::string token;            // genuine, or empty
    std::string accept_language;  // the header
    bool has_list = false;        // the token names one, if perhaps by a number that is not known
    Standing standing{};
};

class Pages {
  public:
    explicit Pages(const Workspace& workspace);

    // What is on offer, and what was chosen before. `view`: there is a mail to look at, perhaps.
    std::string offer(const Reader& reader, bool view) const;
    // It is recorded. The reader's standing is that after it.
    std::string done(const Reader& reader, Choice choice, WallTime now, bool view) const;
    std::string unclear(const Reader& reader) const;
    std::string failed(const Reader& reader) const;
    std::string damaged(const Reader& reader) const;
    std::string gone(const Reader& reader) const;
    std::string works(const Reader& reader) const;

    // The Content-Security-Policy that all of them need.
    const std::string& policy() const { return policy_; }

  private:
    Wording wording(const Reader& reader, std::string_view date = {}) const;
    std::string document(const Wording& words, std::string_view title, std::string_view body) const;
    std::string notice(const Reader& reader, std::string_view title, std::string_view text,
                       bool by_mail) const;
    std::string by_mail(const Wording& words, const Reader& reader) const;
    std::string standing(const Reader& reader) const;
    std::string choices(const Wording& words, const Reader& reader) const;

    std::string organisation_;
    std::optional<Mailbox> mailto_;
    PageTexts texts_;
    std::string style_, policy_;
};

}  // namespace tocsin
