#include "model/content.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <stdexcept>

// CBOR of one JSON-like document: compact, takes attachments as they are, and canonical, because
// the library keeps the keys of a map sorted.

namespace tocsin {
namespace {

using nlohmann::json;

constexpr int kFormat = 1;

json to_json(const Value& value) {
    if (const bool* flag = value.flag()) return *flag;
    if (const std::string* text = value.text()) return *text;
    json out;  // null
    if (const Value::List* list = value.list()) {
        out = json::array();
        for (const Value& item : *list) out.push_back(to_json(item));
    } else if (const Value::Map* map = value.map()) {
        // Pairs, so that the order of the file is kept.
        json members = json::array();
        for (const auto& [key, member] : *map) members.push_back({key, to_json(member)});
        out = json{{"map", std::move(members)}};
    }
    return out;
}

Value value_from(const json& in) {
    if (in.is_null()) return {};
    if (in.is_boolean()) return in.get<bool>();
    if (in.is_string()) return in.get<std::string>();
    if (in.is_array()) {
        Value::List list;
        for (const json& item : in) list.push_back(value_from(item));
        return list;
    }
    Value::Map map;
    for (const json& member : in.at("map")) {
        map.emplace_back(member.at(0).get<std::string>(), value_from(member.at(1)));
    }
    return map;
}

json to_json(const NamedMailbox& mailbox) {
    return {mailbox.name, mailbox.address.written()};
}

NamedMailbox mailbox_from(const json& in) {
    return {in.at(0).get<std::string>(), Mailbox::from(in.at(1).get<std::string>())};
}

json to_json(const TemplateText& text) {
    return {{"file", text.place.file},
            {"line", text.place.line},
            {"column", text.place.column},
            {"text", text.text}};
}

TemplateText template_text_from(const json& in) {
    return {{in.at("file"), in.at("line"), in.at("column")}, in.at("text")};
}

json to_json(const std::vector<Attachment>& attachments) {
    json out = json::array();
    for (const Attachment& file : attachments) {
        json::binary_t bytes(std::vector<std::uint8_t>(file.bytes.begin(), file.bytes.end()));
        out.push_back(
            {{"name", file.name}, {"type", file.media_type}, {"bytes", std::move(bytes)}});
    }
    return out;
}

std::vector<Attachment> attachments_from(const json& in) {
    std::vector<Attachment> out;
    for (const json& file : in) {
        const auto& bytes = file.at("bytes").get_binary();
        out.push_back({file.at("name"), file.at("type"), std::string(bytes.begin(), bytes.end())});
    }
    return out;
}

json to_json(const Organisation& organisation) {
    return {{"name", organisation.name},
            {"postal_address", organisation.postal_address},
            {"website", organisation.website},
            {"colour", organisation.colour}};
}

Organisation organisation_from(const json& in) {
    return {in.at("name"), in.at("postal_address"), in.at("website"), in.at("colour")};
}

json to_json(const UnsubscribeSettings& unsubscribe) {
    json out = {{"url", unsubscribe.url}};
    if (unsubscribe.mailto) out["mailto"] = unsubscribe.mailto->written();
    return out;
}

UnsubscribeSettings unsubscribe_from(const json& in) {
    UnsubscribeSettings out{in.at("url"), std::nullopt};
    if (in.contains("mailto")) out.mailto = Mailbox::from(in["mailto"].get<std::string>());
    return out;
}

json to_json(const Rates& rates) {
    json out = json::array();
    for (const Rate& rate : rates) out.push_back({rate.count, rate.period.count()});
    return out;
}

Rates rates_from(const json& in) {
    Rates out;
    for (const json& rate : in)
        out.push_back(
            {rate.at(0).get<std::int64_t>(), Milliseconds(rate.at(1).get<std::int64_t>())});
    return out;
}

json document(const Content& content) {
    json out = {{"format", kFormat},
                {"campaign", content.campaign},
                {"from", to_json(content.from)},
                {"subject", to_json(content.subject)},
                {"html", content.html},
                {"text", content.text},
                {"templates", content.templates},
                {"data", to_json(content.data)},
                {"fallbacks", content.fallbacks},
                {"attachments", to_json(content.attachments)},
                {"list", content.unsubscribe_list},
                {"transport", content.transport},
                {"organisation", to_json(content.organisation)},
                {"unsubscribe", to_json(content.unsubscribe)}};
    if (content.bounce_address) out["bounce_address"] = content.bounce_address->written();
    if (content.reply_to) out["reply_to"] = to_json(*content.reply_to);
    if (content.preheader) out["preheader"] = to_json(*content.preheader);
    // Absent where there are none, as in plans from before there were rates.
    if (!content.rates.empty()) out["rates"] = to_json(content.rates);
    return out;
}

Content content_from(const json& in) {
    if (in.at("format") != kFormat) throw std::runtime_error("another version wrote it");
    Content out{.campaign = in.at("campaign"),
                .from = mailbox_from(in.at("from")),
                .reply_to = std::nullopt,
                .subject = template_text_from(in.at("subject")),
                .preheader = std::nullopt,
                .html = in.at("html"),
                .text = in.at("text"),
                .templates = in.at("templates"),
                .data = value_from(in.at("data")),
                .fallbacks = in.at("fallbacks"),
                .attachments = attachments_from(in.at("attachments")),
                .unsubscribe_list = in.at("list"),
                .transport = in.at("transport"),
                .organisation = organisation_from(in.at("organisation")),
                .unsubscribe = unsubscribe_from(in.at("unsubscribe"))};
    if (in.contains("bounce_address")) {
        out.bounce_address = Mailbox::from(in["bounce_address"].get<std::string>());
    }
    if (in.contains("reply_to")) out.reply_to = mailbox_from(in["reply_to"]);
    if (in.contains("preheader")) out.preheader = template_text_from(in["preheader"]);
    if (in.contains("rates")) out.rates = rates_from(in["rates"]);
    return out;
}

}  // namespace

std::string serialise(const Content& content) {
    std::string bytes;
    json::to_cbor(document(content), bytes);
    return bytes;
}

Content parse_content(std::string_view bytes) {
    try {
        return content_from(json::from_cbor(bytes.begin(), bytes.end()));
    } catch (const std::exception& fault) {
        throw std::runtime_error(std::string("the frozen content cannot be read: ") + fault.what());
    }
}

}  // namespace tocsin
