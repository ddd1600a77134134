// How the process keeps its memory.
#pragma once

namespace tocsin {

// Freed memory stays with the process up to some megabytes. Mails are made in one thread and freed
// in another; without this each free gives pages back to the system, and the next mail takes them
// again. To be called before threads start.
void keep_freed_memory();

}  // namespace tocsin
