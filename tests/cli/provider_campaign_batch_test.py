"""A thousand people through each provider that takes batches: what happens to a batch happens to all in it, and what
happens to one of them to nobody else."""

import unittest

from provider_campaign import CampaignTest


class PostmarkTest(CampaignTest):
    provider = "postmark"
    batch = 5


class ResendTest(CampaignTest):
    provider = "resend"
    batch = 5


class MailjetTest(CampaignTest):
    provider = "mailjet"
    batch = 5


if __name__ == "__main__":
    unittest.main()
