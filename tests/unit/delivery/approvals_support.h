// A planned mailing that can be approved.
#pragma once

#include "delivery/settings.h"
#include "unit/delivery/alert.h"
#include "unit/ledger/contract.h"

namespace tocsin::test {

struct ApprovalCase {
    Workspace workspace;
    std::unique_ptr<Ledger> ledger = make_memory_ledger();

    ApprovalCase() {
        workspace.root = "/srv/campaigns";
        workspace.approval_required = true;
        workspace.default_transport = "outbox";
        use_transport("/srv/campaigns/state/outbox");
    }

    void use_transport(const std::string& path) {
        workspace.transports["outbox"] = {"outbox", {}, MaildirSettings{path}, {}, {}};
    }

    PlanInfo plan(const std::vector<std::string>& keys, const std::string& text = "Act now",
                  PlanKind kind = PlanKind::kNew) {
        Content content = alert_content();
        content.templates["a.txt.mustache"] = text;
        PlanHeader head = header();
        head.content = serialise(content);
        head.content_hash = text;
        head.inputs = "[]";
        head.settings = serialise(settings_of(workspace, content));
        auto writer = ledger->write_plan(head, kind);
        std::string hash;
        for (const auto& key : keys) {
            writer->add(person(key));
            hash += key;
        }
        writer->commit({0, hash});
        return *ledger->plan(kMailing);
    }
};

}  // namespace tocsin::test
