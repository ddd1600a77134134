"""A thousand people through each provider that takes parts of one mail a request, and misbehaves in every way."""

import unittest

from provider_campaign import CampaignTest


class SendgridTest(CampaignTest):
    provider = "sendgrid"


class BrevoTest(CampaignTest):
    provider = "brevo"


if __name__ == "__main__":
    unittest.main()
