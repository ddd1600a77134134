#include "transport/smtp/write_buffer.h"

#include <utility>

namespace tocsin {

void WriteBuffer::give(std::string bytes) {
    if (bytes.empty()) return;
    appended_ += bytes.size();
    blocks_.push_back(std::move(bytes));
}

void WriteBuffer::append(std::string_view bytes) {
    if (bytes.empty()) return;
    bool new_block = blocks_.empty() || (blocks_.size() == 1 && shown_);
    if (new_block) blocks_.emplace_back();
    blocks_.back() += bytes;
    appended_ += bytes.size();
}

std::string_view WriteBuffer::front() {
    if (blocks_.empty()) return {};
    shown_ = true;
    return std::string_view(blocks_.front()).substr(offset_);
}

void WriteBuffer::take(std::size_t count) {
    taken_ += count;
    offset_ += count;
    if (offset_ < blocks_.front().size()) return;
    blocks_.pop_front();
    offset_ = 0;
    shown_ = false;
}

void WriteBuffer::clear() {
    blocks_.clear();
    offset_ = 0;
    shown_ = false;
}

}  // namespace tocsin
