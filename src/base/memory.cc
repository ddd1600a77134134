#include "base/memory.h"

#include <malloc.h>

namespace tocsin {

void keep_freed_memory() {
    constexpr int kKept = 4 << 20;  // in each thread's part of the heap
    ::mallopt(M_TRIM_THRESHOLD, kKept);
    ::mallopt(M_TOP_PAD, 1 << 20);
    // Mails with attachments are larger than this, and are few.
    ::mallopt(M_MMAP_THRESHOLD, 1 << 20);
}

}  // namespace tocsin
