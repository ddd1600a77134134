#include "inbound/sources/imap_source.h"

namespace tocsin {

ImapSource::ImapSource(std::unique_ptr<ImapFolder> folder, std::string shown, std::string move_to)
    : folder_(std::move(folder)),
      shown_(std::move(shown)),
      move_to_(std::move(move_to)),
      uids_(folder_->unread()) {}

std::optional<ReceivedMail> ImapSource::next() {
    while (next_ < uids_.size()) {
        ImapUid uid = uids_[next_++];
        auto bytes = folder_->fetch(uid, kMostOfAMail);
        if (!bytes) continue;
        std::string name = shown_ + ";UID=" + std::to_string(uid);
        return ReceivedMail{next_, name, name, std::move(*bytes)};
    }
    return std::nullopt;
}

void ImapSource::settle(std::span<const Settled> settled) {
    std::vector<ImapUid> handled, kept;
    for (const Settled& one : settled) {
        (one.fate == Fate::kKept ? kept : handled).push_back(uids_.at(one.number - 1));
    }
    if (!kept.empty()) folder_->mark(kept, true);
    if (handled.empty()) return;
    if (move_to_.empty()) {
        folder_->mark(handled, false);
    } else {
        folder_->move(handled, move_to_);
    }
}

}  // namespace tocsin
