"""`test --sandbox` and `check --connect` of each provider: what its server sees of them."""

import unittest

from provider_send import ProviderSendTest, of_each

TEST_TOKEN = "POSTMARK_API_TEST"
INBOX = "inbox@test.example"


class ProofTest(ProviderSendTest):
    def make_server(self, **settings):
        return super().make_server(proof=True, **settings)

    def prove(self, *arguments, key=None):
        environment = {"PROVIDER_KEY": key} if key else {}
        result = self.run_tocsin("test", "alert", "--to", INBOX, "--as", "ann@one.example", *arguments,
                                 env=environment)
        self.assertEqual(([], 0), (self.server.violations, result.code), result.out + result.err)
        [mail] = self.server.mails
        self.assertEqual([1], [number for taken in self.server.accepted.values() for number in taken])
        self.assertEqual(0, self.status()["total"], "a proof touches nobody's state")
        return mail

    def test_a_proof_goes_to_the_inbox(self):
        mail = self.prove()
        self.assertEqual((INBOX, False), (mail.to, mail.sandbox))
        self.assertIn("Ann", mail.text)

    def test_in_the_sandbox_nothing_is_delivered(self):
        if self.provider == "postmark":
            self.server.provider.api_key = TEST_TOKEN
        mail = self.prove("--sandbox", key=TEST_TOKEN if self.provider == "postmark" else None)
        expected = getattr(self.server.provider, "sandbox_address", INBOX)
        self.assertEqual((expected, True), (mail.to, mail.sandbox))


class ConnectTest(ProviderSendTest):
    """Nothing is sent, whatever comes of it."""

    def check(self, code, key=None):
        environment = {"PROVIDER_KEY": key} if key else {}
        result = self.run_tocsin("check", "alert", "--connect", env=environment)
        self.assertEqual(code, result.code, f"{result.out}{result.err}{self.server.violations}")
        self.assertEqual(([], []), (self.server.events, self.server.violations))
        self.assertNotEqual([], self.server.looks)
        return result

    def test_a_good_key_and_sender(self):
        self.check(0)
        self.assertNotIn("unauthorised", [status for _, _, status in self.server.looks])

    def test_a_wrong_key(self):
        result = self.check(69, key="another-key-1c9e")
        self.assertIn("unauthorised", [status for _, _, status in self.server.looks])
        said = result.out + result.err
        self.assertRegex(said, r"`(api_key|access_key)`")
        self.assertNotIn("another-key-1c9e", said)

    def test_nobody_listens(self):
        self.server.__exit__()
        self.addCleanup(setattr, self.server, "looks", [])
        result = self.run_tocsin("check", "alert", "--connect")
        self.assertEqual(69, result.code, result.out + result.err)


class SenderTest(ConnectTest):
    """Of providers that tell which senders they know."""

    def test_an_unknown_sender(self):
        config = (self.folder / "campaigns/alert.yaml").read_text()
        self.write("campaigns/alert.yaml", config.replace("campaigns@harbour.example", "campaigns@stranger.example"))
        result = self.check(69)
        self.assertIn("stranger.example", result.out + result.err)


of_each(ProofTest, globals())
of_each(ConnectTest, globals(), ["mailgun", "postmark", "sendgrid"])
of_each(SenderTest, globals(), ["ses", "sparkpost", "brevo", "resend", "mailjet"])

if __name__ == "__main__":
    unittest.main()
