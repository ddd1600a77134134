#include "webhook/counts.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("events by what they are, posts by why they were refused") {
    WebhookCounts counts;
    WebhookEvent bounce;
    bounce.report.emplace();
    bounce.report->kind = FeedbackKind::kBounce;
    WebhookEvent unknown;
    unknown.is_known = false;
    for (int i = 0; i < 3; ++i) counts.took(ProviderKind::kPostmark, bounce);
    counts.took(ProviderKind::kPostmark, unknown);
    counts.took(ProviderKind::kSes, {});
    counts.nobodys(ProviderKind::kSes);
    counts.refused(ProviderKind::kBrevo, "signature");
    const std::string text = counts.text();
    for (const char* line :
         {"tocsin_webhook_events_total{provider=\"postmark\",kind=\"bounce\"} 3\n",
          "tocsin_webhook_events_total{provider=\"postmark\",kind=\"unknown\"} 1\n",
          "tocsin_webhook_events_total{provider=\"ses\",kind=\"other\"} 1\n",
          "tocsin_webhook_unmatched_total{provider=\"ses\"} 1\n",
          "tocsin_webhook_refused_total{provider=\"brevo\",reason=\"signature\"} 1\n",
          "# TYPE tocsin_webhook_events_total counter\n"}) {
        CAPTURE(std::string(line));
        CHECK(text.find(line) != std::string::npos);
    }
}
