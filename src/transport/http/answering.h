// From a provider's response to what became of each message. Pure.
#pragma once

#include <vector>

#include "transport/http/batch.h"
#include "transport/transport.h"

namespace tocsin {

// One answer a message, whatever the response is: kUnclear for all where the provider's own reading
// of it fails.
std::vector<ProviderAnswer> read_answers(const Provider& provider, const HttpResponse& response,
                                         const HttpBatch& batch);

// Whether these answers are the last word on the batch. Else it is to be asked again with its key:
// the request may still be worked on, or may have been carried out and the word of it got lost.
bool settles(const std::vector<ProviderAnswer>& answers, int status, bool was_uncertain);

// The ends of a batch's messages. `pause`: how long the account is to wait, or zero.
std::vector<Finished> ends_of(const HttpBatch& batch, const std::vector<ProviderAnswer>& answers,
                              Milliseconds pause, WallTime now);
// Of one whose fate only the provider knows.
std::vector<Finished> doubts_of(const HttpBatch& batch, WallTime now);

}  // namespace tocsin
