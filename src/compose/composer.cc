#include "compose/composer.h"

#include <stdexcept>

#include "base/text.h"
#include "compose/list_headers.h"
#include "mail/message_id.h"
#include "mail/mime.h"
#include "mail/return_path.h"
#include "mail/unicode.h"

namespace tocsin {
namespace {

constexpr std::string_view kProofMark = "[TEST] ";

std::vector<std::string> encoded_attachments(const Content& content, MessageForm form) {
    std::vector<std::string> parts;
    if (form == MessageForm::kParts) return parts;  // the provider encodes
    for (const Attachment& file : content.attachments) {
        parts.push_back(encode_attachment({file.name, file.media_type, file.bytes}));
    }
    return parts;
}

std::vector<AttachedFile> attached(const Content& content, const std::vector<std::string>& parts) {
    std::vector<AttachedFile> files;
    for (std::size_t i = 0; i < content.attachments.size(); ++i) {
        const Attachment& file = content.attachments[i];
        files.push_back({file.name, file.media_type, file.bytes});
        if (!parts.empty()) files.back().encoded = parts[i];
    }
    return files;
}

}  // namespace

std::unique_ptr<Composer> Composer::make(const Content& content, const Columns& columns,
                                         Findings& findings, MessageForm form, Faults faults) {
    auto renderer = Renderer::make(content, columns, findings, faults);
    if (!renderer) return nullptr;
    auto attachments = std::make_shared<const Parts>(encoded_attachments(content, form));
    return std::unique_ptr<Composer>(
        new Composer(content, columns, form, faults, std::move(renderer), std::move(attachments)));
}

std::unique_ptr<Composer> Composer::another() const {
    Findings none;  // what was bound once is bound again
    auto renderer = Renderer::make(content_, columns_, none, faults_);
    if (!renderer) throw std::logic_error("a composer could not be made again");
    return std::unique_ptr<Composer>(
        new Composer(content_, columns_, form_, faults_, std::move(renderer), attachments_));
}

Message Composer::live(const Mailbox& to, const std::vector<std::string>& cells, std::int64_t row,
                       const MailingNumbers& numbers, const KeyRing& keys, WallTime date) {
    std::string token = encode_token(keys, numbers.campaign, numbers.list,
                                     static_cast<std::uint64_t>(row), to.key());
    UnsubscribeLinks links = unsubscribe_links(content_.unsubscribe, token);
    Rendered parts = renderer_->render(cells, {to.written(), links.visible(), links.view});
    Message message = assemble(
        to, parts, links, return_path(keys, row, to),
        make_message_id(keys, numbers.mailing, to.key(), content_.from.address.domain()), date);
    message.reference = encode_reference(keys, static_cast<std::uint64_t>(row), to.key());
    return message;
}

Message Composer::proof(const Mailbox& to, const Mailbox& recipient,
                        const std::vector<std::string>& cells, WallTime date) {
    Rendered parts = this->parts(recipient, cells);
    if (!parts.subject.starts_with(kProofMark)) parts.subject.insert(0, kProofMark);
    return assemble(to, parts, harmless_, content_.bounce_address,
                    make_proof_message_id(content_.from.address.domain()), date);
}

Message Composer::preview(const Mailbox& recipient, const std::vector<std::string>& cells,
                          WallTime date) {
    return preview_of(recipient, parts(recipient, cells), date);
}

Rendered Composer::parts(const Mailbox& recipient, const std::vector<std::string>& cells) {
    return renderer_->render(cells, {recipient.written(), harmless_.visible(), harmless_.view});
}

Message Composer::preview_of(const Mailbox& recipient, const Rendered& parts, WallTime date) const {
    return assemble(recipient, parts, harmless_, content_.bounce_address,
                    "preview@" + content_.from.address.domain(), date);
}

TracedMail Composer::trace(const Mailbox& recipient, const std::vector<std::string>& cells) {
    return renderer_->trace(cells, {recipient.written(), harmless_.visible(), harmless_.view});
}

std::optional<Mailbox> Composer::return_path(const KeyRing& keys, std::int64_t row,
                                             const Mailbox& to) const {
    if (!content_.bounce_address) return std::nullopt;
    std::string plus_part = encode_return_path(keys, static_cast<std::uint64_t>(row), to.key());
    return Mailbox::from(return_path_of(*content_.bounce_address, plus_part));
}

Message Composer::assemble(const Mailbox& to, const Rendered& parts, const UnsubscribeLinks& links,
                           const std::optional<Mailbox>& bounces, std::string message_id,
                           WallTime date) const {
    Draft draft{.from = content_.from,
                .reply_to = content_.reply_to,
                .to = to,
                .subject = parts.subject,
                .message_id = message_id,
                .date = date,
                .headers = list_headers(content_, links, bounces),
                .text = parts.text,
                .html = parts.html,
                .attachments = attached(content_, *attachments_)};
    Message message{{bounces.value_or(content_.from.address), to}, std::move(message_id), ""};
    message.campaign = content_.campaign;
    if (form_ == MessageForm::kParts) {
        message.parts = std::make_shared<const Draft>(std::move(draft));
        return message;
    }
    message.bytes = build_message(draft);
    // Only a recipient whose address needs it has raw UTF-8 in the headers; bodies are encoded.
    message.eight_bit = to.needs_smtputf8() && !is_ascii(message.bytes);
    message.leading_dots = false;
    return message;
}

std::optional<Composer::Fault> Composer::fault(const Mailbox& recipient,
                                               const std::vector<std::string>& cells,
                                               std::string& subject) {
    for (const RequiredField& field : renderer_->required()) {
        if (cells.at(field.column).empty()) {
            return Fault{"empty-field", "`" + field.name + "` is empty here and has no fallback",
                         field.place, field.name, field.excerpt};
        }
    }
    subject = renderer_->render_subject(cells, {recipient.written(), ""});
    // One that has errors may be empty for that reason alone.
    if (trim(subject).empty() && faults_ == Faults::kRefuse) {
        return Fault{"empty-subject", "the subject comes out empty", content_.subject.place, "",
                     excerpt_of(content_.subject)};
    }
    return std::nullopt;
}

}  // namespace tocsin
