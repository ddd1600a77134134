"""A web server on 127.0.0.1 with made-up pages, which remembers who asked for what.

    with WebPages({"/gone": 404, "/old": (301, "/new"), "/slow": HANGS}) as web:
        ... web.url("/gone"), web.asked ...

With `identity` (certificate and key, files) it speaks TLS.
"""

import http.server
import ssl
import threading

HANGS, NO_HEAD = "hangs", "no head"


class WebPages:
    def __init__(self, pages, identity=None, host="127.0.0.1"):
        self.pages, self.identity, self.host = pages, identity, host
        self.asked = []  # (method, path, headers with names in lower case)
        self.ending = threading.Event()

    def __enter__(self):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        if self.identity:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*self.identity)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ending.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def url(self, path):
        return f"{'https' if self.identity else 'http'}://{self.host}:{self.port}{path}"

    def paths(self):
        return sorted({path for _, path, _ in self.asked})


def handler_of(web):
    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def do_HEAD(self):
            web.asked.append((self.command, self.path, {name.lower(): value for name, value in self.headers.items()}))
            page = web.pages.get(self.path, 200)
            if page == HANGS:
                web.ending.wait(60)
                return
            if page == NO_HEAD:
                page = 405 if self.command == "HEAD" else 200
            status, location = page if isinstance(page, tuple) else (page, None)
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Set-Cookie", "seen=1")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_HEAD

    return Handler
