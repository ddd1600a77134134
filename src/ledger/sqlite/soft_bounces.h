// In which mailings an address bounced softly since it last took a mail.
//
// An accepted mail clears them, and is remembered as what cleared them: where the same mail comes
// back later, its acceptance meant nothing, and they count again. Behind a relay that accepts
// everything first, nobody would ever reach the third otherwise.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/clock.h"
#include "ledger/sqlite/connection.h"

namespace tocsin::sqlite {

// What said so. A mail that came back did so whatever becomes of the run that sent it.
enum class SoftBounceBy { kReply, kReport };

// Each within a transaction of the caller; `mailing` is its number.
bool any_soft_bounces(Connection& connection);
void clear_soft_bounces(Connection& connection, const std::string& key, std::int64_t mailing);
// What the acceptance of that mailing's mail had cleared.
void restore_soft_bounces(Connection& connection, const std::string& key, std::int64_t mailing);
// In how many mailings now, this one included.
std::size_t count_soft_bounce(Connection& connection, const std::string& key, std::int64_t mailing,
                              WallTime time, SoftBounceBy by);
void forget_soft_bounces(Connection& connection, const std::string& key);

// Those of one mailing that replies alone gave, in portions (portions.h): no transaction of a
// caller.
void forget_soft_replies(Connection& connection, std::int64_t mailing);

}  // namespace tocsin::sqlite
