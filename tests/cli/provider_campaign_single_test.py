"""A thousand people through SendGrid and Brevo, which take the parts of one mail a request and misbehave in every
way they know."""

import unittest

from provider_campaign import CampaignTest


class SendgridTest(CampaignTest):
    provider = "sendgrid"


class BrevoTest(CampaignTest):
    provider = "brevo"


if __name__ == "__main__":
    unittest.main()
