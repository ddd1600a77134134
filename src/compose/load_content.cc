#include "compose/load_content.h"

#include "base/file.h"
#include "base/text.h"
#include "compose/media_type.h"
#include "compose/parts.h"

namespace tocsin {
namespace {

// Reads a template that the campaign names; a fault of the file itself is reported where it was
// named.
std::string read_template(const TemplateFile& files, const Campaign& campaign, const Located& named,
                          Findings& findings) {
    auto bytes = files(named.text);
    if (!bytes) {
        findings.error(campaign.source, named.place, "missing-file",
                       "there is no template " + shown_template(named.text));
    }
    return named.text;
}

std::vector<Attachment> read_attachments(const Workspace& workspace, const Campaign& campaign) {
    std::vector<Attachment> attachments;
    for (const Located& file : campaign.attachments) {
        std::filesystem::path path = workspace.root / file.text;
        attachments.push_back({path.filename().string(), media_type_of(path), read_file(path)});
    }
    return attachments;
}

Content settings_of(const Workspace& workspace, const Campaign& campaign) {
    Content content{.campaign = campaign.id,
                    .from = campaign.from,
                    .reply_to = campaign.reply_to,
                    .subject = {campaign.subject.place, campaign.subject.text},
                    .preheader = std::nullopt,
                    .html = "",
                    .text = "",
                    .templates = {},
                    .data = campaign.data,
                    .fallbacks = {},
                    .attachments = {},
                    .unsubscribe_list = campaign.unsubscribe_list,
                    .transport = campaign.transport ? campaign.transport->text : "",
                    .rates = campaign.rates,
                    .organisation = workspace.organisation,
                    .unsubscribe = workspace.unsubscribe,
                    .bounce_address = workspace.bounce_address};
    if (campaign.preheader) {
        content.preheader = TemplateText{campaign.preheader->place, campaign.preheader->text};
    }
    for (const Fallback& fallback : campaign.fallbacks) {
        content.fallbacks[fallback.field] = fallback.value;
    }
    return content;
}

}  // namespace

Content load_content(const Workspace& workspace, const Campaign& campaign, Findings& findings) {
    Content content = settings_of(workspace, campaign);
    std::map<std::string, std::string> read;
    TemplateFile files = files_in(workspace.root / "templates", read);
    if (campaign.html) content.html = read_template(files, campaign, *campaign.html, findings);
    if (campaign.text) content.text = read_template(files, campaign, *campaign.text, findings);
    // Loading reaches every partial, which is how `read` comes to hold them all.
    load_parts(content, files, findings);
    content.attachments = read_attachments(workspace, campaign);
    content.templates = std::move(read);
    return content;
}

}  // namespace tocsin
