#include "delivery/proof.h"

#include <doctest/doctest.h>

#include "support/null_transport.h"
#include "unit/delivery/alert.h"

using namespace tocsin;
using namespace tocsin::test;

TEST_CASE("each proof goes to each inbox, as mail of nobody's row") {
    Content content = alert_content();
    Findings findings;
    auto composer = Composer::make(content, Columns{}, findings);
    REQUIRE(composer);
    RecordingTransport transport;
    transport.most = 1;
    const std::vector<Mailbox> inboxes = {Mailbox::from("reem@harbour.example"),
                                          Mailbox::from("mark@harbour.example")};
    const std::vector<Recipient> people = {{Mailbox::from("ann@one.example"), {}},
                                           {Mailbox::from("bob@one.example"), {}}};
    ProofResult result = send_proofs(transport, *composer, inboxes, people, WallTime{});
    CHECK(result.accepted == 4);
    CHECK(result.failures.empty());
    REQUIRE(transport.taken.size() == 4);
    for (std::size_t i = 0; i < 4; ++i) {
        const Message& message = transport.taken[i].second;
        CHECK(message.envelope.to.key() == inboxes[i % 2].key());
        CHECK(message.reference.empty());
    }
}
