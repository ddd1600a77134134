// Delivers into a Maildir: written to tmp/, synced, renamed to new/
// (https://cr.yp.to/proto/maildir.html).
#pragma once

#include <filesystem>
#include <memory>

#include "transport/transport.h"

namespace tocsin {

// Makes the folder (0700) with tmp, new and cur at the first submit. The envelope is kept in
// Return-Path and Delivered-To lines on top, as a local delivery agent does.
// `departures` outlives it.
std::unique_ptr<Transport> make_maildir_transport(const std::filesystem::path& folder,
                                                  const Clock& clock, Departures& departures);

}  // namespace tocsin
