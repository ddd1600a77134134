#include "delivery/content_facts.h"

#include "compose/template_files.h"

namespace tocsin {
namespace {

// Every value in one text, so that different ones differ.
void append(std::string& out, const Value& value) {
    if (const bool* flag = value.flag()) {
        out += *flag ? "T" : "F";
    } else if (const std::string* text = value.text()) {
        out += "t" + std::to_string(text->size()) + ":" + *text;
    } else if (const Value::List* list = value.list()) {
        out += "[";
        for (const Value& item : *list) append(out, item);
        out += "]";
    } else if (const Value::Map* map = value.map()) {
        out += "{";
        for (const auto& [key, member] : *map) {
            append(out, Value(key));
            append(out, member);
        }
        out += "}";
    } else {
        out += "N";
    }
}

std::string fact_of(const Value& value) {
    if (const std::string* text = value.text()) return *text;
    std::string bytes;
    append(bytes, value);
    return digest_fact(bytes);
}

std::string shown_period(Milliseconds period) {
    using namespace std::chrono_literals;
    if (period == 1s) return "s";
    if (period == 1min) return "min";
    if (period == 1h) return "h";
    if (period == 24h) return "day";
    return std::to_string(period.count()) + "ms";
}

void add_settings(Facts& facts, const Content& content) {
    const Organisation& organisation = content.organisation;
    facts["`organisation.name`"] = organisation.name;
    facts["`organisation.postal_address`"] = organisation.postal_address;
    facts["`organisation.website`"] = organisation.website;
    facts["`organisation.colour`"] = organisation.colour;
    facts["`unsubscribe.url`"] = content.unsubscribe.url;
    const auto& mailto = content.unsubscribe.mailto;
    facts["`unsubscribe.mailto`"] = mailto ? mailto->written() : "";
    facts["`unsubscribe.list`"] = content.unsubscribe_list;
    const auto& bounces = content.bounce_address;
    facts["`bounce_address`"] = bounces ? bounces->written() : "";
    facts["`transport`"] = content.transport;
    facts["`rate`"] = shown_rates(content.rates);
}

}  // namespace

std::string shown_rates(const Rates& rates) {
    std::string text;
    for (const Rate& rate : rates) {
        text += (text.empty() ? "" : ", ") + std::to_string(rate.count) + "/" +
                shown_period(rate.period);
    }
    return text;
}

Facts facts_of(const Content& content) {
    Facts facts;
    facts["`id`"] = content.campaign;
    facts["`from`"] = content.from.shown();
    facts["`reply_to`"] = content.reply_to ? content.reply_to->shown() : "";
    facts["`subject`"] = content.subject.text;
    facts["`preheader`"] = content.preheader ? content.preheader->text : "";
    facts["`html`"] = content.html;
    facts["`text`"] = content.text;
    for (const auto& [name, bytes] : content.templates) {
        facts[shown_template(name)] = digest_fact(bytes);
    }
    if (const Value::Map* data = content.data.map()) {
        for (const auto& [key, value] : *data) facts["`data." + key + "`"] = fact_of(value);
    }
    for (const auto& [field, value] : content.fallbacks) facts["`fallbacks." + field + "`"] = value;
    for (const Attachment& file : content.attachments) {
        facts["the attachment " + file.name] = digest_fact(file.media_type + "\n" + file.bytes);
    }
    add_settings(facts, content);
    return facts;
}

}  // namespace tocsin
