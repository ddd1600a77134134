"""What providers post to `tocsin serve`: real signatures, a real ledger."""

import json
import signal
import unittest

import webhook_posts as posts
from returned_mail import of_maildir
from serving import Serving
from workspace import CONFIG, WorkspaceTest

PEOPLE = {name: f"{name}@{name}.example" for name in
          ("ses", "sendgrid", "mailgun", "postmark", "sparkpost", "brevo", "resend", "mailjet", "nobody")}


class WebhookTest(WorkspaceTest):
    """One recipient for each provider, who were mailed; references as providers would have kept them."""

    people = [(address, "") for address in PEOPLE.values()]

    def setUp(self):
        super().setUp()
        self.keys = posts.Keys(self.folder)
        self.sns = posts.SnsSite(self.keys)
        self.enterContext(self.sns)
        self.environment = {f"HOOK_{name.upper()}": secret
                            for name, secret in {**posts.SECRETS, "sendgrid": self.keys.spki}.items()}
        self.environment["KEY"] = "a-key-of-the-tests"
        self.write("tocsin.yaml", CONFIG + "bounce_address: bounces@b.harbour.example\n")
        self.expect(0, "send", "alert", "--yes")
        self.references = {mail.recipient: mail.return_path.split("+")[1].split("@")[0].replace(".", "-")
                           for mail in map(of_maildir, self.outbox())}
        self.write("tocsin.yaml", self.config())

    def enterContext(self, context):
        self.addCleanup(context.__exit__, None, None, None)
        return context.__enter__()

    def config(self):
        more = {"mailgun": ", domain: m.harbour.example", "mailjet": ", secret_key: {env: KEY}"}
        lines = [f"  {name}: {{type: {name}, api_key: {{env: KEY}}, webhook_secret: {{env: HOOK_{name.upper()}}}"
                 f"{more.get(name, '')}}}" for name in PEOPLE if name not in ("ses", "nobody")]
        lines.append(f"  ses: {{type: ses, region: eu-west-1, access_key: {{env: KEY}}, secret_key: {{env: KEY}}, "
                     f"endpoint: \"{self.sns.url}\", topics: [\"{posts.TOPIC}\"]}}")
        return "bounce_address: bounces@b.harbour.example\n" + CONFIG + "\n".join(lines) + "\n"

    def serving(self, *options, **more):
        return Serving(self, *options, env=self.environment, **more)

    def post(self, site, provider, made, prefix=""):
        headers, body = made
        return site.request("POST", f"{prefix}/webhooks/{provider}", body, **headers).status

    def of(self, provider):
        """Address and metadata of the provider's recipient."""
        address = PEOPLE[provider]
        return address, {"tocsin": self.references[address], "campaign": "alert"}

    def bounces(self):
        """A hard bounce by each provider of its recipient."""
        address, data = self.of("ses")
        yield "ses", posts.sns(self.keys, self.sns.url, {
            "eventType": "Bounce", "mail": {"messageId": "m", "tags": {name: [value] for name, value in data.items()}},
            "bounce": {"bounceType": "Permanent", "bounceSubType": "General",
                       "bouncedRecipients": [{"emailAddress": address, "status": "5.1.1"}]}})
        address, data = self.of("sendgrid")
        yield "sendgrid", posts.sendgrid(self.keys, [
            {"event": "bounce", "type": "bounce", "email": address, "sg_event_id": "e1", "status": "5.1.1", **data},
            {"event": "open", "email": address}])
        address, data = self.of("mailgun")
        yield "mailgun", posts.mailgun({"event": "failed", "severity": "permanent", "reason": "bounce", "id": "e1",
                                        "recipient": address, "user-variables": data,
                                        "delivery-status": {"code": 550, "message": "5.1.1 no such user"}})
        address, data = self.of("postmark")
        yield "postmark", posts.basic("postmark", {"RecordType": "Bounce", "Type": "HardBounce", "ID": 42,
                                                   "Email": address, "Metadata": data})
        address, data = self.of("sparkpost")
        yield "sparkpost", posts.basic("sparkpost", [{"msys": {"message_event": {
            "type": "bounce", "bounce_class": "10", "event_id": "e1", "rcpt_to": address, "rcpt_meta": data}}}])
        address, data = self.of("brevo")
        yield "brevo", posts.basic("brevo", {"event": "hard_bounce", "email": address, "message-id": "<m>",
                                             "ts_event": 1, "X-Mailin-custom": json.dumps(data)})
        address, data = self.of("resend")
        yield "resend", posts.resend({"type": "email.bounced", "data": {
            "to": [address], "tags": data, "bounce": {"type": "Permanent", "subType": "General", "message": "no"}}})
        address, data = self.of("mailjet")
        yield "mailjet", posts.basic("mailjet", [{"event": "bounce", "email": address, "MessageID": 19421777835146490,
                                                  "hard_bounce": True, "error_related_to": "recipient",
                                                  "error": "user unknown", "CustomID": data["tocsin"]}])

    def entries(self):
        return sorted((entry["address"], entry["scope"], entry["reason"], entry["source"])
                      for entry in self.expect(0, "suppress", "list", "--json").json())

    def feedback(self, address):
        return self.expect(0, "explain", "alert", address, "--json").json()["feedback"]

    def metrics(self, site):
        return site.request("GET", "/metrics").body


class AllProvidersTest(WebhookTest):
    def test_a_hard_bounce_of_each_and_a_replay_after_a_kill(self):
        made = list(self.bounces())
        expected = sorted((PEOPLE[name], "all", "bounce", f"webhook {name}") for name, _ in made)
        with self.serving() as site:
            for name, post in made:
                self.assertEqual(200, self.post(site, name, post, "/u" if name == "brevo" else ""), name)
            site.stop(signal.SIGKILL)
        self.assertEqual(expected, self.entries())
        stories = {address: self.feedback(address) for address in PEOPLE.values()}
        for name, _ in made:
            (one,) = stories[PEOPLE[name]]
            self.assertEqual(("bounce", "hard", f"webhook {name}"), (one["kind"], one["class"], one["source"]))
        self.assertEqual([], stories[PEOPLE["nobody"]])
        with self.serving() as site:
            for name, post in made:
                self.assertEqual(200, self.post(site, name, post), name)
            metrics = self.metrics(site)
        for name, _ in made:
            self.assertIn(f'tocsin_webhook_events_total{{provider="{name}",kind="bounce"}} 1\n', metrics)
        self.assertIn('tocsin_webhook_events_total{provider="sendgrid",kind="other"} 1\n', metrics)
        self.assertEqual(expected, self.entries())
        self.assertEqual(stories, {address: self.feedback(address) for address in PEOPLE.values()})
        self.assertEqual(8, self.status()["feedback"]["bounced"])

    def test_whoever_is_not_the_provider_changes_nothing(self):
        with self.serving() as site:
            for name, (headers, body) in self.bounces():
                signed = name in ("ses", "sendgrid", "resend")
                altered = body.replace(b"example", b"exomple", 1)
                if signed:
                    self.assertEqual(401, self.post(site, name, (headers, altered)), name)
                forged = {header: value[:-6] + ("AAAAAA" if value[-6:] != "AAAAAA" else "BBBBBB")
                          for header, value in headers.items()}
                if name not in ("ses", "mailgun"):
                    self.assertEqual(401, self.post(site, name, (forged, body)), name)
                    self.assertEqual(401, self.post(site, name, ({}, body)), name)
            _, body = posts.mailgun({"event": "complained", "recipient": PEOPLE["mailgun"]})
            told = json.loads(body)
            told["signature"]["token"] = "token-2"
            self.assertEqual(401, self.post(site, "mailgun", ({}, json.dumps(told).encode())))
            metrics = self.metrics(site)
        self.assertEqual([], self.entries())
        self.assertIn('tocsin_webhook_refused_total{provider="resend",reason="signature"} 3\n', metrics)
        self.assertNotIn("tocsin_webhook_events_total{", metrics)

    def test_old_posts_and_those_of_the_future(self):
        now = posts.time.time()
        event = {"event": "complained", "id": "e", "recipient": PEOPLE["mailgun"]}
        complaint = {"type": "email.complained", "data": {"to": [PEOPLE["resend"]]}}
        spam = [{"event": "spamreport", "email": PEOPLE["sendgrid"]}]
        with self.serving() as site:
            for at, code in ((now - 600, 401), (now + 600, 401), (now - 60, 200)):
                self.assertEqual(code, self.post(site, "resend", posts.resend(complaint, at=at)))
            for at, code in ((now - 30 * 3600, 401), (now - 20 * 3600, 200)):
                self.assertEqual(code, self.post(site, "sendgrid", posts.sendgrid(self.keys, spam, at=at)))
                self.assertEqual(code, self.post(site, "ses", posts.sns(self.keys, self.sns.url, "{}", at=at)))
            for at, code in ((now - 13 * 3600, 401), (now - 8 * 3600, 200)):
                self.assertEqual(code, self.post(site, "mailgun", posts.mailgun(event, at=at)))

    def test_one_mailgun_token_is_good_for_one_body(self):
        with self.serving() as site:
            first = {"event": "opened", "recipient": PEOPLE["mailgun"]}
            self.assertEqual(200, self.post(site, "mailgun", posts.mailgun(first, at=1 + int(posts.time.time()))))
            stamp = int(posts.time.time())
            self.assertEqual(200, self.post(site, "mailgun", posts.mailgun(first, "t", at=stamp)))
            self.assertEqual(200, self.post(site, "mailgun", posts.mailgun(first, "t", at=stamp)))
            other = {"event": "complained", "recipient": PEOPLE["mailgun"]}
            self.assertEqual(406, self.post(site, "mailgun", posts.mailgun(other, "t", at=stamp)))
        self.assertEqual([], self.entries())


class SnsTest(WebhookTest):
    def test_both_signatures_and_a_topic_that_is_not_ours(self):
        with self.serving() as site:
            for version in ("1", "2"):
                self.assertEqual(200, self.post(site, "ses", posts.sns(self.keys, self.sns.url, "{}", version)))
            foreign = posts.sns(self.keys, self.sns.url, "{}", TopicArn=posts.TOPIC + "2")
            self.assertEqual(401, self.post(site, "ses", foreign))
            with posts.SnsSite(self.keys) as other:
                self.assertEqual(401, self.post(site, "ses", posts.sns(self.keys, other.url, "{}")))
                self.assertEqual([], other.asked)
        self.assertEqual(["/SimpleNotificationService-1.pem"], self.sns.asked)

    def test_a_subscription_is_confirmed(self):
        link = f"{self.sns.url}/?Action=ConfirmSubscription&Token=t"
        with self.serving() as site:
            made = posts.sns(self.keys, self.sns.url, "You have chosen", kind="SubscriptionConfirmation",
                             Token="t", SubscribeURL=link)
            self.assertEqual(200, self.post(site, "ses", made))
            self.assertEqual("/?Action=ConfirmSubscription&Token=t", self.sns.asked[-1])
            foreign = posts.sns(self.keys, self.sns.url, "You have chosen", kind="SubscriptionConfirmation",
                                Token="t", SubscribeURL=link, TopicArn=posts.TOPIC + "2")
            count = len(self.sns.asked)
            self.assertEqual(401, self.post(site, "ses", foreign))
            self.assertEqual(count, len(self.sns.asked))


class WhatFollowsTest(WebhookTest):
    def test_who_leaves_by_a_provider_leaves_the_list_and_may_come_back(self):
        address, data = self.of("postmark")
        leaves = posts.basic("postmark", {"RecordType": "SubscriptionChange", "Recipient": address, "MessageID": "m",
                                          "SuppressSending": True, "Origin": "Recipient", "ChangedAt": "t",
                                          "SuppressionReason": "ManualSuppression", "Metadata": data})
        token = next(mail.token for mail in map(of_maildir, self.outbox()) if mail.recipient == address)
        with self.serving() as site:
            self.assertEqual(200, self.post(site, "postmark", leaves))
            self.assertEqual([(address, "action-alerts", "unsubscribe", "webhook postmark")], self.entries())
            self.assertEqual(200, site.choose(token, "undo").status)
            self.assertEqual([], self.entries())
            self.assertEqual(200, self.post(site, "postmark", leaves))
        self.assertEqual([], self.entries())

    def test_without_metadata_only_who_was_ever_mailed_counts(self):
        with self.serving() as site:
            for address in (PEOPLE["nobody"], "stranger@strange.example"):
                made = posts.basic("brevo", {"event": "spam", "email": address, "message-id": "m", "ts_event": 1})
                self.assertEqual(200, self.post(site, "brevo", made))
            metrics = self.metrics(site)
        self.assertEqual([(PEOPLE["nobody"], "all", "complaint", "webhook brevo")], self.entries())
        self.assertIn('tocsin_webhook_unmatched_total{provider="brevo"} 1\n', metrics)

    def test_deliveries_are_noted_once_and_delays_suppress_nobody(self):
        address, data = self.of("sparkpost")
        with self.serving() as site:
            for event in ("e1", "e2"):
                made = posts.basic("sparkpost", [{"msys": {"message_event": {
                    "type": "delivery", "event_id": event, "rcpt_to": address, "rcpt_meta": data}}}])
                self.assertEqual(200, self.post(site, "sparkpost", made))
            address, data = self.of("brevo")
            made = posts.basic("brevo", {"event": "deferred", "email": address, "message-id": "m", "ts_event": 1,
                                         "X-Mailin-custom": json.dumps(data), "reason": "451 4.7.1 later"})
            self.assertEqual(200, self.post(site, "brevo", made))
        self.assertEqual([], self.entries())
        self.assertEqual(["delivery"], [one["kind"] for one in self.feedback(PEOPLE["sparkpost"])])
        self.assertEqual({"bounced": 0, "delayed": 1, "complained": 0, "unsubscribed": 0, "delivered": 1},
                         self.status()["feedback"])
        self.assertEqual(1, self.expect(0, "report", "alert", "--json").json()["confirmed_deliveries"])
        self.assertIn("the provider tells of 1 delivered", self.expect(0, "status", "alert").out)

    def test_pings_nonsense_and_what_is_too_large(self):
        with self.serving() as site:
            self.assertEqual(200, self.post(site, "sparkpost", posts.basic("sparkpost", [{"msys": {}}])))
            self.assertEqual(200, self.post(site, "mailjet", posts.basic("mailjet", {"event": "levitated"})))
            headers, _ = posts.basic("mailjet", {})
            self.assertEqual(400, self.post(site, "mailjet", (headers, b"{")))
            self.assertEqual(400, self.post(site, "mailjet", (headers, b"")))
            self.assertEqual(405, site.request("GET", "/webhooks/mailjet").status)
            large = b"[" + b" " * ((4 << 20) - 2) + b"]"
            self.assertEqual(200, self.post(site, "mailjet", (headers, large)))
            metrics = self.metrics(site)
        self.assertIn('tocsin_webhook_events_total{provider="mailjet",kind="unknown"} 1\n', metrics)
        self.assertEqual([], self.entries())

    def test_too_large_is_refused_before_it_is_read(self):
        headers, _ = posts.basic("mailjet", {})
        with self.serving() as site:
            self.assertEqual(413, self.post(site, "mailjet", ({**headers, "Content-Length": str((4 << 20) + 1)}, b"")))

    def test_a_ledger_that_cannot_be_written_makes_the_provider_come_again(self):
        made = dict(self.bounces())["postmark"]
        with self.serving(fault="feedback-before-commit") as site:
            self.assertEqual(503, self.post(site, "postmark", made))
        self.assertEqual([], self.entries())
        with self.serving() as site:
            self.assertEqual(200, self.post(site, "postmark", made))
        self.assertEqual(1, len(self.entries()))

    def test_killed_between_the_ledger_and_the_answer(self):
        made = dict(self.bounces())["postmark"]
        for step in ("webhook-before-note", "webhook-after-note"):
            with self.serving(failpoint=step) as site:
                with self.assertRaises(OSError):
                    self.post(site, "postmark", made)
                site.process.wait(30)
                site.process.communicate()
        self.assertEqual(1, len(self.entries()))
        with self.serving() as site:
            self.assertEqual(200, self.post(site, "postmark", made))
        self.assertEqual(1, len(self.feedback(PEOPLE["postmark"])))


class WithoutSecretTest(WebhookTest):
    def test_a_provider_without_a_secret_is_told_once_what_to_set(self):
        self.write("tocsin.yaml", CONFIG)
        made = dict(self.bounces())
        with self.serving() as site:
            for _ in range(2):
                self.assertEqual(404, self.post(site, "postmark", made["postmark"]))
            self.assertEqual(404, self.post(site, "ses", made["ses"]))
            _, err = site.stop()
        self.assertEqual(1, err.count("set `webhook_secret`"))
        self.assertEqual(1, err.count("set `topics`"))
        self.assertEqual([], self.entries())

    def test_a_secret_that_cannot_be_had_leaves_the_pages_and_the_other_providers_working(self):
        made = dict(self.bounces())
        del self.environment["HOOK_POSTMARK"]
        self.environment["HOOK_RESEND"] = "whsec_not base64"
        token = next(mail.token for mail in map(of_maildir, self.outbox()) if mail.recipient == PEOPLE["nobody"])
        with self.serving() as site:
            self.assertEqual(503, self.post(site, "postmark", made["postmark"]))
            self.assertEqual(503, self.post(site, "postmark", ({"Authorization": "Basic Og=="}, b"{}")))
            self.assertEqual(503, self.post(site, "resend", made["resend"]))
            self.assertEqual(200, self.post(site, "brevo", made["brevo"]))
            self.assertEqual(200, site.one_click(token).status)
            self.assertIn('tocsin_webhook_refused_total{provider="postmark",reason="secret"} 2\n', self.metrics(site))
            code, err = site.stop()
        self.assertEqual(0, code)
        self.assertEqual(1, err.count("HOOK_POSTMARK"), err)
        self.assertIn("transport `postmark`", err)
        self.assertIn("the `webhook_secret` of `resend` is not the signing secret that Resend shows", err)
        self.assertNotIn("not base64", err)
        self.assertEqual({PEOPLE["brevo"], PEOPLE["nobody"]}, {entry[0] for entry in self.entries()})
        self.environment["HOOK_POSTMARK"] = posts.SECRETS["postmark"]
        with self.serving() as site:
            self.assertEqual(200, self.post(site, "postmark", made["postmark"]))

    def test_standalone_has_no_ledger(self):
        made = dict(self.bounces())["postmark"]
        with self.serving("--standalone") as site:
            for _ in range(2):
                self.assertEqual(404, self.post(site, "postmark", made))
            _, err = site.stop()
        self.assertEqual(1, err.count("there is no ledger"))

    def test_neither_secrets_nor_addresses_reach_the_log(self):
        with self.serving("-v") as site:
            for name, (headers, body) in self.bounces():
                self.post(site, name, (headers, body))
                self.post(site, name, (headers, body[:-9]))
            out, err = site.stop()
        for secret in [*self.environment.values(), *PEOPLE.values(), *self.references.values()]:
            self.assertNotIn(secret, err)


if __name__ == "__main__":
    unittest.main()
