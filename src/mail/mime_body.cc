#include "mail/mime_body.h"

#include <algorithm>
#include <stdexcept>

#include "base/text.h"
#include "mail/base64.h"
#include "mail/digest.h"
#include "mail/header.h"
#include "mail/parameter.h"
#include "mail/quoted_printable.h"

namespace tocsin {
namespace {

// Equal messages have equal boundaries. `=_` occurs in neither quoted-printable nor base64, so no
// content can hold one.
std::string boundary(const Draft& draft, std::string_view kind) {
    return "=_" + std::string(kind) + "_" + base32(sha256(draft.message_id)).substr(0, 26);
}

void append_multipart_type(std::string& out, std::string_view subtype, std::string_view mark) {
    append_header(out, "Content-Type",
                  "multipart/" + std::string(subtype) + mime_parameter("boundary", mark));
    out += "\r\n";
}

void append_delimiter(std::string& out, std::string_view mark) {
    out.append("\r\n--").append(mark).append("\r\n");
}

void append_end(std::string& out, std::string_view mark) {
    out.append("\r\n--").append(mark).append("--\r\n");
}

void append_text(std::string& out, std::string_view subtype, std::string_view text) {
    out.append("Content-Type: text/").append(subtype).append("; charset=utf-8\r\n");
    out += "Content-Transfer-Encoding: quoted-printable\r\n\r\n";
    append_quoted_printable(out, text);
}

void append_alternatives(std::string& out, const Draft& draft) {
    if (draft.html.empty()) return append_text(out, "plain", draft.text);
    if (draft.text.empty()) return append_text(out, "html", draft.html);
    const std::string mark = boundary(draft, "alt");
    append_multipart_type(out, "alternative", mark);
    // The last alternative is the one that readers prefer.
    append_delimiter(out, mark);
    append_text(out, "plain", draft.text);
    append_delimiter(out, mark);
    append_text(out, "html", draft.html);
    append_end(out, mark);
}

// RFC 2046 allows no base64 for whole messages and multiparts, so they go as plain files.
std::string_view usable_media_type(std::string_view type) {
    auto is_token_character = [](char c) {
        return c > ' ' && c < 127 &&
               std::string_view("()<>@,;:\\\"[]?=").find(c) == std::string_view::npos;
    };
    bool valid = std::count(type.begin(), type.end(), '/') == 1 && type.front() != '/' &&
                 type.back() != '/' && type.size() <= 127 &&
                 std::all_of(type.begin(), type.end(), is_token_character);
    if (!valid) throw std::invalid_argument("an attachment's media type is not type/subtype");
    std::string lower = ascii_lower(type);
    bool composite = lower.starts_with("message/") || lower.starts_with("multipart/");
    return composite ? "application/octet-stream" : type;
}

void append_attachment(std::string& out, const AttachedFile& file) {
    check_header_text("Content-Disposition", file.name);
    append_header(
        out, "Content-Type",
        std::string(usable_media_type(file.media_type)) + mime_parameter("name", file.name));
    append_header(out, "Content-Disposition", "attachment" + mime_parameter("filename", file.name));
    out += "Content-Transfer-Encoding: base64\r\n\r\n";
    append_base64_lines(out, file.bytes);
}

void append_with_attachments(std::string& out, const Draft& draft) {
    const std::string mark = boundary(draft, "mix");
    append_multipart_type(out, "mixed", mark);
    append_delimiter(out, mark);
    append_alternatives(out, draft);
    for (const auto& file : draft.attachments) {
        append_delimiter(out, mark);
        if (file.encoded.empty()) {
            append_attachment(out, file);
        } else {
            out += file.encoded;
        }
    }
    append_end(out, mark);
}

}  // namespace

std::string encode_attachment(const AttachedFile& file) {
    std::string part;
    append_attachment(part, file);
    return part;
}

void append_body(std::string& out, const Draft& draft) {
    if (draft.attachments.empty()) {
        append_alternatives(out, draft);
    } else {
        append_with_attachments(out, draft);
    }
    if (!out.ends_with("\r\n")) out += "\r\n";
}

}  // namespace tocsin
