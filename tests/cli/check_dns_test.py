"""`check --dns`, asked of a name server of the test's own: dnsmasq."""

import base64
import subprocess
import unittest

from name_server import NameServer, SilentNameServer
from workspace import CONFIG, WorkspaceTest

RELAY = """\
  relay:
    type: smtp
    host: 127.0.0.1
    port: 1
    tls: none
    dkim: [{domain: harbour.example, selector: s1, key: {file: s1.pem}}]
"""
SOUND_TXT = {
    "b.harbour.example": ["v=spf1 include:relay.example -all", "some other text"],
    "relay.example": ["v=spf1 ip4:192.0.2.0/24 -all"],
    "_dmarc.harbour.example": ["v=DMARC1; p=none; rua=mailto:dmarc@harbour.example"],
}
SOUND_MX = {name: "mail.harbour.example" for name in ("harbour.example", "b.harbour.example")}


def openssl(*arguments):
    return subprocess.run(["openssl", *arguments], check=True, capture_output=True).stdout


def record_of(key):
    public = openssl("pkey", "-in", key, "-pubout", "-outform", "DER")
    return "v=DKIM1; k=rsa; p=" + base64.b64encode(public).decode()


class CheckDnsTest(WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.key = self.make_key("s1.pem")
        self.write("tocsin.yaml", CONFIG.replace("transport: outbox", "bounce_address: bounces@b.harbour.example\n"
                                                                      "transport: relay") + RELAY)

    def make_key(self, name, bits=2048):
        path = self.write(name, openssl("genrsa", str(bits)))
        path.chmod(0o600)
        return path

    def sound(self):
        return SOUND_TXT | {"s1._domainkey.harbour.example": [record_of(self.key)]}

    def check(self, server, *more, code=0):
        return self.expect(code, "check", "alert", "--dns", "--dns-server", server.address, *more)

    def findings(self, txt=None, mx=None, **more):
        """(id, file, message) of what the DNS gave occasion to."""
        with NameServer(self.sound() if txt is None else txt, SOUND_MX if mx is None else mx, **more) as server:
            return self.findings_of(self.check(server, "--json").json())

    def findings_of(self, result):
        return [(found["id"], found["file"], found["message"]) for found in result["findings"]
                if found["id"].startswith("dns-")]

    def test_a_sound_sender_is_shown_and_has_no_findings(self):
        with NameServer(self.sound(), SOUND_MX) as server:
            shown = self.check(server).out
            result = self.check(server, "--json").json()
            self.assertEqual("", self.check(server, "-q").out)
        self.assertEqual([], self.findings_of(result))
        self.assertEqual([("spf", "b.harbour.example", "fine"), ("dkim", "s1._domainkey.harbour.example", "fine"),
                          ("dmarc", "_dmarc.harbour.example", "fine"), ("mx", "harbour.example", "fine"),
                          ("mx", "b.harbour.example", "fine")],
                         [(one["kind"], one["name"], one["state"]) for one in result["dns"]])
        self.assertEqual([record_of(self.key)], result["dns"][1]["records"])
        self.assertIsNone(result["dns"][1]["note"])
        self.assertIn("spf fine b.harbour.example: v=spf1 include:relay.example -all\n", shown)
        self.assertIn("mx fine harbour.example: mail.harbour.example\n", shown)

    def test_an_empty_dns_shows_everything_that_is_missing_at_its_place(self):
        found = self.findings(txt={}, mx={})
        self.assertEqual(
            {("dns-spf", "tocsin.yaml", "`b.harbour.example` has no SPF record"),
             ("dns-dkim", "tocsin.yaml", "there is no DKIM key at `s1._domainkey.harbour.example`"),
             ("dns-dmarc", "campaigns/alert.yaml", "`harbour.example` has no DMARC record"),
             ("dns-mx", "campaigns/alert.yaml",
              "`harbour.example`, the domain of `from`, does not exist in the DNS"),
             ("dns-mx", "tocsin.yaml",
              "`b.harbour.example`, the domain of `bounce_address`, does not exist in the DNS")}, set(found))

    def test_findings_stand_at_the_line_that_names_the_sender(self):
        with NameServer() as server:
            found = {one["id"]: (one["line"], one["column"]) for one in
                     self.check(server, "--json").json()["findings"] if one["file"] == "campaigns/alert.yaml"}
        self.assertEqual((2, 7), found["dns-dmarc"])
        self.assertEqual((2, 7), found["dns-mx"])

    def test_a_published_key_that_is_not_ours(self):
        other = self.make_key("other.pem")
        found = self.findings(self.sound() | {"s1._domainkey.harbour.example": [record_of(other)]})
        self.assertEqual([("dns-dkim", "tocsin.yaml", "the DKIM key at `s1._domainkey.harbour.example` is not the "
                                                      "other half of the one that signs")], found)

    def test_a_revoked_key_and_a_short_one(self):
        found = self.findings(self.sound() | {"s1._domainkey.harbour.example": ["v=DKIM1; p="]})
        self.assertIn("revoked", found[0][2])
        self.key.unlink()
        short = self.make_key("short.pem", 1024)
        found = self.findings(self.sound_with(short))
        self.assertEqual(1, len(found))
        self.assertIn("has 1024 bits", found[0][2])

    def sound_with(self, key):
        return SOUND_TXT | {"s1._domainkey.harbour.example": [record_of(key)]}

    def test_a_private_key_that_is_not_here_is_no_finding(self):
        txt = self.sound()
        self.key.unlink()
        with NameServer(txt, SOUND_MX) as server:
            result = self.check(server, "--json").json()
        self.assertEqual([], self.findings_of(result))
        self.assertIn("cannot be read here", result["dns"][1]["note"])

    def test_two_spf_records_and_one_that_lets_everybody_send(self):
        found = self.findings(self.sound() | {"b.harbour.example": ["v=spf1 -all", "v=spf1 ~all"]})
        self.assertEqual(["`b.harbour.example` has 2 SPF records, and receivers then count none"],
                         [message for _, _, message in found])
        found = self.findings(self.sound() | {"b.harbour.example": ["v=spf1 +all"]})
        self.assertIn("lets everybody send", found[0][2])

    def test_a_name_server_that_says_nothing_makes_nothing_missing(self):
        with SilentNameServer() as server:
            result = self.check(server, "--json").json()
        self.assertEqual({"unknown"}, {one["state"] for one in result["dns"]})
        messages = [message for _, _, message in self.findings_of(result)]
        self.assertEqual(5, len(messages))
        for message in messages:
            self.assertIn("could not be asked for: no name server answered", message)

    def test_a_name_server_that_refuses_makes_nothing_missing(self):
        for message in [message for _, _, message in self.findings(txt={}, mx={}, refuses=True)]:
            self.assertIn("could not be asked for: the name server refused", message)

    def test_a_provider_signs_and_bounces_by_itself(self):
        self.write("tocsin.yaml", CONFIG.replace("{type: maildir, path: state/outbox}",
                                                 "{type: postmark, api_key: {env: NO_SUCH_KEY}}"))
        with NameServer({"_dmarc.harbour.example": ["v=DMARC1; p=reject"]}, SOUND_MX) as server:
            result = self.check(server, "--json").json()
        self.assertEqual([], self.findings_of(result))
        self.assertEqual(["spf", "dmarc", "mx"], [one["kind"] for one in result["dns"]])

    def test_ignored_rules_say_nothing(self):
        self.write("campaigns/alert.yaml", (self.folder / "campaigns/alert.yaml").read_text() +
                   "lint: {ignore: [dns-spf, dns-dkim, dns-mx]}\n")
        self.assertEqual(["dns-dmarc"], [id for id, _, _ in self.findings(txt={}, mx={})])

    def test_a_name_server_that_is_none_is_a_mistake_on_the_command_line(self):
        result = self.expect(64, "check", "alert", "--dns", "--dns-server", "nonsense")
        self.assertIn("`nonsense` is no address of a name server", result.err)
        self.expect(64, "check", "alert", "--dns-server", "127.0.0.1")


if __name__ == "__main__":
    unittest.main()
