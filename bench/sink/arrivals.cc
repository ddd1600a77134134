#include "sink/arrivals.h"

#include <cerrno>
#include <cstdio>
#include <system_error>

namespace tocsin::bench {

std::uint64_t hash_of(std::string_view address) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (char byte : address) {
        if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte - 'A' + 'a');
        hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
    }
    return hash;
}

void Arrivals::mail_began(std::int64_t now) {
    if (first_mail_ == 0) first_mail_ = now;
}

void Arrivals::mail_ended(std::int64_t now, std::uint64_t size,
                          const std::vector<std::uint64_t>& to) {
    ++mails_;
    bytes_ += size;
    if (first_end_ == 0) first_end_ = now;
    last_end_ = now;
    for (std::uint64_t recipient : to) records_.push_back({now, recipient});
}

std::string Arrivals::summary() const {
    auto member = [](const char* name, auto value) {
        return "\"" + std::string(name) + "\": " + std::to_string(value);
    };
    return "{" + member("connections", connections_) + ", " + member("mails", mails_) + ", " +
           member("bytes", bytes_) + ", " + member("first_mail_ns", first_mail_) + ", " +
           member("first_end_ns", first_end_) + ", " + member("last_end_ns", last_end_) + "}";
}

void Arrivals::write_log(const std::string& path) const {
    std::FILE* file = std::fopen(path.c_str(), "wb");
    bool whole = file != nullptr && std::fwrite(records_.data(), sizeof(Record), records_.size(),
                                                file) == records_.size();
    if (file == nullptr || std::fclose(file) != 0 || !whole) {
        throw std::system_error(errno, std::generic_category(), path);
    }
}

}  // namespace tocsin::bench
