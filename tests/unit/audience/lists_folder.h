// A folder of lists for one test, removed with it, and short ways to read them.
#pragma once

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "audience/audience.h"
#include "base/random.h"

namespace tocsin::testing {

class ListsFolder {
  public:
    ListsFolder()
        : path_(std::filesystem::temp_directory_path() / ("tocsin-audience-" + random_hex(6))) {
        std::filesystem::create_directory(path_);
    }
    ~ListsFolder() { std::filesystem::remove_all(path_); }
    ListsFolder(const ListsFolder&) = delete;
    ListsFolder& operator=(const ListsFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    void write(const std::string& name, const std::string& bytes) const {
        std::ofstream(path_ / name, std::ios::binary) << bytes;
    }
    std::unique_ptr<Audience> open(const std::vector<std::string>& lists,
                                   const std::vector<std::string>& exclude,
                                   Findings& findings) const {
        return open_audience(path_, {located(lists), located(exclude)}, findings);
    }

  private:
    static std::vector<Located> located(const std::vector<std::string>& names) {
        std::vector<Located> all;
        for (const std::string& name : names) all.push_back({name, {"c.yaml", 7, 11}});
        return all;
    }
    std::filesystem::path path_;
};

// "file:line:column id", one for each finding.
inline std::vector<std::string> places(const Findings& findings) {
    std::vector<std::string> all;
    for (const Finding& finding : findings.all()) {
        all.push_back(finding.place.file + ":" + std::to_string(finding.place.line) + ":" +
                      std::to_string(finding.place.column) + " " + finding.id);
    }
    return all;
}

struct Outcome {
    std::vector<std::string> people;   // "address|cell|cell", "… excluded by LIST" behind
    std::vector<std::string> invalid;  // "line text: why"
    std::size_t duplicates = 0;
    Findings findings;
};

inline Outcome read_all(Audience& audience) {
    Outcome outcome;
    audience.for_each(
        [&](const AudienceRow& row) {
            std::string text = row.recipient.address.written();
            for (const std::string& cell : row.recipient.cells) text += "|" + cell;
            if (row.excluded) text += " excluded by " + row.excluded_by;
            outcome.people.push_back(text);
        },
        [&](const InvalidRow& row) {
            outcome.invalid.push_back(std::to_string(row.place.line) + " " + row.text + ": " +
                                      row.why);
        },
        outcome.findings);
    outcome.duplicates = audience.duplicates();
    return outcome;
}

}  // namespace tocsin::testing
