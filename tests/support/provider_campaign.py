"""A campaign of a thousand through a provider that does everything its documents know, and what must become of it."""

from provider_send import ProviderSendTest
from providers.base import GARBAGE

PEOPLE = 1000
# Each doubt takes a second: nothing else is sent meanwhile, and a provider with keys is asked again.
AFTER = ("kept-500", "unclear-500", "kept-502", "unclear-504", "drop", "lost", "slow", "close", "drop")
NONSENSE = ("html", "empty", "truncated", "array")  # of what all providers could say


def troubles_of(provider):
    """One recipient for each thing that can happen to one, in the order in which it happens to them."""
    names = [f"refused-{name}" for name in provider.refusals]
    names += [f"throttled-{name}" for name in provider.throttles]
    names += [f"waiting-{name}" for name in provider.throttles]
    names += [f"later-{name}" for name in provider.laters]
    garbage = [name for name in provider.garbage if name in NONSENSE or name not in GARBAGE]
    return [*names, *AFTER, "void-html", *(f"garbage-{name}" for name in garbage)]


class CampaignTest(ProviderSendTest):
    def setUp(self):
        super().setUp()
        self.troubles = [f"{what}.{i}" for i, what in enumerate(troubles_of(self.server.provider))]
        spacing = PEOPLE // (len(self.troubles) + 1)
        names = [f"p{i}" for i in range(PEOPLE - len(self.troubles))]
        for i, trouble in enumerate(self.troubles):
            names.insert((i + 1) * spacing, trouble)
        self.people_called(*names)

    def addresses(self, *kinds):
        return [f"{one}@n.example" for one in self.troubles if one.partition("-")[0].partition(".")[0] in kinds]

    def test_a_thousand_people_and_every_trouble(self):
        result = self.send_until_done()
        self.assertEqual(PEOPLE, len(self.everybody))
        rows = self.assert_matches_the_server()
        self.assertEqual(set(), set(rows.values()) - {"accepted", "rejected", "in_doubt"})
        self.assert_all_troubles_were_made()
        self.assert_only_who_was_refused_is_rejected(rows)
        self.assert_throttled_people_got_it(rows)
        self.assert_doubt(rows, result)
        self.assert_explained(rows)
        self.assert_run_again_sends_nothing(result.code)

    def assert_all_troubles_were_made(self):
        made = {event.trouble for event in self.server.events}
        wanted = {one.partition(".")[0] for one in self.troubles if not one.startswith("refused")}
        self.assertEqual(set(), wanted - made)
        on_a_used_connection = [event for event in self.server.events if event.trouble == "drop" and event.turn > 1]
        self.assertNotEqual([], on_a_used_connection, "the trap of a silent second try was not set")

    def assert_only_who_was_refused_is_rejected(self, rows):
        rejected = sorted(address for address, state in rows.items() if state == "rejected")
        self.assertEqual(sorted(self.addresses("refused")), rejected)

    def assert_throttled_people_got_it(self, rows):
        states = {address: rows[address] for address in self.addresses("throttled", "waiting", "later", "slow", "close")
                  if not self.shared_a_batch_with_trouble(address)}
        self.assertEqual({}, {address: state for address, state in states.items() if state != "accepted"})

    def shared_a_batch_with_trouble(self, address):
        return self.server.last_told(address) == "unclear"

    def assert_doubt(self, rows, result):
        """Where a provider carries out a key once, it was asked again: nobody is in doubt, or, where it does not say
        what it answered then, nobody whom it had not taken."""
        in_doubt = sorted(address for address, state in rows.items() if state == "in_doubt")
        provider, taken = self.server.provider, self.addresses("drop", "kept", "garbage")
        if not provider.idempotent:
            self.assertLessEqual(set(taken), set(in_doubt))
        else:
            self.assertEqual([] if provider.tells_again else sorted(taken), in_doubt)
        self.assertEqual(3 if in_doubt else 0, result.code, result.out + result.err)

    def assert_explained(self, rows):
        """One attempt is kept for each answer, and the last one says what the state says."""
        for address in (*self.addresses("refused", "kept", "drop", "waiting")[:12], "p0@n.example"):
            story = self.story(address)
            self.assertEqual(rows[address], story["state"])
            self.assertEqual(rows[address], story["attempts"][-1]["state"], story)
            self.assertTrue(story["attempts"][-1].get("reply") or story["attempts"][-1].get("error"), story)

    def assert_run_again_sends_nothing(self, code):
        requests = len(self.server.events)
        self.send(code)
        self.assertEqual(requests, len(self.server.events))
