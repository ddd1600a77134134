// From a recipient to a finished message: rendered parts, headers, token, Message-ID.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "compose/renderer.h"
#include "compose/unsubscribe_links.h"
#include "mail/token.h"
#include "model/content.h"
#include "model/message.h"

namespace tocsin {

// The numbers that a live mail's token carries, and the mailing's name for its Message-ID.
struct MailingNumbers {
    std::string mailing;  // campaign id and occurrence
    std::uint64_t campaign = 0;
    std::uint64_t list = 0;
};

// Not thread-safe: one instance a thread. The same arguments give the same bytes.
class Composer {
  public:
    // `content` must outlive it. Nothing is returned where the templates do not fit the columns.
    static std::unique_ptr<Composer> make(const Content& content, const Columns& columns,
                                          Findings& findings, MessageForm form = MessageForm::kMime,
                                          Faults faults = Faults::kRefuse);
    // Another one over the same content and columns, for another thread: a millisecond, and no copy
    // of attachments. May be called there, while this one is used.
    std::unique_ptr<Composer> another() const;

    // The mail as it goes out: a retry with the same `date` is byte-identical. Its return path
    // says whose it is where there is a `bounce_address`, else it is the sender's address.
    Message live(const Mailbox& to, const std::vector<std::string>& cells, std::int64_t row,
                 const MailingNumbers& numbers, const KeyRing& keys, WallTime date);

    // What `recipient` would get, delivered to the inbox `to`: subject marked [TEST], a Message-ID
    // of its own, links that suppress nobody, a return path that names nobody.
    Message proof(const Mailbox& to, const Mailbox& recipient,
                  const std::vector<std::string>& cells, WallTime date);

    // What `recipient` would get, with links that suppress nobody and nobody's Message-ID: for
    // looking at.
    Message preview(const Mailbox& recipient, const std::vector<std::string>& cells, WallTime date);

    // The two halves of that.
    Rendered parts(const Mailbox& recipient, const std::vector<std::string>& cells);
    Message preview_of(const Mailbox& recipient, const Rendered& parts, WallTime date) const;
    // The parts, with where they were written.
    TracedMail trace(const Mailbox& recipient, const std::vector<std::string>& cells);

    // Why this person's mail cannot be rendered as it should be, or nothing: a required field is
    // empty, or the subject comes out empty.
    struct Fault {
        std::string id;
        std::string message;
        Place place;          // in the template or campaign file
        std::string field;    // of an empty field
        std::string excerpt;  // the line at `place`
    };
    std::optional<Fault> fault(const Mailbox& recipient, const std::vector<std::string>& cells) {
        std::string subject;
        return fault(recipient, cells, subject);
    }
    // The same, and the subject where no required field is empty.
    std::optional<Fault> fault(const Mailbox& recipient, const std::vector<std::string>& cells,
                               std::string& subject);

    Renderer& renderer() { return *renderer_; }

  private:
    using Parts = std::vector<std::string>;

    Composer(const Content& content, const Columns& columns, MessageForm form, Faults faults,
             std::unique_ptr<Renderer> renderer, std::shared_ptr<const Parts> attachments)
        : content_(content),
          columns_(columns),
          form_(form),
          faults_(faults),
          harmless_(unsubscribe_links(content.unsubscribe, kHarmless)),
          renderer_(std::move(renderer)),
          attachments_(std::move(attachments)) {}
    Message assemble(const Mailbox& to, const Rendered& parts, const UnsubscribeLinks& links,
                     const std::optional<Mailbox>& bounces, std::string message_id,
                     WallTime date) const;
    std::optional<Mailbox> return_path(const KeyRing& keys, std::int64_t row,
                                       const Mailbox& to) const;

    const Content& content_;
    const Columns columns_;
    const MessageForm form_;
    const Faults faults_;
    const UnsubscribeLinks harmless_;  // of previews and proofs: they suppress nobody
    std::unique_ptr<Renderer> renderer_;
    std::shared_ptr<const Parts> attachments_;  // encoded, each once for all composers; of kMime
};

}  // namespace tocsin
