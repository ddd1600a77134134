"""From a send through each provider to its webhook: what it was given with a mail leads back to the recipient."""

import unittest

import webhook_posts as posts
from provider_send import ENVIRONMENT, KEYS, ProviderSendTest, of_each
from serving import Serving

ASKED_AGAIN = ("brevo", "resend")  # they know a request by its key, so nobody stays in doubt


class RoundTrip(ProviderSendTest):
    batch = 1

    def setUp(self):
        super().setUp()
        self.keys = posts.Keys(self.folder)
        self.sns = self.enterContext(posts.SnsSite(self.keys))

    def serving(self):
        own = KEYS.get(self.provider, "api_key: {env: PROVIDER_KEY}")
        proof = f'topics: ["{posts.TOPIC}"]' if self.provider == "ses" else "webhook_secret: {env: HOOK}"
        self.configure(endpoint=self.sns.url, keys=f"{own}, {proof}")
        secret = self.keys.spki if self.provider == "sendgrid" else posts.SECRETS.get(self.provider, "")
        return Serving(self, env={**ENVIRONMENT, "HOOK": secret})

    def tell_deliveries(self):
        """Of every mail that the provider has, by the metadata that it got, naming another address."""
        with self.serving() as site:
            for mail in self.server.mails:
                headers, body = posts.delivery(self.provider, self.keys, self.sns.url, "x@forwarded.example",
                                               mail.metadata)
                answer = site.request("POST", f"/webhooks/{self.provider}", body, **headers)
                self.assertEqual(200, answer.status)

    def told(self, address):
        return [(one["kind"], one["source"]) for one in self.story(address)["feedback"]]

    def test_a_delivery_finds_its_recipient(self):
        self.people_called("ann")
        self.send(0)
        self.tell_deliveries()
        self.assertEqual([("delivery", f"webhook {self.provider}")], self.told("ann@n.example"))

    def test_a_delivery_ends_the_doubt_about_a_mail(self):
        if self.provider in ASKED_AGAIN:
            self.skipTest("is asked again")
        self.people_called("drop", "lost")
        self.send(3)
        self.assertEqual({"in_doubt": 2}, self.states())
        self.tell_deliveries()
        result = self.run_tocsin("resolve", "alert", "--json")
        self.assertEqual(3, result.code, result.err)
        self.assertEqual(["lost@n.example"], [doubt["address"] for doubt in result.json()["in_doubt"]])
        self.assertEqual({"accepted": 1, "in_doubt": 1}, self.states())
        (resolution,) = self.story("drop@n.example")["resolutions"]
        self.assertEqual(("accept", "feedback"), (resolution["resolution"], resolution["source"]))
        self.assertIn(f"webhook {self.provider} told of a delivery", resolution["evidence"])


of_each(RoundTrip, globals())

if __name__ == "__main__":
    unittest.main()
