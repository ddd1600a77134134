"""HTTP/1.1 on 127.0.0.1 for provider_server.py: threads, connections kept alive, and ends of connections at will."""

import http
import socket
import socketserver
import threading
import urllib.parse

from providers.base import Request
from providers.checks import Wrong, demand

LONGEST_LINE = 65536
MOST_BODY = 64 << 20


class Cut(Exception):
    """The connection ends here, without a reply."""


class Connection(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True
    timeout = 60
    turn = 0

    def setup(self):
        super().setup()
        self.number = self.server.opened(self.request)

    def finish(self):
        self.server.closed(self.request)
        try:
            super().finish()
        except OSError:
            pass

    def handle(self):
        try:
            while self.one_request():
                pass
        except (Cut, OSError, ValueError):
            pass

    def one_request(self):
        line = self.rfile.readline(LONGEST_LINE)
        if not line:
            return False
        self.turn += 1
        method, target, version = line.decode("ascii").split()
        path, _, query = target.partition("?")
        request = Request(method, path, query, self.headers(), b"", 0, self.number, self.turn)
        request.wrong = self.body(request, version)
        reply, keep = self.server.owner.answer(request)
        self.write(reply, keep)
        return keep

    def headers(self):
        found = {}
        while (line := self.rfile.readline(LONGEST_LINE)) not in (b"\r\n", b""):
            name, _, value = line.decode("latin-1").partition(":")
            found[name.lower()] = value.strip()
        return found

    def body(self, request, version):
        """Reads it; what is wrong with the request as HTTP, or nothing."""
        self.server.owner.before_body(request)
        if request.headers.get("expect", "").lower() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        try:
            demand(version == "HTTP/1.1", f"the version is {version}")
            demand("host" in request.headers, "there is no Host")
            demand("transfer-encoding" not in request.headers, "the body has no Content-Length")
            length = int(request.headers.get("content-length", "0"))
            demand(length <= MOST_BODY, "the body is too long")
            request.body = self.rfile.read(length)
            if len(request.body) < length:  # the client is gone
                raise Cut
            demand(urllib.parse.unquote(request.path).isascii(), "the path is not ASCII")
        except Wrong as wrong:
            return str(wrong)
        return None

    def write(self, reply, keep):
        body = b"" if reply.status == 204 else reply.bytes()
        try:
            phrase = http.HTTPStatus(reply.status).phrase
        except ValueError:
            phrase = "Unknown"
        lines = [f"HTTP/1.1 {reply.status} {phrase}", f"Content-Type: {reply.media_type()}"]
        lines += [f"{name}: {value}" for name, value in reply.headers.items()]
        if reply.status != 204:
            lines.append(f"Content-Length: {len(body)}")
        if not keep:
            lines.append("Connection: close")
        self.wfile.write("\r\n".join([*lines, "", ""]).encode("latin-1") + body)


class HttpServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, owner):
        self.owner = owner
        self.lock = threading.Lock()
        self.count = 0
        self.open = set()
        super().__init__(("127.0.0.1", 0), Connection)

    def opened(self, connection):
        with self.lock:
            self.count += 1
            self.open.add(connection)
            return self.count

    def closed(self, connection):
        with self.lock:
            self.open.discard(connection)

    def handle_error(self, request, client_address):
        import traceback
        self.owner.violations.append("the server failed: " + traceback.format_exc())

    def stop(self):
        self.shutdown()
        with self.lock:
            for connection in self.open:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
        self.server_close()
