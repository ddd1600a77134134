// A workspace for one test, removed with it, and readers that give back all they report as text.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "base/random.h"
#include "campaign/read.h"

namespace tocsin::testing {

// What a user would see of the findings, in the order of the files.
inline std::string report(Findings& findings) {
    findings.sort();
    std::string text;
    for (const Finding& finding : findings.all()) text += format(finding);
    return text;
}

// "line:column id, line:column id": the findings in the order of the file.
inline std::string ids(Findings& findings) {
    findings.sort();
    std::string all;
    for (const Finding& finding : findings.all()) {
        if (!all.empty()) all += ", ";
        all += std::to_string(finding.place.line) + ":" + std::to_string(finding.place.column) +
               " " + finding.id;
    }
    return all;
}

class WorkspaceFolder {
  public:
    WorkspaceFolder()
        : path_(std::filesystem::canonical(std::filesystem::temp_directory_path()) /
                ("tocsin-campaign-" + random_hex(6))) {
        std::filesystem::create_directory(path_);
        write("lists/members.csv", "email\n");
        write("templates/alert.html.mustache", "<p>{{name}}</p>");
        write("templates/alert.txt.mustache", "{{name}}");
        workspace_.root = path_;
        workspace_.transports["outbox"] = {"outbox", {}, MaildirSettings{path_ / "out"}};
        workspace_.transports["relay"] = {"relay", {}, SmtpSettings{}};
    }
    ~WorkspaceFolder() { std::filesystem::remove_all(path_); }
    WorkspaceFolder(const WorkspaceFolder&) = delete;
    WorkspaceFolder& operator=(const WorkspaceFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    Workspace& workspace() { return workspace_; }

    std::filesystem::path write(const std::string& name, const std::string& bytes) const {
        std::filesystem::path file = path_ / name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << bytes;
        return file;
    }

    std::optional<Campaign> campaign(const std::string& text, Findings& findings) const {
        return parse_campaign(SourceText("campaigns/c.yaml", text), workspace_, findings);
    }
    // All that is reported for this campaign file, as a user sees it.
    std::string campaign_report(const std::string& text) const {
        Findings findings;
        campaign(text, findings);
        return report(findings);
    }
    std::optional<Workspace> config(const std::string& text, Findings& findings) const {
        return parse_workspace(SourceText("tocsin.yaml", text), path_, findings);
    }

  private:
    std::filesystem::path path_;
    Workspace workspace_;
};

// A campaign with nothing wrong; tests add lines to it.
inline const std::string kGoodCampaign =
    "id: night-buses\n"
    "from: Noor and Tomasz, Commonway <campaigns@commonway.example>\n"
    "subject: Keep the night buses\n"
    "html: alert.html.mustache\n"
    "audience: {lists: [lists/members.csv]}\n";

}  // namespace tocsin::testing
