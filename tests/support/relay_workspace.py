"""A workspace that sends through a relay with TLS and a login, for tests of the command."""

from workspace import CONFIG, WorkspaceTest

USER, PASSWORD = "mailer-9f3a", "Pa$$ wörd-77e1"


class RelayTest(WorkspaceTest):
    def configure(self, port, password="{env: TOCSIN_TEST_PASSWORD}", **more):
        """Keys of the transport; those that are None are left out."""
        settings = {"host": "127.0.0.1", "port": port, "tls": "required", "username": USER, "password": password} | more
        lines = "".join(f"    {key}: {value}\n" for key, value in settings.items() if value is not None)
        self.write("tocsin.yaml", CONFIG.replace(
            "  outbox: {type: maildir, path: state/outbox}\n", "  outbox:\n    type: smtp\n" + lines))

    def send(self, code, *arguments, password=PASSWORD):
        return self.expect(code, "send", "alert", "--yes", *arguments, env={"TOCSIN_TEST_PASSWORD": password})
