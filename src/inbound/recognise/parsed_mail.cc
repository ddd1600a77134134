#include "inbound/recognise/parsed_mail.h"

#include <algorithm>
#include <gmime/gmime.h>
#include <memory>

#include "base/text.h"
#include "inbound/recognise/charset.h"
#include "inbound/recognise/gmime_ready.h"
#include "inbound/report.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostParts = 200;
constexpr std::size_t kMostText = 256 << 10;
constexpr std::size_t kMostBody = 64 << 10;
constexpr int kMostLevels = 32;

struct Unref {
    void operator()(gpointer object) const { g_object_unref(object); }
};
template <typename T>
using Owned = std::unique_ptr<T, Unref>;

Fields fields_of(GMimeHeaderList* list) {
    Fields fields;
    const int count = std::min(g_mime_header_list_get_count(list), 1000);
    for (int i = 0; i < count; ++i) {
        GMimeHeader* header = g_mime_header_list_get_header_at(list, i);
        const char* value = g_mime_header_get_value(header);
        if (value == nullptr) value = g_mime_header_get_raw_value(header);
        fields.add(g_mime_header_get_name(header), value == nullptr ? "" : value);
    }
    return fields;
}

std::string bytes_of(GMimePart* part) {
    GMimeDataWrapper* content = g_mime_part_get_content(part);
    if (content == nullptr) return {};
    Owned<GMimeStream> stream(g_mime_stream_mem_new());
    g_mime_data_wrapper_write_to_stream(content, stream.get());
    GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
    return {reinterpret_cast<const char*>(bytes->data),
            std::min<std::size_t>(bytes->len, kMostText)};
}

bool holds_message(std::string_view type) {
    return type == "message/rfc822" || type == "message/global" || type == "message/news" ||
           type == "text/rfc822-headers" || type == "message/rfc822-headers" ||
           type == "text/rfc822" || type == "message/global-headers" || type == "message/partial";
}

// What may be a text, whatever it calls itself: reports come under wrong names.
bool is_readable(std::string_view type) {
    return type.starts_with("text/") || type.starts_with("message/") ||
           type == "application/json" || type == "application/octet-stream";
}

class Walk {
  public:
    explicit Walk(ParsedMail& mail) : mail_(mail) {}

    struct Place {
        int level = 0, inside = 0;
        bool in_report = false;
    };

    void visit(GMimeObject* object, Place place) {
        if (object == nullptr || place.level >= kMostLevels) return;
        if (mail_.parts.size() >= kMostParts) return;
        const std::size_t index = mail_.parts.size();
        mail_.parts.push_back(describe(object, place));
        ++place.level;
        if (GMIME_IS_MULTIPART(object)) {
            place.in_report |= mail_.parts[index].type == "multipart/report";
            visit_children(GMIME_MULTIPART(object), place);
        } else if (GMIME_IS_MESSAGE_PART(object)) {
            visit_message(g_mime_message_part_get_message(GMIME_MESSAGE_PART(object)), index,
                          place);
        } else if (GMIME_IS_PART(object)) {
            read_text(GMIME_PART(object), mail_.parts[index]);
        }
    }

  private:
    static MailPart describe(GMimeObject* object, Place place) {
        MailPart part;
        part.inside = place.inside;
        part.in_report = place.in_report;
        if (GMimeContentType* type = g_mime_object_get_content_type(object)) {
            if (gchar* name = g_mime_content_type_get_mime_type(type)) {
                part.type = ascii_lower(name);
                g_free(name);
            }
            const char* report = g_mime_content_type_get_parameter(type, "report-type");
            if (report != nullptr) part.report_type = ascii_lower(report);
        }
        return part;
    }

    void visit_children(GMimeMultipart* multipart, Place place) {
        const int count = g_mime_multipart_get_count(multipart);
        for (int i = 0; i < count && mail_.parts.size() < kMostParts; ++i) {
            visit(g_mime_multipart_get_part(multipart, i), place);
        }
    }

    void visit_message(GMimeMessage* message, std::size_t index, Place place) {
        if (message == nullptr) return;
        mail_.parts[index].message =
            fields_of(g_mime_object_get_header_list(GMIME_OBJECT(message)));
        ++place.inside;
        place.in_report = false;
        visit(g_mime_message_get_mime_part(message), place);
    }

    static void read_text(GMimePart* object, MailPart& part) {
        if (!is_readable(part.type)) return;
        const char* charset =
            g_mime_object_get_content_type_parameter(GMIME_OBJECT(object), "charset");
        part.text = to_utf8(bytes_of(object), charset == nullptr ? "" : charset);
        if (!holds_message(part.type)) return;
        part.message = read_fields(part.text);
        part.text.clear();
    }

    ParsedMail& mail_;
};

// Old Mac mails end lines with CR alone.
std::string with_line_feeds(std::string_view mail) {
    std::string text(mail.substr(0, kMostOfAMail));
    if (text.find('\n') == text.npos) std::replace(text.begin(), text.end(), '\r', '\n');
    std::size_t header = 0;  // tools put blank lines in front
    for (std::string_view rest = text; !rest.empty() && trim(take_line(rest)).empty();) {
        header = text.size() - rest.size();
    }
    text.erase(0, header);
    return text;
}

// What an mbox put in front is no header; answers the address in it.
std::string take_mbox_line(std::string& text) {
    if (!text.starts_with("From ") && !text.starts_with(">From ")) return {};
    std::string_view rest = text;
    std::string_view line = take_line(rest);
    line.remove_prefix(line.find(' ') + 1);
    std::string address = ascii_lower(line.substr(0, line.find(' ')));
    text.erase(0, text.size() - rest.size());
    return address;
}

// Behind the first blank line.
std::string body_of(std::string_view mail) {
    while (!mail.empty() && !take_line(mail).empty()) {
    }
    return to_utf8(mail.substr(0, kMostBody), "");
}

}  // namespace

ParsedMail parse_mail(std::string_view mail) {
    make_gmime_ready();
    ParsedMail parsed;
    std::string text = with_line_feeds(mail);
    parsed.mbox_from = take_mbox_line(text);
    Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(text.data(), text.size()));
    Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
    if (message == nullptr) return parsed;
    parsed.body = body_of(text);
    parsed.header = fields_of(g_mime_object_get_header_list(GMIME_OBJECT(message.get())));
    Walk(parsed).visit(g_mime_message_get_mime_part(message.get()), {});
    return parsed;
}

}  // namespace tocsin
