#include "delivery/relay_log/relay_log.h"

#include "base/text.h"
#include "delivery/relay_log/search.h"

namespace tocsin {

void RelaySearch::take(std::size_t mail, std::string_view program, std::string_view queue_id,
                       const LogLine& line) {
    RelayTrace& trace = traces.at(mail);
    if (trace.taken) return;
    trace.taken = true;
    trace.program = program;
    trace.queue_id = queue_id;
    trace.time = log_time(line.stamp, now);
}

RelayTrace* RelaySearch::trace_of(std::string_view queue_id) {
    auto found = queued.find(std::string(queue_id));
    return found == queued.end() ? nullptr : &traces.at(found->second);
}

std::string_view between(std::string_view text, std::string_view before, std::string_view after) {
    std::size_t begin = text.find(before);
    if (begin == std::string_view::npos) return {};
    text.remove_prefix(begin + before.size());
    return text.substr(0, text.find(after));
}

std::string RelayTrace::evidence() const {
    if (!taken) return "";
    std::string text = program + " took it as " + printable(queue_id);
    if (time) text += " at " + iso8601(*time);
    switch (fate) {
        case RelayFate::kDelivered:
            return text + " and delivered it";
        case RelayFate::kDeferred:
            return text + " and tries to deliver it";
        case RelayFate::kBounced:
            return text + "; it bounced";
        case RelayFate::kUnknown:
            break;
    }
    return text;
}

RelayLogs::RelayLogs(const std::vector<SoughtMail>& sought, WallTime now)
    : search_(std::make_unique<RelaySearch>()) {
    search_->now = now;
    search_->sought = sought;
    search_->traces.resize(sought.size());
    for (std::size_t mail = 0; mail < sought.size(); ++mail) {
        for (const std::string& id : sought[mail].message_ids) search_->by_message_id[id] = mail;
        search_->by_recipient[sought[mail].recipient] = mail;
    }
}

RelayLogs::~RelayLogs() = default;

void RelayLogs::read_line(std::string_view text) {
    auto line = parse_log_line(text);
    if (!line) return;
    if (search_->first_stamp.empty()) search_->first_stamp = line->stamp;
    search_->last_stamp = line->stamp;
    if (line->program == "smtpd") {
        read_opensmtpd(*search_, *line);
    } else if (line->program == "exim") {
        read_exim(*search_, *line);
    } else {
        read_postfix(*search_, *line);
    }
}

void RelayLogs::end_file() {
    auto first = log_time(search_->first_stamp, search_->now);
    auto last = log_time(search_->last_stamp, search_->now);
    search_->first_stamp.clear();
    search_->last_stamp.clear();
    if (!first || !last) return;
    for (std::size_t mail = 0; mail < search_->sought.size(); ++mail) {
        WallTime since = search_->sought[mail].since;
        // The log's times are whole seconds.
        if (*first <= since && since < *last) search_->traces[mail].covered = true;
    }
}

const std::vector<RelayTrace>& RelayLogs::traces() const {
    return search_->traces;
}

}  // namespace tocsin
