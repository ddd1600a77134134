"""A workspace that sends through provider_server.py, and what every such send must hold to."""

import contextlib
import sqlite3
import unittest

from provider_server import ProviderServer
from providers import NAMES
from workspace import CONFIG, WorkspaceTest

KEY, SECRET, SESSION = "key-7f21c0de", "secret-4be19a77", "session-0d3f55aa"
ENVIRONMENT = {"PROVIDER_KEY": KEY, "PROVIDER_SECRET": SECRET, "PROVIDER_SESSION": SESSION}
# Keys of `transports` beside type and endpoint.
KEYS = {
    "ses": "region: eu-west-1, access_key: {env: PROVIDER_KEY}, secret_key: {env: PROVIDER_SECRET}",
    "mailgun": "domain: mg.harbour.example, api_key: {env: PROVIDER_KEY}",
    "mailjet": "api_key: {env: PROVIDER_KEY}, secret_key: {env: PROVIDER_SECRET}",
}
STATES = ["planned", "skipped", "sending", "accepted", "deferred", "rejected", "in_doubt", "expired"]
# What the state must be by what the server said last. Whoever was told nothing was not sent.
STATE_AFTER = {"accepted": {"accepted"}, "refused": {"rejected"}, "unclear": {"in_doubt"}, None: {"planned"},
               "throttled": {"planned", "deferred"}, "later": {"planned", "deferred"}, "account": {"planned"}}
ONE_BACK_OFF = 400  # seconds: 300, and a quarter more by chance


class ProviderSendTest(WorkspaceTest):
    provider = None  # its name
    batch = None  # the transport's `batch`

    @classmethod
    def setUpClass(cls):
        if cls.provider is None:
            raise unittest.SkipTest("what its children share")

    def setUp(self):
        super().setUp()
        self.server = self.enterContext(self.make_server())
        self.configure()

    def make_server(self, **settings):
        return ProviderServer(self.provider, **{"api_key": KEY, "secret_key": SECRET} | settings)

    def configure(self, more="", endpoint=None, keys=None):
        """`more`: other keys, as they stand within braces."""
        keys = keys or KEYS.get(self.provider, "api_key: {env: PROVIDER_KEY}")
        batch = f", batch: {self.batch}" if self.batch and self.server.provider.most > 1 else ""
        self.write("tocsin.yaml", CONFIG.replace(
            "outbox: {type: maildir, path: state/outbox}", f"outbox: {{type: {self.provider}, {keys}, "
            f"endpoint: \"{endpoint or self.server.endpoint}\"{batch}{more and ', ' + more}}}"))

    def people_called(self, *local_parts, domain="n.example"):
        """Makes them the list."""
        self.everybody = [f"{name}@{domain}" for name in local_parts]
        self.write_list("lists/members.csv", [(address, "X") for address in self.everybody])

    def run_tocsin(self, *arguments, ahead=0, **options):
        """With the clock so many seconds ahead."""
        environment = ENVIRONMENT | options.pop("env", {})
        if ahead:
            environment["TOCSIN_CLOCK_AHEAD"] = str(ahead)
            self.server.provider.clock_ahead = ahead
            options.setdefault("failpoint", "none")  # the build that has such a clock
        return self.tocsin(*arguments, env=environment, **options)

    def send(self, code, *arguments, **options):
        result = self.run_tocsin("send", "alert", "--yes", *arguments, **options)
        self.assertEqual(code, result.code, f"{result.out}{result.err}\n{self.server.violations}")
        return result

    def start_sending(self, *arguments, **options):
        process = self.start("send", "alert", "--yes", *arguments, env=ENVIRONMENT, **options)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def send_until_done(self, most_runs=8, **options):
        """Runs until nothing is left to retry; the last one's result."""
        for run in range(most_runs):
            result = self.run_tocsin("send", "alert", "--yes", ahead=run * ONE_BACK_OFF, timeout=120, **options)
            self.assert_nobody_twice()
            if result.code != 75:
                self.assertIn(result.code, (0, 3), result.out + result.err)
                return result
        self.fail(f"not done after {most_runs} runs: {result.out}{result.err}\n{self.states()}")

    def states(self):
        return {state: count for state, count in self.status()["states"].items() if count}

    def rows(self):
        """Address to state, from the ledger."""
        with contextlib.closing(sqlite3.connect(f"file:{self.folder}/state/tocsin.db?mode=ro", uri=True)) as ledger:
            return {key: STATES[state] for key, state in ledger.execute("SELECT key, state FROM recipient")}

    def story(self, address):
        return self.expect(0, "explain", "alert", address, "--json").json()

    def assert_nobody_twice(self):
        self.assertEqual([], self.server.violations)
        self.assertEqual({}, {address: taken for address, taken in self.server.accepted.items() if len(taken) > 1})

    def assert_matches_the_server(self, maybe=()):
        """Each one's state is what the server said last. `maybe`: who may be in doubt although it said nothing or
        the right thing, as after kill -9. Nobody is missing, nobody was taken twice."""
        self.assert_nobody_twice()
        rows, wrong = self.rows(), {}
        self.assertEqual(sorted(self.everybody), sorted(rows))
        counts = self.states()
        for state in STATES:
            self.assertEqual(sum(one == state for one in rows.values()), counts.get(state, 0), state)
        for address, state in rows.items():
            said = self.server.last_told(address)
            allowed = STATE_AFTER[said] | ({"in_doubt"} if address in maybe else set())
            if state not in allowed or state == "accepted" and address not in self.server.accepted:
                wrong[address] = f"{state}, but the server said {said}"
        self.assertEqual({}, wrong, f"{len(wrong)} wrong")
        return rows


def of_each(test, namespace, names=NAMES):
    """Makes a class of `test` for each provider, in a module's namespace."""
    for name in names:
        called = name.capitalize() + test.__name__
        namespace[called] = type(called, (test,), {"provider": name, "__module__": namespace["__name__"]})
