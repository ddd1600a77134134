// The first part of a survey: reads an audience into batches.
#pragma once

#include <string>

#include "audience/audience.h"
#include "delivery/batch_ring.h"

namespace tocsin {

// "lists/members.csv:12"
std::string shown_line(const Place& place);

// Reads all lists into `ring`, whose only reader this is, until they end or the ring is stopped.
// What is wrong with rows goes to `findings`.
void read_batches(Audience& audience, BatchRing& ring, Findings& findings);

}  // namespace tocsin
