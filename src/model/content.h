// All that renders a campaign's mail and is the same for everybody. A plan freezes it as bytes,
// and a send works from those, never from the files.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/address.h"
#include "model/limits.h"
#include "model/value.h"
#include "model/workspace.h"

namespace tocsin {

// A template's text and where it came from: a file in templates/, or a scalar of the campaign file.
struct TemplateText {
    Place place;  // of the first character
    std::string text;
    friend bool operator==(const TemplateText&, const TemplateText&) = default;
};

struct Attachment {
    std::string name;        // file name without folders
    std::string media_type;  // "application/pdf"
    std::string bytes;
};

struct Content {
    std::string campaign;
    NamedMailbox from;
    std::optional<NamedMailbox> reply_to;
    TemplateText subject;
    std::optional<TemplateText> preheader;
    std::string html;                              // key into `templates`, or empty
    std::string text;                              // key into `templates`, or empty
    std::map<std::string, std::string> templates;  // file name in templates/ → bytes, partials too
    Value data;
    std::map<std::string, std::string> fallbacks;
    std::vector<Attachment> attachments;
    std::string unsubscribe_list;
    std::string transport;  // its name, or empty: the workspace's default
    Rates rates{};          // beside those of the transport
    Organisation organisation;
    UnsubscribeSettings unsubscribe;
    std::optional<Mailbox> bounce_address{};  // of return paths; absent: the sender's
};

// One canonical byte string: equal contents give equal bytes, and `parse_content` gives an equal
// content back. It holds no recipient and no secret.
std::string serialise(const Content& content);
// Throws std::runtime_error where `bytes` did not come from `serialise`.
Content parse_content(std::string_view bytes);

}  // namespace tocsin
