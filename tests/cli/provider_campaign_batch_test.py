"""A thousand people through Postmark and Mailjet, which take batches: what happens to a batch happens to all in it, and what
happens to one of them to nobody else."""

import unittest

from provider_campaign import CampaignTest


class PostmarkTest(CampaignTest):
    provider = "postmark"
    batch = 5


class MailjetTest(CampaignTest):
    provider = "mailjet"
    batch = 5


if __name__ == "__main__":
    unittest.main()
