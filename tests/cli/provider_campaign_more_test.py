"""A thousand people through SparkPost and through Resend, whose batches have keys, which misbehave in every way they
know."""

import unittest

from provider_campaign import CampaignTest


class SparkpostTest(CampaignTest):
    provider = "sparkpost"


class ResendTest(CampaignTest):
    provider = "resend"
    batch = 5


if __name__ == "__main__":
    unittest.main()
