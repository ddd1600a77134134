#include "web/post_body.h"

#include <string>

#include "base/text.h"

namespace tocsin {
namespace {

constexpr auto kEnd = std::string_view::npos;

// What stands before `end`, which is taken off with it.
std::string_view take_until(std::string_view& rest, std::string_view end) {
    auto at = rest.find(end);
    std::string_view taken = rest.substr(0, at);
    rest.remove_prefix(at == kEnd ? rest.size() : at + end.size());
    return taken;
}

std::string_view take_line(std::string_view& rest) {
    std::string_view line = take_until(rest, "\n");
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c = static_cast<char>(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// A `%` that begins no escape stands for itself.
std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool is_escape = text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
                         hex_digit(text[i + 2]) >= 0;
        if (is_escape) {
            out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

Form read_url_encoded(std::string_view body) {
    Form form;
    while (!body.empty()) {
        std::string_view value = take_until(body, "&");
        std::string_view name = take_until(value, "=");
        form.add(decoded(trim(name)), decoded(value));
    }
    return form;
}

// Of `form-data; name="choice"; filename="x"`.
std::string_view name_in(std::string_view disposition) {
    take_until(disposition, ";");
    while (!disposition.empty()) {
        std::string_view value = take_until(disposition, ";");
        std::string_view name = trim(take_until(value, "="));
        if (!ascii_iequals(name, "name")) continue;
        value = trim(value);
        bool is_quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
        return is_quoted ? value.substr(1, value.size() - 2) : value;
    }
    return {};
}

// Headers, an empty line, the value.
void read_part(std::string_view part, Form& form) {
    std::string_view name;
    for (auto line = take_line(part); !line.empty(); line = take_line(part)) {
        std::string_view value = line;
        std::string_view header = take_until(value, ":");
        if (ascii_iequals(trim(header), "Content-Disposition")) name = name_in(value);
    }
    form.add(name, part);
}

Form read_multipart(std::string_view body) {
    Form form;
    std::string delimiter;
    while (!body.empty() && !delimiter.starts_with("--")) delimiter = take_line(body);
    constexpr std::size_t kDashes = 2;
    if (delimiter.size() <= kDashes) return form;
    delimiter.insert(0, "\n");
    while (!body.empty()) {
        std::string_view part = take_until(body, delimiter);
        if (part.ends_with('\r')) part.remove_suffix(1);
        read_part(part, form);
        if (body.starts_with("--")) break;
        take_line(body);
    }
    return form;
}

}  // namespace

Form read_form(std::string_view content_type, std::string_view body) {
    constexpr std::string_view kMultipart = "multipart/";
    bool is_multipart = ascii_iequals(trim(content_type).substr(0, kMultipart.size()), kMultipart);
    return is_multipart ? read_multipart(body) : read_url_encoded(body);
}

}  // namespace tocsin
