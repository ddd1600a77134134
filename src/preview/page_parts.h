// The sections of the page, each HTML that is safe whatever the data was. Private to `preview`.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "preview/campaign_summary.h"
#include "preview/mail_view.h"

namespace tocsin {

// Of one mail's HTML: where Gmail cuts it off, and hides the way out.
inline constexpr std::size_t kGmailLine = 102 * 1024;

// "23.4 KB"
std::string kilobytes(std::size_t bytes);
// <tag class="class">…</tag> around escaped text.
std::string element(std::string_view tag, std::string_view css_class, std::string_view text);

// The campaign: numbers, findings, sizes, fields, branches, links.
std::string summary_section(const CampaignSummary& summary);
std::string size_card(const AudienceSummary& audience);
std::string field_card(const CampaignSummary& summary);
std::string branch_card(const AudienceSummary& audience);
std::string link_card(const AudienceSummary& audience);

// Every finding with its place, its line, and why it matters.
std::string finding_list(const Findings& findings);

// The mail `number` (from 1): head, inbox lines, findings, and the six views.
std::string mail_section(const CampaignSummary& summary, const MailView& mail, std::size_t number);
std::string inbox_lines(std::string_view from, const MailView& mail);
// 360 and 640 pixels wide.
std::string html_view(const MailView& mail, std::string_view look);
std::string text_view(const MailView& mail);
std::string header_view(const MailView& mail);
std::string source_view(const MailView& mail);

}  // namespace tocsin
