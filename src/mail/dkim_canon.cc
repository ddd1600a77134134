#include "mail/dkim_canon.h"

#include "base/text.h"

namespace tocsin {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

// Up to the next line end, which is taken away with it.
std::string_view take_line(std::string_view& rest) {
    auto end = rest.find(kLineEnd);
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == rest.npos ? rest.size() : end + kLineEnd.size());
    return line;
}

// Almost every line is, and is then copied whole.
bool is_squeezed(std::string_view line) {
    if (line.empty()) return true;
    if (is_blank(line.back())) return false;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        if (is_blank(line[i]) && (line[i] == '\t' || is_blank(line[i + 1]))) return false;
    }
    return true;
}

// Each run of blanks as one space, and none at the end.
void append_squeezed(std::string& out, std::string_view line) {
    if (is_squeezed(line)) {
        out += line;
        return;
    }
    bool after_blank = false;
    for (char c : line) {
        if (!is_blank(c)) {
            if (after_blank) out += ' ';
            out += c;
        }
        after_blank = is_blank(c);
    }
}

}  // namespace

std::string_view field_name(std::string_view field) {
    std::string_view name = field.substr(0, field.find(':'));
    return name.substr(0, name.find_last_not_of(" \t") + 1);
}

void append_relaxed_field(std::string& out, std::string_view field) {
    out.append(ascii_lower(field_name(field))).append(":");
    auto value = out.size();
    auto colon = field.find(':');
    field.remove_prefix(colon == field.npos ? field.size() : colon + 1);
    // A line that continues the field begins with a blank: no word joins the one before it.
    while (!field.empty()) append_squeezed(out, take_line(field));
    if (value < out.size() && out[value] == ' ') out.erase(value, 1);
    out += kLineEnd;
}

std::string relaxed_body(std::string_view body) {
    std::string out;
    out.reserve(body.size() + kLineEnd.size());
    std::size_t end_of_text = 0;
    while (!body.empty()) {
        auto before = out.size();
        append_squeezed(out, take_line(body));
        bool is_empty = out.size() == before;
        out += kLineEnd;
        if (!is_empty) end_of_text = out.size();
    }
    out.resize(end_of_text);
    return out;
}

}  // namespace tocsin
