"""The eight providers as a strict server would play them, written from their published documents.

One module each; provider_server.py carries requests to them. `checks` has what they demand of JSON, `mail` what a
campaign's mail must look like whoever carries it, `base` what a provider is made of."""

import importlib

NAMES = ["ses", "sendgrid", "mailgun", "postmark", "sparkpost", "brevo", "resend", "mailjet"]


def make(name, **settings):
    return importlib.import_module("providers." + name).Provider(**settings)
