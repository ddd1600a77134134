"""The providers' server of the tests: takes what is as documented, refuses everything else, and keeps its books."""

import http.client
import json
import pathlib
import re
import unittest

import provider_samples as samples
import providers
from provider_server import ProviderServer
from providers import sigv4
from providers.base import Request
from providers.checks import Wrong

VECTORS = pathlib.Path(__file__).resolve().parents[3] / "shared/specs/aws4_testsuite"
BATCHES = ("postmark", "resend", "mailjet")
SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"


class Client:
    def __init__(self, test, name, **settings):
        self.name = name
        self.server = test.enterContext(ProviderServer(name, api_key=samples.KEY, secret_key=samples.SECRET, **settings))
        self.link = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        test.addCleanup(self.link.close)

    def sample(self, *addresses, **more):
        return getattr(samples, self.name)(addresses, f"127.0.0.1:{self.server.port}", **more)

    def post(self, path, headers, body):
        self.link.request("POST", path, body, headers)
        response = self.link.getresponse()
        return response.status, response.read(), response.headers

    def send(self, *addresses, **more):
        return self.post(*self.sample(*addresses, **more))


class ServerTest(unittest.TestCase):
    def each(self, names=providers.NAMES, **settings):
        """A client of each; what fails names it."""
        for name in names:
            self.client = Client(self, name, **settings)
            yield self.client

    def _formatMessage(self, msg, standard):
        return f"{getattr(self, 'client', None) and self.client.name}: {super()._formatMessage(msg, standard)}"

    def test_what_is_as_documented_is_taken(self):
        for client in self.each():
            status, _, _ = client.send("ann@one.example")
            self.assertEqual([], client.server.violations, client.name)
            self.assertIn(status, (200, 201, 202))
            self.assertEqual({"ann@one.example": [1]}, client.server.accepted)
            self.assertEqual({"ann@one.example": [(1, "accepted")]}, client.server.told)

    def test_a_wrong_key_is_refused(self):
        for client in self.each():
            path, headers, body = client.sample("ann@one.example")
            for name in ("Authorization", "authorization", "X-Postmark-Server-Token", "api-key"):
                if name in headers:
                    headers[name] = headers[name][:-1] + "x"
            status, _, _ = client.post(path, headers, body)
            self.assertIn(status, (401, 403))
            self.assertEqual({}, client.server.accepted)

    def test_no_altered_byte_of_a_signed_request_passes(self):
        client = Client(self, "ses")
        path, headers, body = client.sample("ann@one.example")
        status, _, _ = client.post(path, headers, body.replace(b"alert", b"alerT"))
        self.assertEqual(403, status)

    def test_unknown_fields_are_refused(self):
        for client in self.each([name for name in providers.NAMES if name != "mailgun"]):
            path, headers, body = client.sample("ann@one.example")
            value = json.loads(body)
            (value[0] if type(value) is list else value)["color"] = "red"
            path, headers, body = self.signed_again(client, path, headers, json.dumps(value).encode())
            self.assertGreaterEqual(client.post(path, headers, body)[0], 400)
            self.assertIn("unknown", client.server.violations[0])
            self.assertEqual({}, client.server.accepted)

    def signed_again(self, client, path, headers, body):
        if client.name != "ses":
            return path, headers, body
        return samples.signed("POST", path, body, f"127.0.0.1:{client.server.port}")

    def test_a_form_with_an_unknown_field_or_no_file_is_refused(self):
        for old, new in ((b'"o:tag"', b'"o:tga"'), (b'; filename="message.eml"', b""), (b"--b0undary--", b"")):
            client = Client(self, "mailgun")
            path, headers, body = client.sample("ann@one.example")
            self.assertEqual(400, client.post(path, headers, body.replace(old, new))[0])
            self.assertEqual({}, client.server.accepted)

    def test_mails_without_what_a_campaign_needs_are_refused(self):
        for old, new in ((b"List-Unsubscribe-Post", b"List-Unsubscribe-Past"), (b"u.harbour", b"v.harbour"),
                         (b"campaigns@harbour", b"campaigns@port"), (b"alert", b"other")):
            for client in self.each([name for name in providers.NAMES if name != "ses"]):
                path, headers, body = client.sample("ann@one.example")
                self.assertGreaterEqual(client.post(path, headers, body.replace(old, new))[0], 400)
                self.assertNotEqual([], client.server.violations)

    def test_another_content_type_is_refused(self):
        for client in self.each([name for name in providers.NAMES if name != "ses"]):
            path, headers, body = client.sample("ann@one.example")
            self.assertGreaterEqual(client.post(path, headers | {"Content-Type": "text/plain"}, body)[0], 400)

    def test_one_of_a_batch_is_refused_and_the_others_taken(self):
        for client in self.each(BATCHES):
            name = next(iter(client.server.provider.refusals))
            refused = f"refused-{name}.1@n.example"
            client.send("ann@one.example", refused, "bob@two.example")
            self.assertEqual([], client.server.violations)
            self.assertEqual({"ann@one.example", "bob@two.example"}, set(client.server.accepted))
            self.assertEqual([(1, "refused")], client.server.told[refused])

    def test_every_trouble_of_a_table_is_made_once(self):
        for client in self.each():
            provider = client.server.provider
            for kind, table in (("throttled", provider.throttles), ("account", provider.accounts),
                                ("later", provider.laters)):
                for name, reply in table.items():
                    address = f"{kind}-{name}.1@n.example"
                    status = client.send(address)[0]
                    if not callable(reply):
                        self.assertEqual(reply.status, status)
                    self.assertIn(client.send(address)[0], (200, 201, 202))
                    self.assertEqual(["accepted"], [word for _, word in client.server.told[address][1:]])
            self.assertEqual([], client.server.violations)

    def test_retry_after_is_told(self):
        for client in self.each():
            name = next(iter(client.server.provider.throttles))
            self.assertEqual("1", client.send(f"waiting-{name}.1@n.example")[2]["Retry-After"])

    def test_a_mail_that_is_in_doubt_is_a_violation_when_it_comes_again(self):
        for trouble, taken in (("kept-500", 1), ("unclear-500", 0), ("garbage-html", 1), ("void-html", 0)):
            client = Client(self, "sendgrid")
            client.send(f"{trouble}.1@n.example")
            self.assertEqual(taken, len(client.server.accepted))
            self.assertEqual([(1, "unclear")], client.server.told[f"{trouble}.1@n.example"])
            self.assertEqual([], client.server.violations)
            client.send(f"{trouble}.1@n.example")
            self.assertEqual(1, len(client.server.violations))

    def test_a_dropped_reply(self):
        for trouble, taken in (("drop", 1), ("lost", 0)):
            client = Client(self, "postmark")
            client.send("ann@one.example")
            with self.assertRaises((http.client.RemoteDisconnected, ConnectionError)):
                client.send(f"{trouble}.1@n.example")
            self.assertEqual(1 + taken, len(client.server.accepted))
            self.assertEqual([1, 2], [event.turn for event in client.server.events])

    def test_a_key_is_carried_out_once(self):
        client = Client(self, "resend")
        with self.assertRaises((http.client.RemoteDisconnected, ConnectionError)):
            client.send("drop.1@n.example", key="one")
        self.assertEqual(200, client.send("drop.1@n.example", key="one")[0])
        self.assertEqual({"drop.1@n.example": [1]}, client.server.accepted)
        self.assertEqual([(1, "unclear"), (2, "accepted")], client.server.told["drop.1@n.example"])
        self.assertEqual([], client.server.violations)
        self.assertEqual(409, client.send("ann@one.example", key="one")[0])
        self.assertEqual(1, len(client.server.violations))

    def test_a_known_key_of_brevo_is_a_duplicate(self):
        client = Client(self, "brevo")
        client.send("kept-500.1@n.example", key="one")
        status, body, _ = client.send("kept-500.1@n.example", key="one")
        self.assertEqual((400, "duplicate_parameter"), (status, json.loads(body)["code"]))
        self.assertEqual({"kept-500.1@n.example": [1]}, client.server.accepted)
        self.assertEqual([], client.server.violations)

    def test_hundreds_over_one_connection(self):
        client = Client(self, "sendgrid")
        for i in range(300):
            client.send(f"p{i}@n.example")
        self.assertEqual(300, len(client.server.accepted))
        self.assertEqual([1], sorted({event.connection for event in client.server.events}))


@unittest.skipUnless(VECTORS.is_dir(), f"there are no published vectors at {VECTORS}")
class SignatureTest(unittest.TestCase):
    def test_the_published_vectors(self):
        seen = 0
        for path in sorted(VECTORS.rglob("*.req")):
            authorization = path.with_suffix(".authz").read_text()
            signed = re.search(r"SignedHeaders=([^,]+)", authorization)[1].split(";")
            try:
                request = self.parse(path.read_bytes())
                canonical = sigv4.canonical_request(request, signed)
            except (ValueError, KeyError, Wrong):
                continue  # of forms that no request of ours has: folded and repeated headers, paths with spaces
            if canonical != path.with_suffix(".creq").read_text().replace("\r", ""):
                continue
            seen += 1
            with self.subTest(path.name):
                self.assertTrue(authorization.strip().endswith(
                    "Signature=" + sigv4.signature(request, signed, SECRET, "20150830", "us-east-1", "service")))
        self.assertGreater(seen, 15)

    def parse(self, raw):
        head, _, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
        line, *fields = head.decode().split("\n")
        method, target, _ = line.split(" ")
        path, _, query = target.partition("?")
        headers = {}
        for field in fields:
            name, value = field.split(":", 1)
            if name.lower() in headers:
                raise ValueError("repeated")
            headers[name.lower()] = value.strip()
        return Request(method, path, query, headers, body)


if __name__ == "__main__":
    unittest.main()
