// The recognisers, one for each kind of mail that comes back. Each answers with kind, class,
// status, text and recipient, or with nothing where the mail is none of its kind; recognise.cc
// asks them in order and adds whose mail it is about.
#pragma once

#include <optional>

#include "inbound/recognise/notice.h"
#include "inbound/recognise/parsed_mail.h"
#include "inbound/report.h"

namespace tocsin {

// RFC 5965, X-ARF, and what Microsoft sends without either (arf.cc).
std::optional<Report> as_complaint(const ParsedMail& mail, const Notice& notice);
// What Amazon's SES says by mail through SNS, in JSON (ses_notification.cc).
std::optional<Report> as_ses_notification(const ParsedMail& mail, const Notice& notice);
// RFC 3464, also where it is broken (dsn_report.cc).
std::optional<Report> as_status_notification(const ParsedMail& mail, const Notice& notice);
// Sent to an address with a token (unsubscribe_mail.cc).
std::optional<Report> as_unsubscribe(const ParsedMail& mail, const Notice& notice);
// A bounce or delay in words alone (text_bounce.cc).
std::optional<Report> as_text_bounce(const ParsedMail& mail, const Notice& notice);
// Somebody who asks to leave in words, or whose program does (unsubscribe_mail.cc).
std::optional<Report> as_unsubscribe_request(const ParsedMail& mail, const Notice& notice);
// RFC 3834, RFC 8098 and what came before them (auto_reply.cc).
std::optional<Report> as_auto_reply(const ParsedMail& mail, const Notice& notice);

// What in a text looks like a token of ours: 52 characters of its alphabet with nothing like them
// around; at most ten, in lower case.
std::vector<std::string> tokens_in(std::string_view text);

}  // namespace tocsin
