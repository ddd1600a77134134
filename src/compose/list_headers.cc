#include "compose/list_headers.h"

#include <algorithm>

#include "mail/encoded_word.h"

namespace tocsin {
namespace {

// The list's identifier below the sender's domain; unsubscribing from "all" leaves everything.
std::string list_label(const Content& content) {
    return content.unsubscribe_list.empty() ? "all" : content.unsubscribe_list;
}

std::string list_id(const Content& content) {
    std::string id = "<" + list_label(content) + "." + content.from.address.domain() + ">";
    constexpr std::size_t kUsed = sizeof "List-Id: " - 1;
    const std::string& name = content.organisation.name;
    return name.empty() ? id : encode_phrase(name + " " + list_label(content), kUsed) + " " + id;
}

// The stable last field of Feedback-ID: 5 to 15 characters that name the sender.
std::string sender_id(const std::string& domain) {
    constexpr std::size_t kFewest = 5, kMost = 15;
    std::string id;
    std::copy_if(domain.begin(), domain.end(), std::back_inserter(id),
                 [](char c) { return c != '.' && c != '-'; });
    if (id.size() > kMost) id.resize(kMost);
    id.resize(std::max(id.size(), kFewest), '0');
    return id;
}

// The same domain, or one below it.
bool is_aligned(const std::string& domain, const std::string& sender) {
    return domain == sender || domain.ends_with("." + sender);
}

}  // namespace

std::vector<HeaderField> list_headers(const Content& content, const UnsubscribeLinks& links,
                                      const std::optional<Mailbox>& bounces) {
    std::vector<HeaderField> headers;
    headers.push_back({"List-Id", list_id(content)});
    if (std::string leave = links.header(); !leave.empty()) {
        headers.push_back({"List-Unsubscribe", leave});
    }
    if (links.one_click()) {
        headers.push_back({"List-Unsubscribe-Post", "List-Unsubscribe=One-Click"});
    }
    headers.push_back({"Feedback-ID", content.campaign + ":" + list_label(content) +
                                          ":bulk:" + sender_id(content.from.address.domain())});
    if (bounces && is_aligned(bounces->domain(), content.from.address.domain())) {
        headers.push_back({"CFBL-Address", bounces->wire() + "; report=arf"});
    }
    headers.push_back({"Precedence", "bulk"});
    headers.push_back({"X-Auto-Response-Suppress", "OOF, AutoReply"});
    return headers;
}

}  // namespace tocsin
