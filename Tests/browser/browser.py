"""A real browser without a window, driven over its debugging pipe; Python's standard library and chromium, nothing else.

    with Browser("/usr/bin/chromium", folder) as browser:
        browser.size(1440, 900)
        browser.open("/tmp/report.html")
        browser.click("button[data-save=csv]")
"""

from __future__ import annotations

import base64
import json
import os
import select
import subprocess
import time
from pathlib import Path
from typing import Any


class BrowserError(Exception):
    """The browser did not do what it was asked to."""


class Browser:
    """One browser with one page. What it is asked for within `seconds`, or an error."""

    def __init__(self, program: str, folder: str | os.PathLike[str], seconds: float = 60) -> None:
        self.folder = Path(folder)
        self.downloads = self.folder / "downloads"
        self.seconds = seconds
        self.messages: list[str] = []  # what the console and uncaught errors said
        self._program = program
        self._number = 0
        self._rest = b""
        self._events: list[dict[str, Any]] = []

    def __enter__(self) -> Browser:
        self.downloads.mkdir(parents=True, exist_ok=True)
        from_us, self._to = os.pipe()
        self._from, to_us = os.pipe()
        # The browser reads commands at descriptor 3 and answers at 4, whatever numbers the pipes have here.
        line = f'exec "$0" "$@" 3<&{from_us} 4>&{to_us}'
        self._process = subprocess.Popen(
            ["sh", "-c", line, self._program, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
             "--disable-background-networking", "--disable-dev-shm-usage", "--hide-scrollbars",
             f"--user-data-dir={self.folder / 'profile'}", "--remote-debugging-pipe", "about:blank"],
            pass_fds=(from_us, to_us), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(from_us)
        os.close(to_us)
        target = self._call("Target.createTarget", {"url": "about:blank"})["targetId"]
        self._session = self._call("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self._call("Browser.setDownloadBehavior",
                   {"behavior": "allow", "downloadPath": str(self.downloads), "eventsEnabled": True})
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._call("Browser.close")
        except BrowserError:
            pass
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._to)
        os.close(self._from)

    # The pipe: JSON texts, each ended by a zero byte.

    def _call(self, method: str, parameters: dict[str, Any] | None = None, session: str | None = None) -> dict[str, Any]:
        self._number += 1
        number = self._number
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters or {}}
        if session:
            message["sessionId"] = session
        try:
            os.write(self._to, json.dumps(message).encode() + b"\0")
        except OSError as error:
            raise BrowserError(f"{method}: the browser has gone ({error})") from None
        end = time.monotonic() + self.seconds
        while True:
            answer = self._receive(end, method)
            if answer.get("id") == number:
                if "error" in answer:
                    raise BrowserError(f"{method}: {answer['error'].get('message')}")
                return answer.get("result", {})
            self._note(answer)

    def _receive(self, end: float, what: str) -> dict[str, Any]:
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._from], [], [], max(0, end - time.monotonic()))
            if not ready:
                raise BrowserError(f"{what}: no answer within {self.seconds:g} s")
            data = os.read(self._from, 1 << 20)
            if not data:
                raise BrowserError(f"{what}: the browser has gone")
            self._rest += data
        text, self._rest = self._rest.split(b"\0", 1)
        return json.loads(text)

    def _note(self, event: dict[str, Any]) -> None:
        method, parameters = event.get("method", ""), event.get("params", {})
        if method == "Runtime.exceptionThrown":
            detail = parameters["exceptionDetails"]
            self.messages.append(detail.get("exception", {}).get("description") or detail.get("text", ""))
        elif method == "Runtime.consoleAPICalled" and parameters["type"] in ("error", "warning"):
            self.messages.append(" ".join(str(part.get("value", part.get("description", ""))) for part in parameters["args"]))
        elif method == "Log.entryAdded" and parameters["entry"]["level"] in ("error", "warning"):
            self.messages.append(parameters["entry"]["text"])
        elif method in ("Network.requestWillBeSent", "Browser.downloadProgress"):
            self._events.append(event)

    def call(self, method: str, parameters: dict[str, Any] | None = None) -> dict[str, Any]:
        """Asks the page."""
        return self._call(method, parameters, self._session)

    # What a person does.

    def size(self, width: int, height: int, scale: float = 1, mobile: bool = False) -> None:
        """Makes the window as large as told."""
        self.call("Emulation.setDeviceMetricsOverride",
                  {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": mobile})

    def scheme(self, name: str) -> None:
        """Light or dark; nothing moves by itself, so that pictures and places hold."""
        self.call("Emulation.setEmulatedMedia", {"features": [
            {"name": "prefers-color-scheme", "value": name}, {"name": "prefers-reduced-motion", "value": "reduce"}]})

    def open(self, path: str) -> None:
        """Opens a file, and waits until its scripts have run."""
        address = path if "://" in path else f"file://{os.path.abspath(path)}"
        self.call("Page.navigate", {"url": address})
        self.wait("document.readyState === 'complete'")

    def value(self, expression: str) -> Any:
        """What an expression, or a promise, comes to in the page."""
        answer = self.call("Runtime.evaluate",
                           {"expression": expression, "returnByValue": True, "awaitPromise": True})
        if "exceptionDetails" in answer:
            raise BrowserError(f"{expression}: {answer['exceptionDetails'].get('text')}")
        return answer["result"].get("value")

    def wait(self, expression: str) -> None:
        """Waits until an expression is true."""
        end = time.monotonic() + self.seconds
        while not self.value(expression):
            if time.monotonic() > end:
                raise BrowserError(f"{expression} was not true within {self.seconds:g} s")
            time.sleep(0.05)

    def click(self, selector: str) -> None:
        """Presses and releases the mouse in the middle of an element."""
        place = self.value(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); if (!e) return null; "
            "e.scrollIntoView({block: 'center', behavior: 'instant'}); const r = e.getBoundingClientRect(); "
            "return [r.x + r.width / 2, r.y + r.height / 2]; })()")
        if place is None:
            raise BrowserError(f"there is no {selector}")
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent",
                      {"type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1})

    def move(self, x: float, y: float) -> None:
        """Moves the mouse."""
        self.call("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": x, "y": y})

    def press(self, key: str) -> None:
        """Presses a key: Tab, Enter, Space or ArrowDown."""
        code = {"Tab": 9, "Enter": 13, "Space": 32, "ArrowDown": 40}[key]
        text = {"Enter": "\r", "Space": " "}.get(key, "")
        name = " " if key == "Space" else key
        down = {"type": "keyDown" if text else "rawKeyDown", "key": name, "code": key, "windowsVirtualKeyCode": code}
        self.call("Input.dispatchKeyEvent", down | ({"text": text} if text else {}))
        self.call("Input.dispatchKeyEvent", {"type": "keyUp", "key": name, "code": key, "windowsVirtualKeyCode": code})

    def download(self, name: str) -> bytes:
        """The bytes of a file that a click saved."""
        end = time.monotonic() + self.seconds
        file = self.downloads / name
        while not file.exists() or list(self.downloads.glob("*.crdownload")):
            if time.monotonic() > end:
                raise BrowserError(f"{name} was not saved within {self.seconds:g} s")
            time.sleep(0.05)
        return file.read_bytes()

    def requests(self) -> list[str]:
        """Addresses that were asked for since the browser was started, data within the page left out."""
        self.value("0")  # what was sent before this has arrived by now
        found = [event["params"]["request"]["url"] for event in self._events if "request" in event["params"]]
        return [address for address in found if not address.startswith(("data:", "blob:", "about:"))]

    # What a person sees.

    def picture(self, file: str, whole: bool = False) -> None:
        """Takes a picture of the window, or of the whole page, as PNG."""
        options: dict[str, Any] = {"format": "png", "captureBeyondViewport": whole}
        if whole:
            size = self.call("Page.getLayoutMetrics")["cssContentSize"]
            options["clip"] = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        Path(file).write_bytes(base64.b64decode(self.call("Page.captureScreenshot", options)["data"]))

    def paper(self, file: str) -> None:
        """Prints the page into a PDF."""
        data = self.call("Page.printToPDF", {"printBackground": False, "preferCSSPageSize": True})["data"]
        Path(file).write_bytes(base64.b64decode(data))
