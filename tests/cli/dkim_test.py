"""DKIM signatures, judged by verifiers that others wrote: dkimpy for RSA and Ed25519, Mail::DKIM for RSA."""

import base64
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
import unittest

import dkim
from workspace import HTML, ROOT, SampleTest, WorkspaceTest

DOMAIN = "harbour.example"
PERL_VERIFIER = ROOT / "tests/support/dkim_verify.pl"


def output_of(*command, input=None):
    return subprocess.run(command, input=input, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=True).stdout


class Keys:
    """Made and published as docs/dkim.md tells."""

    def __init__(self, folder):
        self.folder = folder
        self.records = {}
        self.arguments = []

    def add(self, selector, algorithm, bits=2048, domain=DOMAIN):
        path = self.folder / f"{selector}.pem"
        if algorithm == "rsa":
            path.write_bytes(output_of("openssl", "genrsa", str(bits)))
        else:
            path.write_bytes(output_of("openssl", "genpkey", "-algorithm", "ed25519"))
        public = output_of("openssl", "pkey", "-in", path, "-pubout", "-outform", "DER")
        if algorithm == "ed25519":
            public = public[-32:]
        text = f"v=DKIM1; k={algorithm}; p=" + base64.b64encode(public).decode()
        self.records[f"{selector}._domainkey.{domain}"] = text
        self.arguments += [domain, selector, path]
        return self

    def sign(self, message):
        return output_of(os.environ["DKIM_TESTING"], str(int(time.time())), *self.arguments, input=message)

    def results(self, message):
        """Whether each signature of the mail holds, top to bottom, as dkimpy sees it."""
        def record(name, timeout=0):
            return self.records.get(name.decode().rstrip("."), "").encode()

        try:
            mail = dkim.DKIM(message)
        except dkim.DKIMException as fault:
            return [str(fault)]
        count = sum(name.lower() == b"dkim-signature" for name, _ in mail.headers)
        return [verified(mail, index, record) for index in range(count)]

    def perl_results(self, message):
        pairs = [text for pair in self.records.items() for text in pair]
        lines = output_of("perl", PERL_VERIFIER, *pairs, input=message).decode().splitlines()
        return dict(line.split() for line in lines)


def verified(mail, index, record):
    try:
        return mail.verify(idx=index, dnsfunc=record)
    except dkim.DKIMException as fault:
        return str(fault)


def header_size(message):
    return message.index(b"\r\n\r\n") + 4


class DkimTest(WorkspaceTest):
    def setUp(self):
        super().setUp()
        keys = pathlib.Path(tempfile.mkdtemp(prefix="tocsin-keys-"))
        self.addCleanup(shutil.rmtree, keys, ignore_errors=True)
        self.keys = Keys(keys).add("2026", "rsa").add("2026-ed", "ed25519")

    def assert_verifies(self, signed):
        self.assertEqual([True, True], self.keys.results(signed))
        self.assertEqual("pass", self.keys.perl_results(signed)["2026"])

    def mails(self, campaign="alert"):
        self.expect(0, "send", campaign, "--dry-run", "--out", "mails")
        mails = [path.read_bytes() for path in sorted((self.folder / "mails").glob("*.eml"))]
        self.assertTrue(mails)
        return mails

    def rich_mails(self):
        """Attachments, a subject and names in words encoded, a folded List-Unsubscribe, raw UTF-8 in `To`."""
        config = (self.folder / "tocsin.yaml").read_text()
        self.write("tocsin.yaml", config.replace(
            "https://u.harbour.example/u/", "https://" + "unsubscribe." * 6 + "harbour.example/u/"))
        campaign = (self.folder / "campaigns/alert.yaml").read_text()
        campaign = re.sub("subject: .*", 'subject: "Größter Hafen, größte Sorge: schreib heute dem Rat, bevor er den '
                          'Fischmarkt verkauft 🐟"', campaign)
        campaign = campaign.replace("from: Reem and Mark", "from: Reem und Jörg vom Hafenbündnis")
        self.write("campaigns/alert.yaml", campaign + "attachments: [files/brief.pdf, files/übersicht.txt]\n")
        self.write("files/brief.pdf", bytes(range(256)) * 400)
        self.write("files/übersicht.txt", "Zeile  mit   Lücken \t\n\n\n")
        self.write("templates/alert.html.mustache", HTML.replace("</p>", "  <b>größer</b> \t</p>\n\n\n"))
        self.write_list("lists/members.csv", [("ann@one.example", "Ann"), ("jörg@zwei.example", "Jörg")])
        return self.mails()

    def test_composed_mails_verify(self):
        mails = self.rich_mails()
        self.assertEqual(2, len(mails))
        self.assertTrue(any("jörg@".encode() in mail for mail in mails))
        self.assertTrue(any(b"attachment" in mail for mail in mails))
        for mail in mails:
            self.assertIn(b"List-Unsubscribe: <https://unsubscribe.", mail)
            signed = self.keys.sign(mail)
            self.assertTrue(signed.endswith(mail))
            self.assert_verifies(signed)

    def test_one_byte_changed(self):
        mail = self.mails()[0]
        signed = self.keys.sign(mail)
        start = len(signed) - len(mail)
        unsigned = re.compile(rb"(Precedence|X-[\w-]+|Auto-Submitted):.*\r\n")
        skipped = {start + i for found in unsigned.finditer(mail[:header_size(mail)])
                   for i in range(found.start(), found.end())}
        positions = [i for i in range(start, len(signed)) if signed[i] > 32 and i not in skipped]
        for position in positions[::7]:
            changed = bytearray(signed)
            changed[position] ^= 2
            with self.subTest(position=position, around=signed[max(0, position - 10):position + 10]):
                self.assertNotIn(True, self.keys.results(bytes(changed)))

    def test_a_field_added(self):
        signed = self.keys.sign(self.mails()[0])
        for field in (b"From: x@evil.example", b"Subject: Send money", b"Reply-To: x@evil.example",
                      b"List-Unsubscribe: <https://evil.example/>", b"Content-Type: text/html",
                      b"Content-Transfer-Encoding: base64", b"Feedback-ID: a:b:c:d", b"CFBL-Address: x@evil.example"):
            with self.subTest(field=field):
                self.assertEqual([False, False], self.keys.results(field + b"\r\n" + signed))
                self.assertNotEqual("pass", self.keys.perl_results(field + b"\r\n" + signed)["2026"])

    def test_what_a_relay_may_do(self):
        mail = self.mails()[0]
        signed = self.keys.sign(mail)
        fields = signed[:header_size(signed)]
        refolded = fields.replace(b" act now", b"\r\n\tact  now").replace(b"\nFrom: ", b"\nFROM:\t ")
        self.assertNotEqual(fields, refolded)
        body = signed[len(fields):]
        for changed in (b"Received: from a by b; now\r\nX-Spam-Score: 1\r\n" + signed, refolded + body,
                        signed + b"\r\n \r\n\r\n", fields + body.replace(b"\r\n", b" \t\r\n")):
            self.assert_verifies(changed)

    def test_bodies_at_the_edge(self):
        header = b"From: a@harbour.example\r\nTo: b@one.example\r\nSubject: x\r\n"
        for body in (b"", b"\r\n", b"\r\n\r\n \r\n", b"a", b"a \t", b"\r\n\r\na\r\n\r\n\r\n", b" a  \tb \r\n.\r\n..\r\n",
                     b"\xff\xfe\x00 \x80\r\n", b"x" * 998 + b"\r\n", (b"a  b " * 15 + b"\r\n") * 13000):
            with self.subTest(body=body[:20]):
                signed = self.keys.sign(header + b"\r\n" + body)
                # SMTP ends the last line.
                self.assert_verifies(signed if signed.endswith(b"\r\n") else signed + b"\r\n")

    def test_odd_headers(self):
        for header in (b"From: a@b.example\r\nFrom: c@d.example\r\nTo: 1\r\nTo: 2\r\nTo: 3\r\n",
                       b"to:x\r\n\t \r\n y\r\nFROM:a@b.example\r\nSubject:\r\nList-Id: \r\n  z\r\n",
                       b"From: a@b.example\r\n" + b"To: b@c.example\r\n" * 300):
            with self.subTest(header=header[:40]):
                self.assertEqual([True, True], self.keys.results(self.keys.sign(header + b"\r\nbody\r\n")))

    def test_many_keys(self):
        self.keys.add("s.2", "rsa", 4096).add("third", "rsa", domain="agency.example").add("fourth", "ed25519")
        signed = self.keys.sign(self.mails()[0])
        self.assertEqual([True] * 5, self.keys.results(signed))

    def test_bytes_do_not_depend_on_the_run(self):
        mail = self.mails()[0]
        arguments = [os.environ["DKIM_TESTING"], "1795460400", *self.keys.arguments]
        self.assertEqual(output_of(*arguments, input=mail), output_of(*arguments, input=mail))

    def test_another_key_published(self):
        signed = self.keys.sign(self.mails()[0])
        self.assertEqual([False, False], self.keys.add("2026", "rsa").add("2026-ed", "ed25519").results(signed))


class DkimSampleTest(SampleTest):
    def test_the_sample_campaign(self):
        keys = Keys(self.folder).add("2026", "rsa", domain="commonway.example")
        self.expect(0, "send", "night-buses", "--dry-run", "--out", "mails")
        mails = sorted((self.folder / "mails").glob("*.eml"))
        self.assertGreater(len(mails), 10)
        for mail in mails:
            self.assertEqual([True], keys.results(keys.sign(mail.read_bytes())), mail.name)


if __name__ == "__main__":
    unittest.main()
