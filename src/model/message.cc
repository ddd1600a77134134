#include "model/message.h"

namespace tocsin {

std::size_t Message::size() const {
    if (!parts) return bytes.size();
    std::size_t size = parts->text.size() + parts->html.size() + parts->subject.size();
    for (const HeaderField& header : parts->headers) size += header.value.size();
    for (const AttachedFile& file : parts->attachments) size += file.bytes.size() / 3 * 4;
    return size;
}

}  // namespace tocsin
