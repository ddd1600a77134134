"""No secret of a provider's account is told: not on the console, not in logs, not in the ledger or any other file,
whatever goes wrong, and though the server repeats what it was sent."""

import base64
import itertools
import secrets
import unittest
import urllib.parse

from provider_send import KEYS, ProviderSendTest, of_each
from workspace import Result

PIECE = 12  # characters of a secret that are as bad as all of it
# Each costs a second or more; what stops the run at once costs nothing.
LEAVE_DOUBT = ("echo-500-275", "quote-500", "drop")
STOP = ("echo-401-0", "echo-403-270", "echo-404-280", "echo-401-960", "quote-401", "quote-403", "quote-400", "quote-422")


def secret():
    """Random, and other in URLs than as it is."""
    return f"{secrets.token_hex(6)}+/{secrets.token_hex(10)}="


class SecretsTest(ProviderSendTest):
    def setUp(self):
        self.names = ["PROVIDER_KEY", "PROVIDER_SECRET", "PROVIDER_SESSION", "PROVIDER_WEBHOOK"]
        self.values = {name: secret() for name in self.names}
        if self.provider == "ses":
            self.values["PROVIDER_KEY"] = f"AKIA{secrets.token_hex(10).upper()}"  # it stands in a path of names
        super().setUp()

    def make_server(self):
        session = {"session_token": self.values["PROVIDER_SESSION"]} if self.provider == "ses" else {}
        return super().make_server(api_key=self.values["PROVIDER_KEY"], secret_key=self.values["PROVIDER_SECRET"],
                                   **session)

    def configure(self, more="", **options):
        keys = KEYS.get(self.provider, "api_key: {env: PROVIDER_KEY}")
        keys += ", session_token: {env: PROVIDER_SESSION}" if self.provider == "ses" else \
            ", webhook_secret: {env: PROVIDER_WEBHOOK}"
        super().configure(more, keys=keys, **options)

    def spellings(self):
        """The secrets as they might be written: as they are, in base64, for a URL; and the beginnings of each."""
        key, second, *_ = values = list(self.values.values())
        plain = [*values, f"api:{key}", f"{key}:{second}", f"AWS4{second}"]
        for text in plain:
            encoded = text.encode()
            yield from (text, text[:PIECE] if text in values else text, base64.b64encode(encoded).decode(),
                        base64.b64encode(encoded).decode()[:24], base64.urlsafe_b64encode(encoded).decode(),
                        urllib.parse.quote(text, safe=""), urllib.parse.quote_plus(text), encoded.hex(),
                        text.replace("/", "\\/"))

    def assert_told_nowhere(self, result, what):
        said = {"stdout": result.out, "stderr": result.err} | {
            str(path.relative_to(self.folder)): path.read_bytes().decode("latin-1")
            for path in self.folder.rglob("*") if path.is_file()}
        found = {(where, spelling) for spelling, (where, text) in itertools.product(set(self.spellings()), said.items())
                 if spelling in text}
        self.assertEqual(set(), found, what)

    def run_and_look(self, *arguments, env=None, what=""):
        result = self.run_tocsin(*arguments, env=self.values | (env or {}))
        self.assert_told_nowhere(result, what or arguments)
        return result

    def look_at(self, *addresses):
        self.run_and_look("status", "alert", "--json")
        for address in addresses:
            self.run_and_look("explain", "alert", address, "--json")
            self.run_and_look("-v", "explain", "alert", address)

    def test_what_becomes_of_mails(self):
        self.people_called("p1", *(f"{trouble}.1" for trouble in LEAVE_DOUBT), "p2")
        result = self.run_and_look("-v", "send", "alert", "--yes")
        self.assertIn(result.code, (0, 3, 69), result.err)
        self.assertIn("unclear", [word for said in self.server.told.values() for _, word in said])
        self.look_at(*self.everybody)

    def test_what_stops_the_run(self):
        self.people_called("p1")
        for trouble in (*STOP, *(f"account-{name}" for name in self.server.provider.accounts)):
            self.server.always = trouble
            result = self.run_and_look("-v", "send", "alert", "--yes", what=trouble)
            self.assertIn(result.code, (0, 3, 69), f"{trouble}: {result.err}")
        self.look_at("p1@n.example")

    def test_killed_while_a_request_is_out(self):
        self.people_called("p1", "p2")
        self.server.hold_after(0)
        process = self.start("-v", "send", "alert", "--yes", env=self.values)
        self.addCleanup(process.kill)
        self.server.wait_until_holding()
        process.kill()
        out, err = process.communicate()
        self.assert_told_nowhere(Result(0, out.decode(), err.decode()), "killed")
        self.server.release()
        self.run_and_look("-v", "send", "alert", "--yes")

    def test_wrong_keys_and_looks_at_the_account(self):
        self.run_and_look("-v", "check", "alert", "--connect")
        self.run_and_look("-v", "check", "alert", "--connect", "--json")
        self.server.provider.api_key = "another"
        for arguments in (["check", "alert", "--connect"], ["check", "alert", "--connect", "--json"],
                          ["test", "alert", "--to", "inbox@test.example"], ["send", "alert", "--yes"]):
            result = self.run_and_look("-v", *arguments)
            self.assertEqual(69, result.code, result.out + result.err)
        self.server.__exit__()
        for arguments in (["check", "alert", "--connect"], ["send", "alert", "--yes"]):
            self.assertEqual(69, self.run_and_look("-v", *arguments).code)

    def test_a_server_that_repeats_requests_of_looks(self):
        self.server.provider.look = None
        self.server.decide = lambda request: (self.server.echo(request, None, 403, 0), None)
        self.server.all_told = lambda event, word, reply: reply
        self.run_and_look("-v", "check", "alert", "--connect")
        self.run_and_look("-v", "check", "alert", "--connect", "--json")


of_each(SecretsTest, globals())

if __name__ == "__main__":
    unittest.main()
