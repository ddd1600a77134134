#include "web/ledger_mail_view.h"

#include "base/html.h"
#include "compose/unsubscribe_links.h"

namespace tocsin {

struct LedgerMailView::Mailing {
    MailingKey key;
    std::string content_hash;
    Content content;
    std::unique_ptr<Renderer> renderer;
};

namespace {

// A mail without an HTML part.
std::string page_of_text(const Rendered& mail) {
    return "<!DOCTYPE html>\n<html lang=\"\">\n<head><meta charset=\"utf-8\"><title>" +
           escape_html(mail.subject) +
           "</title><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
           "<meta name=\"color-scheme\" content=\"light dark\"></head>\n"
           "<body><pre style=\"white-space:pre-wrap\">" +
           escape_html(mail.text) + "</pre></body>\n</html>\n";
}

}  // namespace

LedgerMailView::LedgerMailView(std::unique_ptr<Ledger> ledger, const KeyRing& keys)
    : ledger_(std::move(ledger)), keys_(keys) {}

LedgerMailView::~LedgerMailView() = default;

LedgerMailView::Mailing* LedgerMailView::mailing(const MailingKey& key, std::uint32_t campaign) {
    auto plan = ledger_->plan(key);
    if (!plan || plan->campaign_number != campaign) return nullptr;
    bool is_latest = latest_ && latest_->key == key && latest_->content_hash == plan->content_hash;
    if (is_latest) return latest_.get();
    auto made = std::unique_ptr<Mailing>(
        new Mailing{key, plan->content_hash, parse_content(plan->content), nullptr});
    Findings findings;
    made->renderer = Renderer::make(made->content, plan->columns, findings);
    if (!made->renderer) return nullptr;
    latest_ = std::move(made);
    return latest_.get();
}

std::optional<std::string> LedgerMailView::html(const UnsubscribeToken& token,
                                                std::string_view written) {
    auto row = ledger_->row_name(static_cast<RowId>(token.recipient));
    if (!row || !token_is_for(keys_, token, row->address)) return std::nullopt;
    auto parsed = Mailbox::parse(row->address);
    auto* mailbox = std::get_if<Mailbox>(&parsed);
    Mailing* found = mailbox == nullptr ? nullptr : mailing(row->mailing, token.campaign);
    if (found == nullptr) return std::nullopt;
    UnsubscribeLinks links = unsubscribe_links(found->content.unsubscribe, written);
    Rendered mail =
        found->renderer->render(row->cells, {mailbox->written(), links.visible(), links.view});
    return mail.html.empty() ? page_of_text(mail) : mail.html;
}

}  // namespace tocsin
