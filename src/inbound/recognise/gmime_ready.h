// GMime wants to be started before its first use.
#pragma once

namespace tocsin {

// Starts it once a process; any thread may call it.
void make_gmime_ready();

}  // namespace tocsin
