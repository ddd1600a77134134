"""A thousand people through Amazon SES and Mailgun, which take whole messages and misbehave in every way they know."""

import unittest

from provider_campaign import CampaignTest


class SesTest(CampaignTest):
    provider = "ses"


class MailgunTest(CampaignTest):
    provider = "mailgun"


if __name__ == "__main__":
    unittest.main()
