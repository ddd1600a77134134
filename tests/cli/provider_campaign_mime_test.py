"""A thousand people through each provider that takes whole messages, which misbehaves in every way it knows."""

import unittest

from provider_campaign import CampaignTest


class SesTest(CampaignTest):
    provider = "ses"


class MailgunTest(CampaignTest):
    provider = "mailgun"


class SparkpostTest(CampaignTest):
    provider = "sparkpost"


if __name__ == "__main__":
    unittest.main()
