#include "base/error.h"
#include "base/text.h"
#include "transport/curl_handles.h"
#include "transport/imap/imap.h"

namespace tocsin {
namespace {

constexpr char kForm[] = "the form is imaps://USER@HOST/FOLDER, with %40 for an @ in USER";

[[noreturn]] void refuse(const std::string& why) {
    throw UsageError("this IMAP address " + why, kForm);
}

// Decoded, or empty where there is none.
std::string part(CURLU* url, CURLUPart which) {
    char* text = nullptr;
    CURLUcode code = curl_url_get(url, which, &text, CURLU_URLDECODE);
    if (code == CURLUE_URLDECODE) refuse("holds characters that it must not");
    if (code != CURLUE_OK) return "";
    std::string out = text;
    curl_free(text);
    return out;
}

}  // namespace

ImapSettings parse_imap_url(std::string_view text) {
    CurlUrl url(curl_url());
    const std::string copy(text);
    if (has_control(text) || curl_url_set(url.get(), CURLUPART_URL, copy.c_str(), 0) != CURLUE_OK) {
        refuse("cannot be read");
    }
    if (part(url.get(), CURLUPART_SCHEME) != "imaps") refuse("does not begin with imaps://");
    if (!part(url.get(), CURLUPART_PASSWORD).empty()) {
        throw UsageError("a password must not stand in an IMAP address",
                         "others could see it: use --password-env or --password-command");
    }
    ImapSettings settings;
    settings.host = part(url.get(), CURLUPART_HOST);
    settings.username = part(url.get(), CURLUPART_USER);
    if (settings.username.empty()) refuse("names no user");
    if (std::string port = part(url.get(), CURLUPART_PORT); !port.empty()) {
        settings.port = std::stoi(port);
    }
    std::string folder = part(url.get(), CURLUPART_PATH);
    folder.erase(0, folder.find_first_not_of('/'));
    if (has_control(folder) || has_control(settings.username) || invalid_utf8(folder)) {
        refuse("holds characters that it must not");
    }
    if (!folder.empty()) settings.folder = folder;
    return settings;
}

}  // namespace tocsin
