// Whose mail a report is about: what may prove it.
#pragma once

#include "inbound/recognise/notice.h"
#include "inbound/recognise/parsed_mail.h"
#include "inbound/report.h"

namespace tocsin {

// Fills return_paths, message_ids, replied_ids and tokens: at most 20 of each, without repetition,
// valid UTF-8 of one line.
void add_evidence(const ParsedMail& mail, const Notice& notice, Report& report);

}  // namespace tocsin
