#include "transport/imap/imap.h"

#include "transport/imap/dialogue.h"
#include "transport/imap/wire.h"

namespace tocsin {

std::string ImapSettings::shown() const {
    return "imaps://" + host + (port == 993 ? "" : ":" + std::to_string(port)) + "/" + folder;
}

std::unique_ptr<ImapFolder> open_imap(const ImapSettings& settings, bool read_only) {
    return std::make_unique<ImapDialogue>(connect_imap(settings), settings.shown(), settings.folder,
                                          read_only);
}

}  // namespace tocsin
