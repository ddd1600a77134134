#include "transport/provider/multipart_form.h"

#include <algorithm>
#include <string>

#include "base/random.h"
#include "mail/sha256.h"

namespace tocsin {
namespace {

std::string disposition(std::string_view name) {
    return "Content-Disposition: form-data; name=\"" + std::string(name) + "\"";
}

}  // namespace

void MultipartForm::add(std::string_view name, std::string_view value) {
    parts_.push_back({disposition(name), std::string(value)});
}

void MultipartForm::add_file(std::string_view name, std::string_view file,
                             std::string_view media_type, std::string_view bytes) {
    parts_.push_back({disposition(name) + "; filename=\"" + std::string(file) +
                          "\"\r\nContent-Type: " + std::string(media_type),
                      std::string(bytes)});
}

// A hash of all values cannot be foreseen by who wrote one of them.
std::string MultipartForm::boundary() const {
    Sha256 hash;
    for (const Part& part : parts_) hash.add(part.value);
    std::string out = "tocsin-" + to_hex(hash.finish()).substr(0, 40);
    while (std::any_of(parts_.begin(), parts_.end(), [&](const Part& part) {
        return part.value.find(out) != std::string::npos;
    })) {
        out += 'x';
    }
    return out;
}

std::string MultipartForm::content_type() const {
    return "multipart/form-data; boundary=" + boundary();
}

std::string MultipartForm::body() const {
    const std::string mark = "--" + boundary();
    std::string out;
    for (const Part& part : parts_) {
        out += mark + "\r\n" + part.head + "\r\n\r\n" + part.value + "\r\n";
    }
    return out + mark + "--\r\n";
}

}  // namespace tocsin
