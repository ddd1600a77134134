"""A workspace that sends to smtp_server.py, and what every such send must hold to."""

from servers import ScriptedServer
from workspace import CONFIG, WorkspaceTest


class ScriptedSendTest(WorkspaceTest):
    connections = 2
    delay = 0
    pipelining = False
    server_options = ()
    transport = ""  # more keys, as YAML

    def setUp(self):
        super().setUp()
        self.server = self.enterContext(self.make_server())
        self.configure(self.transport)

    def make_server(self, name="got"):
        announced = ["--pipelining"] if self.pipelining else []
        return ScriptedServer(self.folder / name, "--delay", self.delay, *announced, *self.server_options)

    def configure(self, more="", port=None):
        """`more`: lines of keys of the transport and whatever follows it."""
        self.write("tocsin.yaml", CONFIG.replace(
            "  outbox: {type: maildir, path: state/outbox}\n",
            f"  outbox:\n    type: smtp\n    host: 127.0.0.1\n    port: {port or self.server.port}\n    tls: none\n"
            f"    connections: {self.connections}\n{more}"))

    def send(self, code, *arguments, **options):
        return self.expect(code, "send", "alert", "--yes", *arguments, **options)

    def start_sending(self, count, **options):
        """A send that has delivered so many mails and goes on."""
        process = self.start("send", "alert", "--yes", **options)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        self.server.wait_for("end_of_data", count)
        self.assertIsNone(process.poll(), "the send ended too early to be interrupted")
        return process

    def ended(self, process, code, patience=30):
        out, err = process.communicate(timeout=patience)
        self.assertEqual(code, process.returncode, (out or b"") + (err or b""))
        return (err or b"").decode()

    def states(self, campaign="alert"):
        return {state: count for state, count in self.status(campaign)["states"].items() if count}

    def story(self, address):
        """What `explain` says of one person."""
        return self.expect(0, "explain", "alert", address, "--json").json()

    def state(self, address):
        return self.story(address)["state"]

    def assert_nobody_twice(self):
        received = self.server.received()
        self.assertEqual(sorted(set(received)), sorted(received), "mailed twice")
        self.assertEqual([], self.server.events("violation"))
        return set(received)

    def assert_matches_the_server(self, addresses):
        """Each one's state is what the server saw: whom it took, whom it did not, and whom it may think to have
        taken. Nobody is missing, nobody was mailed twice. Returns who is in doubt."""
        received = self.assert_nobody_twice()
        taken = {event["n"]: event["to"][0] for event in self.server.events("accepted")}
        in_doubt = set()
        for address in addresses:
            story = self.story(address)
            with self.subTest(address):
                if story["state"] == "accepted":
                    reply = story["attempts"][-1]["reply"]
                    self.assertEqual(address, taken[int(reply.rsplit(" ", 1)[1])], "the reply to another one's mail")
                elif story["state"] == "in_doubt":
                    in_doubt.add(address)
                else:
                    self.assertNotIn(address, taken.values(), story)
                    self.assertIn(story["state"], ("deferred", "rejected", "planned", "skipped"))
                    self.assertTrue(address not in received or story["state"] in ("deferred", "rejected"), story)
        return in_doubt
