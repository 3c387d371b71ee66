"""Chromium without a window, driven over the pipe of its DevTools: no library, no port, no websocket."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import shutil
import signal
import tempfile
import time
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def program() -> str | None:
    """The browser of this machine, nil where there is none. `GRIDTIDE_CHROMIUM` names another."""
    return os.environ.get("GRIDTIDE_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


class BrowserError(Exception):
    """The browser refuses, or does not answer."""


class Browser:
    """One browser with a profile of its own, which goes with it."""

    def __init__(self, path: str) -> None:
        self.profile = tempfile.mkdtemp(prefix="gridtide-browser-")
        to_browser, ours = self._pipe()
        theirs, from_browser = self._pipe()
        self.output, self.input = from_browser, to_browser
        quiet = os.open(os.devnull, os.O_RDWR)
        words = [
            path, "--headless=new", "--remote-debugging-pipe", "--no-first-run", "--disable-gpu", "--hide-scrollbars",
            "--disable-extensions", "--disable-background-networking", "--force-device-scale-factor=1", "--mute-audio",
            "--disable-dev-shm-usage", f"--user-data-dir={self.profile}", "about:blank",
        ]
        if os.geteuid() == 0:
            words.insert(1, "--no-sandbox")
        self.pid = os.posix_spawn(
            path, words, os.environ,
            file_actions=[
                (os.POSIX_SPAWN_DUP2, quiet, 1), (os.POSIX_SPAWN_DUP2, quiet, 2),
                (os.POSIX_SPAWN_DUP2, ours, 3), (os.POSIX_SPAWN_DUP2, theirs, 4),
            ],
            setpgroup=0,
        )
        for descriptor in (ours, theirs, quiet):
            os.close(descriptor)
        self.number = 0
        self.buffer = b""
        self.pages: dict[str, Page] = {}
        self.folder = Path(self.profile)

    @staticmethod
    def _pipe() -> tuple[int, int]:
        """The writing and the reading end of a pipe, both above what the browser is given as 3 and 4."""
        reading, writing = os.pipe()
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in (writing, reading)]
        os.close(reading)
        os.close(writing)
        return ends[0], ends[1]

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, *_: object) -> None:
        os.killpg(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.input)
        os.close(self.output)
        shutil.rmtree(self.profile, ignore_errors=True)

    def call(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        """Asks the browser, and takes what else it says until it answers."""
        self.number += 1
        message: dict[str, Any] = {"id": self.number, "method": method, "params": parameters}
        if session is not None:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.input, data):]
        end = time.monotonic() + 60
        while time.monotonic() < end:
            answer = self._take(end)
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise BrowserError(f"{method}: {answer['error']['message']}")
                return dict(answer["result"])
        raise BrowserError(f"{method}: no answer within a minute")

    def listen(self, seconds: float) -> None:
        """Takes what the browser says for some time."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._take(end)

    def _take(self, end: float) -> dict[str, Any]:
        """The next message, empty where none comes until `end`."""
        while b"\0" not in self.buffer:
            if not select.select([self.output], [], [], max(0, end - time.monotonic()))[0]:
                return {}
            data = os.read(self.output, 1 << 20)
            if not data:
                raise BrowserError("the browser is gone")
            self.buffer += data
        line, _, self.buffer = self.buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        if "method" in message and message.get("sessionId") in self.pages:
            self.pages[message["sessionId"]].note(message["method"], message["params"])
        return message

    def open(self, address: str, width: int = 1440, height: int = 1000) -> Page:
        """A page of a size."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, target, session)
        self.pages[session] = page
        for domain in ("Page", "Runtime", "Log"):
            page.call(domain + ".enable")
        page.call("Performance.enable", timeDomain="threadTicks")
        # As if it were in front: a page behind others asks less often.
        page.call("Emulation.setFocusEmulationEnabled", enabled=True)
        page.resize(width, height)
        page.go(address)
        return page

    def save_into(self, folder: Path) -> None:
        """Where files go that a page saves."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder.absolute()))

    def saved(self, name: str, seconds: float = 60) -> bytes:
        """What a file holds that a page saves."""
        end, file = time.monotonic() + seconds, self.folder / name
        while not file.exists() or any(self.folder.glob("*.crdownload")):
            if time.monotonic() > end:
                raise BrowserError(f"{name} was not saved within {seconds:.0f} s")
            self.listen(0.05)
        return file.read_bytes()


class Page:
    """A page, the complaints it has made, and the addresses it has asked for since `follow`."""

    def __init__(self, browser: Browser, target: str, session: str) -> None:
        self.browser, self.target, self.session = browser, target, session
        self.complaints: list[str] = []
        self.addresses: set[str] = set()

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Asks the browser about this page."""
        return self.browser.call(method, self.session, **parameters)

    def note(self, method: str, parameters: dict[str, Any]) -> None:
        """Keeps errors of the console, exceptions, and addresses but those of data within the page."""
        if method == "Runtime.exceptionThrown":
            details = parameters["exceptionDetails"]
            self.complaints.append(details.get("exception", {}).get("description", details["text"]))
        elif method == "Runtime.consoleAPICalled" and parameters["type"] in ("error", "warning", "assert"):
            self.complaints.append(" ".join(str(each.get("value", each)) for each in parameters["args"]))
        elif method == "Log.entryAdded" and parameters["entry"]["level"] in ("error", "warning"):
            self.complaints.append(parameters["entry"]["text"])
        elif method == "Network.requestWillBeSent":
            address = parameters["request"]["url"]
            if not address.startswith(("data:", "blob:", "about:")):
                self.addresses.add(address)

    def go(self, address: str) -> None:
        """Goes to an address. Its document is there then, and may still load."""
        origin = self.evaluate("performance.timeOrigin")
        self.call("Page.navigate", url=address)
        self.wait(f"performance.timeOrigin !== {origin}")

    def follow(self) -> None:
        """Notes the addresses it asks for from now on."""
        self.call("Network.enable")

    def close(self) -> None:
        """Closes it."""
        self.browser.call("Target.closeTarget", targetId=self.target)
        del self.browser.pages[self.session]

    def evaluate(self, script: str) -> Any:
        """The value of a script in the page."""
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise BrowserError(f"{script[:80]}: {result['exceptionDetails'].get('exception', {}).get('description')}")
        return result["result"].get("value")

    def wait(self, script: str, seconds: float = 30) -> Any:
        """The value of a script once it is true; raises `BrowserError` where it does not become so.

        A script may fail before the page is there.
        """
        end, seen = time.monotonic() + seconds, ""
        while time.monotonic() < end:
            try:
                value = self.evaluate(script)
                if value:
                    return value
                seen = str(value)
            except BrowserError as error:
                seen = str(error)
            self.browser.listen(0.05)
        raise BrowserError(f"not within {seconds:.0f} s: {script}; at last {seen}")

    def resize(self, width: int, height: int, mobile: bool = False) -> None:
        """The size of what is seen, in pixels of the page."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=mobile)

    def prefer(self, **features: str) -> None:
        """What the reader prefers, such as `color_scheme="dark"`."""
        named = [{"name": "prefers-" + name.replace("_", "-"), "value": value} for name, value in features.items()]
        self.call("Emulation.setEmulatedMedia", features=named)

    def press(self, key: str, shift: bool = False) -> None:
        """A key, as from the keyboard."""
        codes = {"Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "ArrowLeft": 37, "ArrowRight": 39, "ArrowDown": 40, ".": 190}
        code, text = codes[key], "\r" if key == "Enter" else key
        letters = {"text": text} if len(text) == 1 else {}
        common = {"key": key, "windowsVirtualKeyCode": code, "modifiers": 8 if shift else 0}
        self.call("Input.dispatchKeyEvent", type="keyDown", **common, **letters)
        self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    def click(self, selector: str) -> None:
        """The middle of an element, as with the mouse."""
        x, y = self.evaluate(
            f"(() => {{ const it = document.querySelector({json.dumps(selector)}); it.scrollIntoView({{block: 'center', behavior: 'instant'}});"
            " const box = it.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; })()")
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def picture(self, path: Path, whole: bool = False) -> None:
        """Writes what is seen, or the whole page, as a PNG."""
        clip: dict[str, Any] = {}
        if whole:
            size = self.call("Page.getLayoutMetrics")["cssContentSize"]
            clip = {"captureBeyondViewport": True, "clip": {**size, "x": 0, "y": 0, "scale": 1}}
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png", **clip)["data"]))

    def paper(self, path: Path) -> None:
        """Prints it into a PDF, as large as its style sheet wants the paper."""
        path.write_bytes(base64.b64decode(self.call("Page.printToPDF", preferCSSPageSize=True)["data"]))

    def metrics(self) -> dict[str, float]:
        """What the browser has counted: `TaskDuration` in seconds of the processor, `Nodes` and more."""
        return {each["name"]: each["value"] for each in self.call("Performance.getMetrics")["metrics"]}

    def heap(self) -> tuple[float, int]:
        """What the script holds after everything unused was thrown away, kB, and nodes of the document.

        The least of some looks: while an answer is on its way, it is held as well.
        """
        looks = []
        for _ in range(3):
            self.call("HeapProfiler.collectGarbage")
            looks.append(self.call("Runtime.getHeapUsage")["usedSize"] / 1024)
            self.browser.listen(0.05)
        return min(looks), int(self.call("Memory.getDOMCounters")["nodes"])


