"""Headless Chromium, driven through its DevTools protocol over a pipe: no port, no package.

    with Chromium(folder) as browser:
        page = browser.open(path.as_uri(), width=380, height=800)
        page.press("j")
        page.evaluate("document.title")
        page.requests, page.complaints      # what it asked for, what it wrote to its console
"""

import base64
import json
import os
import select
import signal
import subprocess
import time

from servers import find_program

PATIENCE = 60  # seconds; a busy machine is slow
KEYS = {"ArrowRight": 39, "ArrowLeft": 37, "Escape": 27, "Tab": 9, "Enter": 13}


class Chromium:
    def __init__(self, folder, *arguments):
        self.folder, self.arguments = folder, arguments

    def __enter__(self):
        to_read, to_write = os.pipe(), os.pipe()
        # It reads commands from 3 and writes to 4.
        self.process = subprocess.Popen(
            ["sh", "-c", f'exec "$0" "$@" 3<&{to_read[0]} 4>&{to_write[1]}', find_program("chromium"),
             "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe",
             # A frame in a process of its own could not be looked into from the page's session.
             "--disable-features=IsolateSandboxedIframes", f"--user-data-dir={self.folder / 'chromium'}",
             *self.arguments, "about:blank"],
            pass_fds=(to_read[0], to_write[1]), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True, env=dict(os.environ, HOME=str(self.folder)))
        os.close(to_read[0])
        os.close(to_write[1])
        self.writer, self.reader = to_read[1], to_write[0]
        self.buffer, self.next_id, self.events = b"", 1, []
        return self

    def __exit__(self, *_):
        os.close(self.writer)
        os.close(self.reader)
        # Its own session: all of its processes, nobody else's.
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def message(self, deadline):
        """The next one, or None when there is none in time."""
        while b"\0" not in self.buffer:
            ready, _, _ = select.select([self.reader], [], [], max(deadline - time.monotonic(), 0))
            if not ready:
                return None
            more = os.read(self.reader, 1 << 20)
            if not more:
                raise RuntimeError("Chromium has ended")
            self.buffer += more
        text, _, self.buffer = self.buffer.partition(b"\0")
        return json.loads(text)

    def call(self, method, session=None, **parameters):
        number, self.next_id = self.next_id, self.next_id + 1
        command = {"id": number, "method": method, "params": parameters}
        if session:
            command["sessionId"] = session
        os.write(self.writer, json.dumps(command).encode() + b"\0")
        deadline = time.monotonic() + PATIENCE
        while answer := self.message(deadline):
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)
        raise TimeoutError(method)

    def open(self, url, width=1280, height=900, dark=False, scale=1):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, session)
        for domain in ("Page", "Runtime", "Network", "Log", "DOM"):
            page.call(f"{domain}.enable")
        page.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale,
                  mobile=False)
        page.call("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        page.go(url)
        return page


class Page:
    def __init__(self, browser, session):
        self.browser, self.session = browser, session

    def call(self, method, **parameters):
        return self.browser.call(method, self.session, **parameters)

    def go(self, url):
        self.call("Page.navigate", url=url)
        self.wait_for("document.readyState === 'complete' && location.href !== 'about:blank'")

    def evaluate(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def wait_for(self, expression):
        deadline = time.monotonic() + PATIENCE
        while not self.evaluate(expression):
            if time.monotonic() > deadline:
                raise TimeoutError(expression)
            time.sleep(0.02)

    def press(self, key):
        text = {"text": key} if len(key) == 1 else {"windowsVirtualKeyCode": KEYS[key], "code": key}
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, **text)

    def click(self, x, y):
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def frames(self):
        """The text of each frame that has been rendered, by its element's title, in the order of the page."""
        found = []
        collect(self.call("DOM.getDocument", depth=-1, pierce=True)["root"], found)
        return found

    def shoot(self, path, **clip):
        more = {"clip": dict(clip, scale=1)} if clip else {}
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", **more)["data"]))

    def events(self, method):
        self.call("Runtime.evaluate", expression="0")  # whatever happened before has been said then
        return [event["params"] for event in self.browser.events
                if event.get("method") == method and event.get("sessionId") == self.session]

    @property
    def requests(self):
        return [event["request"]["url"] for event in self.events("Network.requestWillBeSent")]

    @property
    def complaints(self):
        logged = [event["entry"]["text"] for event in self.events("Log.entryAdded")]
        thrown = [event["exceptionDetails"]["text"] for event in self.events("Runtime.exceptionThrown")]
        said = [str(event["args"]) for event in self.events("Runtime.consoleAPICalled")]
        return logged + thrown + said


def collect(node, found):
    if node.get("nodeName") == "IFRAME":
        attributes = dict(zip(node["attributes"][::2], node["attributes"][1::2]))
        document = node.get("contentDocument")
        found.append((attributes["title"], text_of(document) if document else None))
        return
    for child in node.get("children", []):
        collect(child, found)


def text_of(node):
    if node["nodeName"] in ("STYLE", "SCRIPT", "TITLE", "#comment"):
        return ""
    return node.get("nodeValue", "") + "".join(text_of(child) for child in node.get("children", []))
