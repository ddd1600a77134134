#include "audience/audience.h"

#include <algorithm>
#include <array>
#include <utility>

#include "audience/address_set.h"
#include "audience/list_file.h"
#include "audience/open_list.h"

namespace tocsin {
namespace {

constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);

class FileAudience : public Audience {
  public:
    FileAudience(std::vector<ListFile> lists, std::vector<ListFile> exclusions)
        : lists_(std::move(lists)), exclusions_(std::move(exclusions)) {
        for (const ListFile& list : lists_) targets_.push_back(unite(list.header));
    }

    const Columns& columns() const override { return columns_; }
    std::size_t duplicates() const override { return duplicates_; }
    void for_each(const std::function<void(AudienceRow&)>& person,
                  const std::function<void(const InvalidRow&)>& invalid,
                  Findings& findings) override;

  private:
    // One reading of all lists.
    struct Pass {
        const std::function<void(AudienceRow&)>& person;
        const std::function<void(const InvalidRow&)>& invalid;
        Findings& findings;
        AddressSet excluded;
        AddressSet seen;
        std::optional<AudienceRow> row;  // kept from row to row for its strings' memory
    };

    std::vector<std::size_t> unite(const ListHeader& header);
    void read_exclusions(AddressSet& excluded, Findings& findings) const;
    void read_list(std::size_t list, Pass& pass);
    void give_person(std::size_t list, ListRows& rows, Pass& pass) const;

    std::vector<ListFile> lists_;
    std::vector<ListFile> exclusions_;
    Columns columns_;
    // For each list, for each of its columns: its index in `columns_`.
    std::vector<std::vector<std::size_t>> targets_;
    std::size_t duplicates_ = 0;
};

std::vector<std::size_t> FileAudience::unite(const ListHeader& header) {
    std::vector<std::size_t> targets;
    for (std::size_t i = 0; i < header.names.size(); ++i) {
        if (i == header.email) {
            targets.push_back(kNoColumn);
            continue;
        }
        auto known = std::find(columns_.begin(), columns_.end(), header.names[i]);
        targets.push_back(static_cast<std::size_t>(known - columns_.begin()));
        if (known == columns_.end()) columns_.push_back(header.names[i]);
    }
    return targets;
}

void add_if_changed(const ListFile& list, Findings& findings) {
    if (list.source->unchanged()) return;
    Place place{list.name, 0, 0};
    findings.add({Severity::kError, "changed-list", std::move(place),
                  "the file was changed while it was being read", "try again when it is complete",
                  ""});
}

void FileAudience::for_each(const std::function<void(AudienceRow&)>& person,
                            const std::function<void(const InvalidRow&)>& invalid,
                            Findings& findings) {
    duplicates_ = 0;
    Pass pass{person, invalid, findings, AddressSet(exclusions_), AddressSet(lists_), {}};
    read_exclusions(pass.excluded, findings);
    for (std::size_t list = 0; list < lists_.size(); ++list) read_list(list, pass);
    for (const ListFile& list : lists_) add_if_changed(list, findings);
    for (const ListFile& list : exclusions_) add_if_changed(list, findings);
}

// A row that cannot be read may name somebody who must get no mail, so it is an error whatever is
// wrong with it.
void FileAudience::read_exclusions(AddressSet& excluded, Findings& findings) const {
    for (std::size_t list = 0; list < exclusions_.size(); ++list) {
        ListRows rows(exclusions_[list]);
        while (rows.next()) {
            if (!rows.fault()) {
                excluded.add(rows.address().key(), list, rows.offset());
                continue;
            }
            Finding finding = *rows.fault();
            finding.id = "invalid-exclusion";
            finding.message = "this row excludes nobody: " + finding.message;
            findings.add(std::move(finding));
        }
    }
}

void FileAudience::read_list(std::size_t list, Pass& pass) {
    ListRows rows(lists_[list]);
    bool is_empty = true;
    while (rows.next()) {
        is_empty = false;
        if (const auto& fault = rows.fault()) {
            pass.invalid({rows.faulty_text(), fault->message, fault->place});
            pass.findings.add(*fault);
        } else if (pass.seen.add(rows.address().key(), list, rows.offset())) {
            give_person(list, rows, pass);
        } else {
            ++duplicates_;
        }
    }
    if (!is_empty) return;
    Place place{lists_[list].name, 0, 0};
    pass.findings.add({Severity::kWarning, "empty-list", std::move(place),
                       "the list has a header and no rows", "", ""});
}

void FileAudience::give_person(std::size_t list, ListRows& rows, Pass& pass) const {
    auto excluded_by = pass.excluded.find(rows.address().key());
    if (!pass.row) {
        pass.row = AudienceRow{{std::move(rows.address()), {}}, false, {}, {}};
    } else {
        pass.row->recipient.address = std::move(rows.address());
    }
    AudienceRow& row = *pass.row;
    row.excluded = excluded_by.has_value();
    row.excluded_by = excluded_by ? exclusions_[*excluded_by].name : std::string();
    row.place.file = lists_[list].name;
    row.place.line = rows.line();
    row.place.column = 1;
    row.recipient.cells.resize(columns_.size());
    const auto& targets = targets_[list];
    // A column that this list lacks still holds the cell of a person from another list.
    if (targets.size() <= columns_.size()) {
        for (std::string& cell : row.recipient.cells) cell.clear();
    }
    for (std::size_t i = 0; i < targets.size(); ++i) {
        if (targets[i] != kNoColumn) row.recipient.cells[targets[i]] = rows.cell(i);
    }
    pass.person(row);
}

}  // namespace

bool is_row_fault(std::string_view id) {
    constexpr std::array<std::string_view, 8> kIds = {
        "short-row",       "extra-cells",   "invalid-address", "unclosed-quote",
        "misplaced-quote", "oversized-row", "not-utf8",        "control-character"};
    return std::find(kIds.begin(), kIds.end(), id) != kIds.end();
}

std::unique_ptr<Audience> open_audience(const std::filesystem::path& root,
                                        const AudienceDefinition& definition, Findings& findings,
                                        Faults faults) {
    std::size_t errors = findings.errors();
    auto lists = open_lists(root, definition.lists, ListUse::kRecipients, findings);
    const bool has_lists = findings.errors() == errors;
    auto exclusions = open_lists(root, definition.exclude, ListUse::kExclusion, findings);
    const bool is_sound = findings.errors() == errors;
    if (!is_sound && !(has_lists && faults == Faults::kTolerate)) return nullptr;
    return std::make_unique<FileAudience>(std::move(lists), std::move(exclusions));
}

}  // namespace tocsin
