"""The programs that scripts/ensure-npm-tools installed, on a port of their own.

    with Prism(document, upstream) as prism:     # or SesLocal(), MailDev(folder); skips the test where they are missing
        ... prism.endpoint ...
"""

import http.client
import json
import os
import pathlib
import shutil
import subprocess
import unittest

from servers import free_port, start_on_free_port, start_listening, stop

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOLS = ROOT / "build/npm-tools/node_modules"
DOCUMENTS = ROOT.parent / "shared/specs"


def document(name):
    """A provider's published one; it is no part of the project."""
    path = DOCUMENTS / name
    if not path.exists():
        raise unittest.SkipTest(f"there is no published document at ../shared/specs/{name}")
    return path


def answers_http(path):
    def answers(port):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", path)
            connection.getresponse().read()
            return True
        except OSError:
            return False
        finally:
            connection.close()
    return answers


class NpmTool:
    program = None  # its script within node_modules
    health = "/"

    def __enter__(self):
        script = TOOLS / self.program
        if not script.exists() or not shutil.which("node"):
            raise unittest.SkipTest(f"{self.program} is not installed: run scripts/ensure-npm-tools")
        self.process, self.port = start_on_free_port(
            lambda port: start_listening(["node", script, *self.arguments(port)], port, answers_http(self.health),
                                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                         env=dict(os.environ, **self.environment())))
        self.endpoint = f"http://127.0.0.1:{self.port}"
        return self

    def __exit__(self, *_):
        stop(self.process)

    def environment(self):
        return {}

    def request(self, method, path, headers=None, body=None):
        """Status and JSON."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        text = response.read()
        connection.close()
        return response.status, json.loads(text) if text else None


class Prism(NpmTool):
    """Passes on what an OpenAPI document allows, and refuses the rest with 422."""

    program = "@stoplight/prism-cli/dist/index.js"

    def __init__(self, document, upstream):
        self.document, self.upstream = document, upstream

    def arguments(self, port):
        return ["proxy", "--errors", "--host", "127.0.0.1", "--port", str(port), self.document, self.upstream]


ACCOUNT = {
    "DedicatedIpAutoWarmupEnabled": False, "EnforcementStatus": "HEALTHY", "ProductionAccessEnabled": True,
    "SendingEnabled": True, "SuppressionAttributes": {"SuppressedReasons": []},
    "SendQuota": {"Max24HourSend": 50000, "MaxSendRate": 1000, "SentLast24Hours": 0},
    "Details": {"AdditionalContactEmailAddresses": [], "ContactLanguage": "EN", "MailType": "MARKETING",
                "ReviewDetails": {"CaseId": "1", "Status": "GRANTED"}, "UseCaseDescription": "news",
                "WebsiteURL": "https://harbour.example"},
}


class SesLocal(NpmTool):
    program = "aws-ses-v2-local/dist/cli.js"
    health = "/health-check"

    def arguments(self, port):
        return ["--host", "127.0.0.1", "--port", str(port)]

    def environment(self):
        return {"AWS_SES_ACCOUNT": json.dumps(ACCOUNT)}

    def mails(self):
        return self.request("GET", "/store")[1]["emails"]


class MailDev(NpmTool):
    """A test inbox as docs/proofs.md starts it, with ports and a folder of its own."""

    program = "maildev/bin/maildev"
    health = "/healthz"

    def __init__(self, folder):
        self.folder = folder

    def arguments(self, port):
        self.smtp_port = free_port()
        return ["--ip", "127.0.0.1", "--smtp", str(self.smtp_port), "--web", str(port), "--mail-directory", self.folder]

    def mails(self):
        return self.request("GET", "/email")[1]

    def source(self, mail):
        """The bytes of one of them as they came."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", f"/email/{mail['id']}/source")
        raw = connection.getresponse().read()
        connection.close()
        return raw
