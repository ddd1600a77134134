"""Our requests held against documents and servers that others have made: prism with the OpenAPI documents that
SendGrid, Resend and Postmark publish, and aws-ses-v2-local for Amazon SES."""

import json
import unittest

import provider_samples
from npm_tools import Prism, SesLocal, document
from provider_send import ProviderSendTest
from workspace import CAMPAIGN

PEOPLE = [f"p{i}" for i in range(45)]


class DocumentTest(ProviderSendTest):
    """prism stands between `tocsin` and the strict server, which must hear of everything."""

    provider_document = None

    def setUp(self):
        where = document(self.provider_document)
        super().setUp()
        self.prism = self.enterContext(Prism(where, self.server.endpoint))
        self.configure(endpoint=self.prism.endpoint)
        self.people_called(*PEOPLE)

    def assert_all_passed(self):
        self.send(0)
        self.assert_matches_the_server()
        self.assertEqual(set(self.everybody), set(self.server.accepted))

    def test_a_campaign(self):
        self.assert_all_passed()

    def test_attachments_and_letters_beyond_ascii(self):
        self.write("files/Brief ü.pdf", b"%PDF-1.4 \x00\xff")
        self.write("campaigns/alert.yaml", CAMPAIGN.replace("act{{/", "jetzt für uns act{{/").replace(
            "Reem and Mark", "Réem, Märk") + "attachments: [\"files/Brief ü.pdf\"]\nreply_to: Büro <hello@harbour.example>\n")
        self.assert_all_passed()
        self.assertEqual({1}, {len(mail.attachments) for mail in self.server.mails})

    def test_prism_itself_refuses_what_is_not_as_documented(self):
        path, headers, body = getattr(provider_samples, self.provider)(["ann@one.example"], None)
        headers = {name: value.replace(provider_samples.KEY, self.server.provider.api_key)
                   for name, value in headers.items()}
        self.assertIn(self.prism.request("POST", path, headers, body)[0], (200, 202))
        value = json.loads(body)
        one = value[0] if isinstance(value, list) else value
        for name in one:
            if name.lower() not in ("to", "metadata", "messagestream"):  # of two types, or not documented
                wrong = dict(one, **{name: 7})
                text = json.dumps([wrong] if isinstance(value, list) else wrong)
                status, answer = self.prism.request("POST", path, headers, text.encode())
                self.assertEqual((422, "Invalid request"), (status, answer.get("title")), name)
        self.assertEqual(1, len(self.server.events))


class SendgridTest(DocumentTest):
    provider, provider_document = "sendgrid", "sendgrid/oas_v3.json"


class ResendTest(DocumentTest):
    provider, provider_document = "resend", "resend.json"


class PostmarkTest(DocumentTest):
    provider, provider_document = "postmark", "postmark-server-swagger2.yml"


class SesLocalTest(ProviderSendTest):
    provider = "ses"

    def setUp(self):
        super().setUp()
        self.local = self.enterContext(SesLocal())
        self.configure(endpoint=self.local.endpoint)
        self.people_called(*PEOPLE)

    def test_a_campaign(self):
        self.send(0)
        self.assertEqual({"accepted": len(PEOPLE)}, self.states())
        mails = self.local.mails()
        self.assertEqual(sorted(self.everybody), sorted(to for mail in mails for to in mail["destination"]["to"]))
        for mail in mails:
            self.assertEqual("X, act now", mail["subject"])
            self.assertIn("campaigns@harbour.example", mail["from"])
            self.assertIn("Dear X", mail["body"]["text"])
            self.assertIn("Dear X", mail["body"]["html"])
        attempts = [self.story(address)["attempts"] for address in self.everybody[:3]]
        ids = {mail["messageId"] for mail in mails}
        self.assertTrue(all(any(one in attempt["reply"] for one in ids) for [attempt] in attempts), attempts)

    def test_it_refuses_what_is_no_message(self):
        path, headers, body = provider_samples.ses(["ann@one.example"], "127.0.0.1")
        self.assertEqual(400, self.local.request("POST", path, headers, body.replace(b'"Data"', b'"Dat"'))[0])
        self.assertEqual([], self.local.mails())


if __name__ == "__main__":
    unittest.main()
