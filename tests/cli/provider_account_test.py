"""Trouble with a provider's account, as each of them tells of it: the run stops, nobody is charged, the next goes on."""

import unittest

from provider_send import ProviderSendTest, of_each

TITLES = {"ses": "Amazon SES", "sendgrid": "SendGrid", "mailgun": "Mailgun", "postmark": "Postmark",
          "sparkpost": "SparkPost", "brevo": "Brevo", "resend": "Resend", "mailjet": "Mailjet"}
PEOPLE = [f"p{i}" for i in range(60)]


class AccountTest(ProviderSendTest):
    batch = 2

    def setUp(self):
        super().setUp()
        self.people_called(*PEOPLE)

    def assert_rest_follows(self):
        self.send(0)
        self.assertEqual({"accepted": len(PEOPLE)}, self.states())
        self.assert_matches_the_server()
        self.assertEqual(set(self.everybody), set(self.server.accepted))

    def test_every_trouble_stops_the_run_and_charges_nobody(self):
        for name in self.server.provider.accounts:
            with self.subTest(name):
                self.server.always = f"account-{name}"
                result = self.send(69)
                self.assertRegex(result.err, f"cannot send by `outbox`: {TITLES[self.provider]} refuses our account: ")
                self.assertRegex(result.err, "  hint: .*; no recipient was charged for it\n")
                self.assertEqual({"planned": len(PEOPLE)}, self.states())
                self.assertEqual([], self.story(self.everybody[0])["attempts"])
        self.assertEqual({}, self.server.accepted)
        self.server.always = None
        self.assert_rest_follows()

    def test_trouble_in_the_middle(self):
        name = next(iter(self.server.provider.accounts))
        self.server.script[12] = f"account-{name}"
        self.send(69)
        states = set(self.assert_matches_the_server().values())
        self.assertEqual({"accepted", "planned"}, states)
        self.assert_rest_follows()

    def test_a_wrong_key(self):
        self.server.provider.api_key = "another"
        result = self.send(69)
        self.assertRegex(result.err, "cannot send by `outbox`: |transport `outbox`: .* refuses the key")
        self.assertEqual({"planned": len(PEOPLE)}, self.states())
        self.assertEqual({}, self.server.accepted)

    def test_a_wrong_key_is_found_without_a_mail(self):
        sound = self.run_tocsin("check", "alert", "--connect")
        self.assertEqual((0, True), (sound.code, "`outbox` is ready" in sound.out), sound.out + sound.err)
        self.server.provider.api_key = "another"
        result = self.run_tocsin("check", "alert", "--connect")
        self.assertEqual(69, result.code)
        said = f"transport `outbox`: {TITLES[self.provider]} refuses the key: 40[13] [^{{]*\n  hint: check `"
        self.assertRegex(result.err, said)
        self.assertNotIn("is ready", result.out)

    def test_a_proof_names_what_is_wrong_with_the_account(self):
        self.server.check["proof"] = True
        self.server.always = f"account-{next(iter(self.server.provider.accounts))}"
        result = self.run_tocsin("test", "alert", "--to", "me@harbour.example")
        self.assertEqual(69, result.code)
        self.assertRegex(result.err, f"to me@harbour.example: {TITLES[self.provider]} refuses our account: ")
        self.assertIn("  hint: ", result.err)


of_each(AccountTest, globals())

if __name__ == "__main__":
    unittest.main()
