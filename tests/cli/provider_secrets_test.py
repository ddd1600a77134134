"""No secret of a provider's account is told: not on the console, not in logs, not in the ledger or any other file,
whatever goes wrong, and though the server repeats what it was sent."""

import base64
import itertools
import secrets
import unittest
import urllib.parse

from provider_send import KEYS, ProviderSendTest, of_each
from workspace import CAMPAIGN

PIECE = 12  # characters of a secret that are as bad as all of it
ECHOES = [f"echo-{status}-{padding}" for status in (401, 403, 429, 500, 200)
          for padding in (0, 270, 275, 280, 960, 980)]


def secret():
    """Random, and other in URLs than as it is."""
    return f"{secrets.token_hex(6)}+/{secrets.token_hex(10)}="


class SecretsTest(ProviderSendTest):
    def setUp(self):
        self.names = ["PROVIDER_KEY", "PROVIDER_SECRET", "PROVIDER_SESSION", "PROVIDER_WEBHOOK"]
        self.values = {name: secret() for name in self.names}
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

    def everything(self):
        """All that can happen to one recipient, and all that stops a run."""
        provider = self.server.provider
        yield None
        for kind, table in (("throttled", provider.throttles), ("later", provider.laters), ("garbage", provider.garbage),
                            ("account", provider.accounts)):
            yield from (f"{kind}-{name}" for name in table)
        yield from ("kept-500", "unclear-502", "drop", *ECHOES)

    def test_whatever_the_server_says(self):
        seen = set()
        for i, trouble in enumerate(self.everything()):
            self.people_called(f"p{i}")
            self.write_campaign(i)
            self.server.check["campaign"] = f"alert-{i}"
            self.server.script = {len(self.server.events) + 1: trouble}
            self.server.told, self.server.accepted = {}, {}
            result = self.run_and_look("-v", "send", f"alert-{i}", "--yes", what=trouble)
            seen.add(result.code)
            for arguments in (["explain", f"alert-{i}", f"p{i}@n.example"], ["status", f"alert-{i}"]):
                self.run_and_look(*arguments, "--json", what=(trouble, arguments))
        self.assertLessEqual({0, 69}, seen)

    def write_campaign(self, number):
        self.write(f"campaigns/alert-{number}.yaml", CAMPAIGN.replace("id: alert\n", f"id: alert-{number}\n"))

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
