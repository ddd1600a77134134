"""`rate: 20/s` through providers, whatever a request carries; and the rate and the quota that SES tells."""

import time
import unittest

from provider_send import ProviderSendTest, of_each

PEOPLE = 60


class RateTest(ProviderSendTest):
    more = "rate: 20/s"

    def setUp(self):
        super().setUp()
        self.configure(self.more)
        self.people_called(*[f"p{i}" for i in range(PEOPLE)])

    def test_sixty_mails_at_twenty_a_second(self):
        began = time.monotonic()
        self.send(0)
        # By the sender's own start and end: a busy machine can make it longer only.
        self.assertGreater(time.monotonic() - began, (PEOPLE - 1) / 20 - 0.5, "faster than the rate")
        self.assertEqual({"accepted": PEOPLE}, self.states())
        self.assert_matches_the_server()


class SesQuotaTest(RateTest):
    provider = "ses"
    more = ""

    def setUp(self):
        super().setUp()
        self.server.provider.quota = {"Max24HourSend": 50000.0, "MaxSendRate": 20.0, "SentLast24Hours": 12.0}

    def test_no_more_than_the_quota_of_a_day(self):
        self.server.provider.quota = {"Max24HourSend": 40.0, "MaxSendRate": 1000.0, "SentLast24Hours": 0.0}
        self.send(75)
        accepted = self.states()["accepted"]
        self.assertLessEqual(accepted, 40)
        self.assertEqual({"accepted": accepted, "planned": PEOPLE - accepted}, self.states())
        self.assert_matches_the_server()


of_each(RateTest, globals(), ["sendgrid", "postmark", "resend"])

if __name__ == "__main__":
    unittest.main()
