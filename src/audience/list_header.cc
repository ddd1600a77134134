#include "audience/list_header.h"

#include <unordered_map>

#include "audience/excerpt.h"
#include "base/text.h"
#include "model/builtin_names.h"

namespace tocsin {
namespace {

constexpr char kEmail[] = "email";
constexpr std::size_t kMostColumns = 2000;

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_name_part(char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-';
}

bool is_merge_name(std::string_view name) {
    return !name.empty() && is_letter(name.front()) &&
           std::all_of(name.begin(), name.end(), is_name_part);
}

// "First name (official)" → "First_name_official"; empty where nothing is left to keep.
std::string merge_name_like(std::string_view name) {
    std::string like;
    for (char c : name) {
        if (is_name_part(c)) {
            like += c;
        } else if (!like.empty() && like.back() != '_') {
            like += '_';
        }
    }
    while (!like.empty() && like.back() == '_') like.pop_back();
    if (!like.empty() && !is_letter(like.front())) like.insert(0, "_");
    return like;
}

// Reads one header; holds what its checks share.
class HeaderCheck {
  public:
    HeaderCheck(const CsvReader& reader, const CsvRecord& record, Findings& findings)
        : reader_(reader), record_(record), findings_(findings) {
        for (const CsvCell& cell : record.cells) header_.names.emplace_back(trim(cell.text));
    }

    // Whether the line is a header at all; the other checks would only confuse otherwise.
    bool separators(char delimiter) {
        if (record_.cells.size() > 1) return true;
        std::string_view line = record_.cells.front().text;
        if (delimiter == ',' && line.find(';') != line.npos) {
            return fail(line.find(';'), "wrong-separator", "columns are separated by `;`, not `,`",
                        "save the list with commas between the columns");
        }
        if (delimiter == ',' && line.find('\t') != line.npos) {
            return fail(line.find('\t'), "wrong-separator", "columns are separated by tabs",
                        "give the file a name that ends in .tsv, or save it with commas");
        }
        if (delimiter == '\t' && line.find(',') != line.npos) {
            return fail(line.find(','), "wrong-separator", "columns are separated by `,`, not tabs",
                        "give the file a name that ends in .csv");
        }
        return true;
    }

    bool is_no_row() {
        for (const CsvCell& cell : record_.cells) {
            if (cell.text.find('@') == cell.text.npos) continue;
            return fail(cell.at, "no-header", "the first line must be a header, this is a row",
                        "begin the file with a line that names the columns: email,first_name,…");
        }
        return true;
    }

    bool is_bounded() {
        if (record_.cells.size() <= kMostColumns) return true;
        return fail(record_.cells[kMostColumns].at, "too-many-columns",
                    "the header has more than " + grouped(kMostColumns) + " columns",
                    "remove what the campaign does not need");
    }

    void email() {
        bool found = false;
        for (std::size_t i = 0; i < header_.names.size(); ++i) {
            if (!ascii_iequals(header_.names[i], kEmail)) continue;
            if (found)
                fail_name(i, "duplicate-column", "the column `email` is there twice",
                          "remove or rename one of the two");
            if (!found) header_.email = i;
            found = true;
        }
        if (!found) fail(0, "no-email-column", "there is no column `email`", email_hint());
    }

    void merge_fields() {
        std::unordered_map<std::string_view, std::size_t> seen;
        for (std::size_t i = 0; i < header_.names.size(); ++i) {
            std::string_view name = header_.names[i];
            if (ascii_iequals(name, kEmail)) continue;
            if (!is_merge_name(name)) {
                fail_spelling(i);
            } else if (is_builtin_name(name)) {
                fail_name(i, "builtin-column", quoted(name) + " is the name of a built-in field",
                          "rename the column");
            } else if (!seen.emplace(name, i).second) {
                fail_name(i, "duplicate-column", "the column " + quoted(name) + " is there twice",
                          "remove or rename one of the two");
            }
        }
    }

    bool ok() const { return ok_; }
    ListHeader take() { return std::move(header_); }

  private:
    static std::string quoted(std::string_view name) { return "`" + shortened(name) + "`"; }

    bool fail(std::size_t at, std::string id, std::string message, std::string hint) {
        findings_.add(reader_.error(at, std::move(id), std::move(message), std::move(hint)));
        ok_ = false;
        return false;
    }

    void fail_name(std::size_t column, std::string id, std::string message, std::string hint) {
        fail(record_.cells[column].at, std::move(id), std::move(message), std::move(hint));
    }

    void fail_spelling(std::size_t column) {
        const std::string& name = header_.names[column];
        if (name.empty()) {
            return fail_name(column, "column-name",
                             "column " + std::to_string(column + 1) + " has no name",
                             "name it, or remove the column");
        }
        std::string like = merge_name_like(name);
        fail_name(column, "column-name", quoted(name) + " cannot be the name of a merge field",
                  "rename it" + (like.empty() ? "" : " to " + quoted(like)) +
                      ": letters, digits, `_` and `-`, a letter or `_` first");
    }

    std::string email_hint() const {
        std::string meant = closest(kEmail, header_.names);
        for (const std::string& name : header_.names) {
            if (!meant.empty()) break;
            if (ascii_lower(name).find("mail") != std::string::npos) meant = name;
        }
        if (meant.empty()) return "name the column that holds the addresses `email`";
        return "did you mean " + quoted(meant) + "? Name that column `email`";
    }

    const CsvReader& reader_;
    const CsvRecord& record_;
    Findings& findings_;
    ListHeader header_;
    bool ok_ = true;
};

}  // namespace

std::optional<ListHeader> read_list_header(CsvReader& reader, char delimiter, ListUse use,
                                           Findings& findings) {
    const CsvRecord* record = reader.next();
    if (record == nullptr) {
        findings.add(
            reader.error(0, "empty-list", "the file is empty",
                         "begin it with a line that names the columns: email,first_name,…"));
        return std::nullopt;
    }
    if (record->fault) {
        findings.add(*record->fault);
        return std::nullopt;
    }
    HeaderCheck check(reader, *record, findings);
    if (check.separators(delimiter) && check.is_no_row() && check.is_bounded()) {
        check.email();
        if (use == ListUse::kRecipients) check.merge_fields();
    }
    if (!check.ok()) return std::nullopt;
    return check.take();
}

}  // namespace tocsin
