"""How long a plan takes at the limits that are in force."""

import unittest

from workspace import CAMPAIGN, CONFIG, WorkspaceTest

LIMITED = CONFIG.replace("path: state/outbox", "path: state/outbox, rate: [20/s, 500/min]")


class PlanDurationTest(WorkspaceTest):
    def plan(self, config, campaign=CAMPAIGN, people=1001):
        self.write("tocsin.yaml", config)
        self.write("campaigns/alert.yaml", campaign)
        rows = "".join(f"p{i}@d{i % 7}.example,P\n" for i in range(people))
        self.write("lists/members.csv", "email,first_name\n" + rows)

    def seconds(self):
        return self.tocsin("plan", "alert", "--json").json()["duration_seconds"]

    def test_without_limits_nothing_is_promised(self):
        self.plan(CONFIG)
        self.assertNotIn("takes", self.tocsin("plan", "alert").out)
        self.assertIsNone(self.seconds())

    def test_the_transports_rates_say_how_long(self):
        self.plan(LIMITED)
        result = self.tocsin("plan", "alert")
        self.assertEqual(0, result.code)
        self.assertIn("\ntakes 2 min at the present limits\n", result.out)
        self.assertEqual(120, self.seconds())

    def test_the_campaigns_rate_counts_beside_them(self):
        self.plan(LIMITED, CAMPAIGN + "rate: 1/min\n")
        self.assertIn("\ntakes 16 h 40 min at the present limits\n", self.tocsin("plan", "alert").out)

    def test_a_domains_limit_counts_for_its_own_mails(self):
        relay = "{type: smtp, host: relay.example, domains: {d3.example: {rate: 1/s}}}"
        self.plan(CONFIG.replace("{type: maildir, path: state/outbox}", relay), people=700)
        self.assertEqual(99, self.seconds())

    def test_send_says_it_when_it_plans(self):
        self.plan(LIMITED, people=3)
        result = self.tocsin("send", "alert", "--yes")
        self.assertEqual(0, result.code)
        self.assertIn("\ntakes 1 s at the present limits\n", result.err)


if __name__ == "__main__":
    unittest.main()
