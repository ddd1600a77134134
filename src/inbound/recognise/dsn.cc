#include "inbound/recognise/dsn.h"

#include "base/text.h"
#include "inbound/recognise/codes.h"
#include "inbound/recognise/fields.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostRecipients = 1000;

// "smtp; 550 no" → "550 no"; a type is one word.
std::string_view without_type(std::string_view value) {
    std::size_t semicolon = value.find(';');
    if (semicolon == value.npos || semicolon > 20) return value;
    if (trim(value.substr(0, semicolon)).find(' ') != value.npos) return value;
    return trim(value.substr(semicolon + 1));
}

std::string address_of(std::string_view value) {
    std::string_view address = without_type(value);
    if (std::size_t open = address.find('<'); open != address.npos) {
        address.remove_prefix(open + 1);
        address = address.substr(0, address.find('>'));
    }
    while (address.ends_with('>')) address.remove_suffix(1);
    return std::string(trim(address));
}

std::string first_word(std::string_view value) {
    return ascii_lower(value.substr(0, value.find_first_of(" \t;(")));
}

class Collector {
  public:
    void take(const Field& field) {
        if (field.name == "final-recipient") {
            start_if(has_final_);
            has_final_ = true;
            if (current_.address.empty()) current_.address = address_of(field.value);
        } else if (field.name == "original-recipient") {
            start_if(has_original_ || (after_blank_ && has_final_ && has_verdict()));
            has_original_ = true;
            if (std::string named = address_of(field.value); named.find('@') != named.npos) {
                current_.address = named;
            }
        } else if (field.name == "action") {
            start_if(!current_.action.empty());
            current_.action = first_word(field.value);
        } else if (field.name == "status") {
            start_if(has_status_);
            has_status_ = true;
            current_.status = find_codes(field.value).enhanced;
        } else if (field.name == "diagnostic-code") {
            start_if(after_blank_ && !current_.diagnostic.empty());
            if (current_.diagnostic.empty()) current_.diagnostic = without_type(field.value);
        }
        after_blank_ = false;
    }
    void blank_line() { after_blank_ = true; }
    std::vector<DsnRecipient> finish() {
        start_if(true);
        return std::move(recipients_);
    }

  private:
    bool has_verdict() const { return has_status_ || !current_.action.empty(); }

    void start_if(bool condition) {
        if (!condition) return;
        const bool says = has_final_ || has_original_ || has_verdict();
        if (says && recipients_.size() < kMostRecipients)
            recipients_.push_back(std::move(current_));
        current_ = {};
        has_final_ = has_original_ = has_status_ = false;
    }

    std::vector<DsnRecipient> recipients_;
    DsnRecipient current_;
    bool has_final_ = false, has_original_ = false, has_status_ = false;
    bool after_blank_ = false;
};

}  // namespace

std::vector<DsnRecipient> dsn_recipients(std::string_view text) {
    Collector collector;
    while (!text.empty()) {
        std::string_view paragraph = text;
        std::size_t length = 0;  // up to and with the next blank line
        Fields fields;
        while (!text.empty()) {
            std::string_view line = take_line(text);
            length = text.data() - paragraph.data();
            if (trim(line).empty()) break;
        }
        fields = read_fields(paragraph.substr(0, length));
        for (const Field& field : fields.list()) collector.take(field);
        collector.blank_line();
    }
    return collector.finish();
}

bool looks_like_dsn(std::string_view text) {
    bool recipient = false, verdict = false;
    while (!text.empty() && !(recipient && verdict)) {
        const std::string name = ascii_lower(field_line(take_line(text)).name);
        recipient |= name == "final-recipient" || name == "original-recipient";
        verdict |= name == "action" || name == "status" || name == "diagnostic-code";
    }
    return recipient && verdict;
}

const DsnRecipient* telling(const std::vector<DsnRecipient>& recipients) {
    for (std::string_view action : {"failed", "delayed"}) {
        for (const DsnRecipient& recipient : recipients) {
            if (recipient.action == action) return &recipient;
        }
    }
    return recipients.empty() ? nullptr : &recipients.front();
}

}  // namespace tocsin
