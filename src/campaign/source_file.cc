#include "campaign/source_file.h"

#include <system_error>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"

namespace tocsin {
namespace {

bool has_prefix_of_utf16(std::string_view text) {
    return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
}

// Replaces what is not UTF-8; returns the offset of the first such byte.
std::optional<std::size_t> clean_encoding(std::string& text) {
    auto first = invalid_utf8(text);
    if (!first) return std::nullopt;
    text[*first] = '?';
    std::size_t from = *first;
    while (auto next = invalid_utf8(std::string_view(text).substr(from))) {
        from += *next;
        text[from] = '?';
    }
    return first;
}

// Replaces control characters; returns the offset of the first.
std::optional<std::size_t> clean_controls(std::string& text) {
    std::optional<std::size_t> first;
    std::size_t from = 0;
    while (auto next = control_character(std::string_view(text).substr(from))) {
        from += *next;
        bool line_end = text[from] == '\r' && from + 1 < text.size() && text[from + 1] == '\n';
        if (!line_end) {
            if (!first) first = from;
            bool two_bytes = text[from] == '\xC2';
            text[from] = '?';
            if (two_bytes) text[from + 1] = '?';
        }
        ++from;
    }
    return first;
}

}  // namespace

std::optional<SourceText> load_source(const std::filesystem::path& file, std::string name,
                                      Findings& findings) {
    try {
        return SourceText(std::move(name), read_file(file, kLargestSource));
    } catch (const std::system_error& error) {
        if (error.code() != std::errc::file_too_large) {
            throw ConfigError("cannot read " + file.string() + ": " + error.code().message());
        }
    }
    findings.add({Severity::kError,
                  "too-large",
                  {std::move(name), 0, 0},
                  "the file is larger than 4 MiB",
                  "long data belongs into a list",
                  ""});
    return std::nullopt;
}

std::optional<SourceText> clean_source(const SourceText& source, Findings& findings) {
    std::string text = source.text();
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    if (has_prefix_of_utf16(text) || text.find('\0') != std::string::npos) {
        findings.add({Severity::kError,
                      "not-utf8",
                      {source.name(), 1, 0},
                      "the file is not UTF-8 text",
                      "save it as UTF-8, not as UTF-16",
                      ""});
        return std::nullopt;
    }
    auto bad_byte = clean_encoding(text);
    auto control = clean_controls(text);
    SourceText clean(source.name(), std::move(text));
    if (bad_byte) {
        findings.error(clean, clean.place(*bad_byte), "not-utf8", "this byte is not UTF-8",
                       "save the file as UTF-8, not as Latin-1 or Windows-1252");
    }
    if (control) {
        findings.error(clean, clean.place(*control), "control-character",
                       "a control character stands here", "delete it");
    }
    return clean;
}

std::optional<std::size_t> control_character(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto byte = static_cast<unsigned char>(text[i]);
        bool c0 = (byte < 0x20 && byte != '\t' && byte != '\n') || byte == 0x7F;
        bool c1 =
            byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
        if (c0 || c1) return i;
    }
    return std::nullopt;
}

}  // namespace tocsin
