#include "compose/composer.h"

#include <stdexcept>

#include "base/random.h"
#include "base/text.h"
#include "compose/list_headers.h"
#include "mail/message_id.h"
#include "mail/mime.h"
#include "mail/unicode.h"

namespace tocsin {
namespace {

std::vector<std::string> encoded_attachments(const Content& content) {
    std::vector<std::string> parts;
    for (const Attachment& file : content.attachments) {
        parts.push_back(encode_attachment({file.name, file.media_type, file.bytes}));
    }
    return parts;
}

std::vector<AttachedFile> attached(const Content& content, const std::vector<std::string>& parts) {
    std::vector<AttachedFile> files;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const Attachment& file = content.attachments[i];
        files.push_back({file.name, file.media_type, file.bytes, parts[i]});
    }
    return files;
}

}  // namespace

std::unique_ptr<Composer> Composer::make(const Content& content, const Columns& columns,
                                         Findings& findings) {
    auto renderer = Renderer::make(content, columns, findings);
    if (!renderer) return nullptr;
    auto attachments = std::make_shared<const Parts>(encoded_attachments(content));
    return std::unique_ptr<Composer>(
        new Composer(content, columns, std::move(renderer), std::move(attachments)));
}

std::unique_ptr<Composer> Composer::another() const {
    Findings none;  // what was bound once is bound again
    auto renderer = Renderer::make(content_, columns_, none);
    if (!renderer) throw std::logic_error("a composer could not be made again");
    return std::unique_ptr<Composer>(
        new Composer(content_, columns_, std::move(renderer), attachments_));
}

Message Composer::live(const Mailbox& to, const std::vector<std::string>& cells, std::int64_t row,
                       const MailingNumbers& numbers, const KeyRing& keys, WallTime date) {
    std::string token = encode_token(keys, numbers.campaign, numbers.list,
                                     static_cast<std::uint64_t>(row), to.key());
    UnsubscribeLinks links = unsubscribe_links(content_.unsubscribe, token);
    Rendered parts = renderer_->render(cells, {to.written(), links.visible(), links.view});
    return assemble(
        to, parts, links,
        make_message_id(keys, numbers.mailing, to.key(), content_.from.address.domain()), date);
}

Message Composer::proof(const Mailbox& to, const Mailbox& recipient,
                        const std::vector<std::string>& cells, WallTime date) {
    UnsubscribeLinks links = unsubscribe_links(content_.unsubscribe, kHarmless);
    Rendered parts = renderer_->render(cells, {recipient.written(), links.visible(), links.view});
    parts.subject = "[TEST] " + parts.subject;
    return assemble(to, parts, links,
                    "test." + random_hex(16) + "@" + content_.from.address.domain(), date);
}

Message Composer::preview(const Mailbox& recipient, const std::vector<std::string>& cells,
                          WallTime date) {
    UnsubscribeLinks links = unsubscribe_links(content_.unsubscribe, kHarmless);
    Rendered parts = renderer_->render(cells, {recipient.written(), links.visible(), links.view});
    return assemble(recipient, parts, links, "preview@" + content_.from.address.domain(), date);
}

Message Composer::assemble(const Mailbox& to, const Rendered& parts, const UnsubscribeLinks& links,
                           std::string message_id, WallTime date) const {
    Draft draft{.from = content_.from,
                .reply_to = content_.reply_to,
                .to = to,
                .subject = parts.subject,
                .message_id = message_id,
                .date = date,
                .headers = list_headers(content_, links),
                .text = parts.text,
                .html = parts.html,
                .attachments = attached(content_, *attachments_)};
    Message message{{content_.from.address, to}, std::move(message_id), build_message(draft)};
    // Only a recipient whose address needs it has raw UTF-8 in the headers; bodies are encoded.
    message.eight_bit = to.needs_smtputf8() && !is_ascii(message.bytes);
    message.leading_dots = false;
    return message;
}

std::optional<Composer::Fault> Composer::fault(const Mailbox& recipient,
                                               const std::vector<std::string>& cells) {
    for (const RequiredField& field : renderer_->required()) {
        if (cells.at(field.column).empty()) {
            return Fault{"empty-field", "`" + field.name + "` is empty here and has no fallback",
                         field.place, field.name, field.excerpt};
        }
    }
    std::string subject = renderer_->render_subject(cells, {recipient.written(), ""});
    if (trim(subject).empty()) {
        return Fault{"empty-subject", "the subject comes out empty", content_.subject.place, "",
                     excerpt_of(content_.subject)};
    }
    return std::nullopt;
}

}  // namespace tocsin
