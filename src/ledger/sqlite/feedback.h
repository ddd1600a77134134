// What came back after a mail was accepted: kept once for each report, with what follows from it.
#pragma once

#include <cstddef>
#include <functional>
#include <span>

#include "ledger/ledger.h"
#include "ledger/sqlite/connection.h"

namespace tocsin::sqlite {

std::size_t note_feedback(Connection& connection, std::span<const FeedbackNote> notes);
void for_each_feedback(Connection& connection, const FeedbackFilter& filter,
                       const std::function<void(const Feedback&)>& visit);
FeedbackCounts feedback_counts(Connection& connection, const MailingKey& mailing);

}  // namespace tocsin::sqlite
