#include "inbound/recognise/gmime_ready.h"

#include <gmime/gmime.h>

namespace tocsin {

void make_gmime_ready() {
    static const bool ready = (g_mime_init(), true);
    static_cast<void>(ready);
}

}  // namespace tocsin
