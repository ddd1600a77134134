"""The examples of docs/serve.md with the web servers that they are for."""

import http.client
import os
import re
import shutil
import ssl
import subprocess
import time
import unittest

from servers import free_port, stop
from serving import Serving, tokens_of
from workspace import ROOT, WorkspaceTest

PATIENCE = 20


def program(name):
    """Where it is, or nothing: web servers listen as soon as they are installed, so tests do not demand them."""
    return os.environ.get(name.upper()) or shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin")


def example(language):
    return re.search(rf"```{language}\n(.*?)```", (ROOT / "docs/serve.md").read_text(), re.S)[1]


class ProxyTest(WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.expect(0, "send", "alert", "--yes")
        self.token = tokens_of(self.outbox())["ann@one.example"]
        self.site = self.enterContext(Serving(self))
        self.port = free_port()

    def run_proxy(self, *command):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=self.folder,
                                   env=dict(os.environ, HOME=str(self.folder), XDG_DATA_HOME=str(self.folder)))
        self.addCleanup(process.stderr.close)
        self.addCleanup(stop, process)
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return self.ask("GET", "/")
            except OSError:
                if process.poll() is not None or time.monotonic() > until:
                    self.fail(process.stderr.read().decode())
                time.sleep(0.05)

    def ask(self, method, path, body=None):
        connection = self.connect()
        try:
            connection.request(method, path, body, {"Content-Type": "application/x-www-form-urlencoded"})
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()

    def check_it_passes_on_what_it_should(self):
        status, page = self.ask("GET", f"/u/{self.token}")
        self.assertEqual(200, status)
        self.assertIn("Nothing has changed yet", page)
        self.assertEqual(200, self.ask("GET", f"/u/{self.token}/view")[0])
        for hidden in ("/metrics", "/healthz"):
            self.assertEqual(404, self.ask("GET", hidden)[0])
        self.assertEqual(200, self.ask("POST", f"/u/{self.token}", "List-Unsubscribe=One-Click")[0])
        entries = self.expect(0, "suppress", "list", "--json").json()
        self.assertEqual(["ann@one.example"], [entry["address"] for entry in entries])

    @unittest.skipUnless(program("nginx"), "nginx is not installed")
    def test_nginx(self):
        self.connect = lambda: http.client.HTTPSConnection("127.0.0.1", self.port, timeout=PATIENCE,
                                                           context=ssl._create_unverified_context())
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                        "/CN=u.harbour.example", "-keyout", "key.pem", "-out", "cert.pem"], cwd=self.folder, check=True,
                       capture_output=True)
        (self.folder / "html").mkdir()
        server = (example("nginx").replace("listen 443", f"listen 127.0.0.1:{self.port}")
                  .replace("127.0.0.1:8080", f"127.0.0.1:{self.site.port}")
                  .replace("/etc/letsencrypt/live/u.harbour.example/fullchain.pem", str(self.folder / "cert.pem"))
                  .replace("/etc/letsencrypt/live/u.harbour.example/privkey.pem", str(self.folder / "key.pem")))
        temporary = "".join(f"{kind}_temp_path tmp-{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        self.write("nginx.conf", f"daemon off; master_process off; pid nginx.pid; error_log stderr;\nevents {{}}\n"
                                 f"http {{\naccess_log off;\n{temporary}{server}}}\n")
        command = (program("nginx"), "-e", "stderr", "-p", str(self.folder), "-c", str(self.folder / "nginx.conf"))
        self.assertEqual(0, subprocess.run([*command, "-t"], capture_output=True).returncode)
        self.run_proxy(*command)
        self.check_it_passes_on_what_it_should()

    @unittest.skipUnless(program("caddy"), "caddy is not installed")
    def test_caddy(self):
        self.connect = lambda: http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        # A name would make it fetch a certificate.
        server = (example("caddy").replace("u.harbour.example", f"http://127.0.0.1:{self.port}")
                  .replace("127.0.0.1:8080", f"127.0.0.1:{self.site.port}"))
        self.write("Caddyfile", "{\n    admin off\n    auto_https off\n}\n" + server)
        self.run_proxy(program("caddy"), "run", "--config", "Caddyfile", "--adapter", "caddyfile")
        self.check_it_passes_on_what_it_should()


if __name__ == "__main__":
    unittest.main()
