#!/usr/bin/env python3
"""Opens the live dashboard of real runs in headless Chromium and checks what it shows and does.

    Tests/browser/dashboard.py                              # everything, some minutes
    Tests/browser/dashboard.py --short --program .build/debug/gridtide
    Tests/browser/dashboard.py --picture docs/dashboard.png # makes the picture of the docs, and checks nothing

A page is opened while a run goes on. Its numbers are compared with the database of the run, computed here; its buttons, its
slider and its keys are used as a person would, and what they do is seen in the run. Then a run fails, one is killed, the
server is killed and comes back, and a page is left open for 10,000 ticks while its memory is measured.

Needs Chromium and nothing else; `GRIDTIDE_CHROMIUM` names one that is not on the path. Exit status: 0 all is well, or there
is no Chromium; 1 something is wrong.
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import sys
import tempfile
import time
import traceback
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/soak"))

import chromium  # noqa: E402
import looks  # noqa: E402
import soak  # noqa: E402
from chromium import Browser, BrowserError, Page  # noqa: E402
from runs import Dashboard, Run, RunError, wait_for  # noqa: E402

STATUS = "document.querySelector('.run').dataset.status"
LAST = "Number(document.querySelector('.run').dataset.ticks)"
SHOWN = "Number(document.querySelector('.run').dataset.tick)"
PILL = "document.querySelector('.pill').textContent"


class Checks:
    """What was checked, one line each."""

    def __init__(self) -> None:
        self.wrong = 0

    def note(self, name: str, isRight: bool, seen: object = "") -> None:
        """Prints a check and what was seen."""
        self.wrong += not isRight
        print(f"{'ok   ' if isRight else 'WRONG'}  {name}" + (f": {seen}" if seen != "" else ""), flush=True)


def is_shown(shown: str, value: float, digits: int = 4) -> bool:
    """Whether a number on the page is a value to so many digits."""
    number = float(shown.split()[0].replace(",", ""))
    # The page is told five digits, so that the last shown may be rounded twice.
    unit = 10 ** (math.floor(math.log10(abs(value))) - digits + 1) if value else 1e-9
    return abs(number - value) <= 0.56 * unit


def numbers(page: Page, checks: Checks, run: Run, name: str, which: int = 0) -> None:
    """Compares the numbers of the tick shown with the database."""
    section = f"document.querySelectorAll('.run')[{which}]"
    shown = page.evaluate(
        f"Object.fromEntries(['load', 'price', 'emissions', 'relocated'].map((name) =>"
        f" [name, {section}.querySelector('.chart.' + name + ' .value').textContent]))")
    tick = page.evaluate(f"Number({section}.dataset.tick)")
    figures = run.figures(tick)
    wrong = [f"{name} {shown[name]}, not {value:.6g}" for name, value in figures.items() if not is_shown(shown[name], value)]
    checks.note(f"{name} has the numbers of the database", not wrong,
                f"tick {tick}: " + "; ".join(wrong or shown.values()))


def settled(page: Page, run: Run) -> int:
    """Ticks of a run that stands, once the page shows the last of them."""
    page.wait(f"{STATUS} === 'held'")
    ticks = run.ticks()
    page.wait(f"{LAST} === {ticks} && {SHOWN} === {ticks - 1}")
    return ticks


def marks(page: Page, checks: Checks) -> None:
    """The map and the charts have something on them."""
    page.wait("document.querySelectorAll('.arc').length > 0")
    land, regions, names, arcs = page.evaluate(
        "[document.querySelector('.land').getBBox().width, document.querySelectorAll('.region').length,"
        " [...document.querySelectorAll('.names text')].filter((name) => getComputedStyle(name).visibility === 'visible').length,"
        " [...document.querySelectorAll('.arc')].filter((arc) => arc.getBBox().width > 0).length]")
    checks.note("the map has land, regions, names and arcs", land > 500 and regions == 13 and names >= 10 and arcs > 3,
                f"{regions} regions, {names} names, {arcs} arcs")
    heights = page.evaluate("[...document.querySelectorAll('.chart .line')].map((line) => line.getBBox().height)")
    checks.note("every chart has a line", len(heights) == 4 and min(heights) > 0, f"{len(heights)} charts")
    sparks = page.evaluate("[...document.querySelectorAll('.spark .line')].filter((line) => line.getAttribute('d')).length")
    checks.note("every area has its lines", sparks == 26, f"{sparks} lines")


def waits(page: Page, checks: Checks, run: Run) -> None:
    """The agents' mean waits are those of the database."""
    rows = page.evaluate(
        "[...document.querySelectorAll('.agents tbody tr')].map((row) => [row.children[0].textContent, row.children[3].textContent])")
    expected = run.waits()
    wrong = [f"{name} {shown}" for name, shown in rows if abs(float(shown.replace(",", "")) - expected[name]) > 0.006]
    checks.note("mean waits are those of the database", len(rows) == len(expected) and not wrong,
                "; ".join(wrong) or f"{len(rows)} agents")


def buttons(page: Page, checks: Checks, run: Run) -> None:
    """Pause, step and go on, by mouse."""
    page.click("[data-do=pause]")
    ticks = settled(page, run)
    time.sleep(0.6)
    checks.note("Pause holds the run", run.ticks() == ticks and page.evaluate(PILL) == "paused", f"{ticks} ticks")
    numbers(page, checks, run, "the last tick")
    waits(page, checks, run)
    page.click("[data-do=step]")
    page.wait(f"{LAST} > {ticks}")
    stepped = settled(page, run)
    time.sleep(0.3)
    checks.note("Step takes one tick", stepped == ticks + 1 == run.ticks(), f"{ticks} to {run.ticks()}")
    page.click("[data-do=pause]")
    page.wait(f"{STATUS} === 'running' && {LAST} > {stepped + 1}")
    checks.note("Go on lets it go on", page.evaluate(PILL) == "running" and run.ticks() > stepped + 1)


def looking_back(page: Page, checks: Checks, run: Run) -> None:
    """The slider and the button back, by mouse."""
    page.click("[data-do=pause]")
    ticks = settled(page, run)
    box = page.evaluate("(() => { const box = document.querySelector('.slider').getBoundingClientRect(); return [box.x, box.y + box.height / 2, box.width]; })()")
    planned = int(run.ask("SELECT planned_ticks FROM run")[0][0])
    wanted = ticks // 2
    x = box[0] + 8 + (box[2] - 16) * wanted / (planned - 1)
    for kind in ("mousePressed", "mouseReleased"):
        page.call("Input.dispatchMouseEvent", type=kind, x=x, y=box[1], button="left", clickCount=1)
    page.wait(f"{SHOWN} === {wanted}")
    numbers(page, checks, run, "a tick chosen with the slider")
    page.click("[data-do=now]")
    page.wait(f"{SHOWN} === {ticks - 1}")
    checks.note("Back to now returns", page.evaluate("document.querySelector('[data-do=now]').hidden"))


def keys(page: Page, checks: Checks, run: Run) -> None:
    """The same by keys, wherever the focus is but where a key is the control's own."""
    ticks = settled(page, run)
    page.press(".")
    page.wait(f"{LAST} > {ticks}")
    checks.note("'.' takes one tick, with the focus on a button", settled(page, run) == ticks + 1 == run.ticks())
    page.evaluate("document.activeElement.blur()")
    page.press("ArrowLeft")
    page.wait(f"{SHOWN} === {ticks - 1}")
    page.press("ArrowLeft")
    page.wait(f"{SHOWN} === {ticks - 2}")
    numbers(page, checks, run, "two ticks back by arrow")
    page.press("ArrowRight")
    page.wait(f"{SHOWN} === {ticks - 1}")
    page.press("ArrowLeft")
    page.press("Escape")
    page.wait(f"{SHOWN} === {ticks}")
    page.evaluate("document.querySelector('.slider').focus()")
    page.press("ArrowLeft")
    page.wait(f"{SHOWN} === {ticks - 1}")
    page.press("Escape")
    page.wait(f"{SHOWN} === {ticks}")
    page.press(" ")
    page.wait(f"{STATUS} === 'running' && {LAST} > {ticks + 2}")
    page.press(" ")
    held = settled(page, run)
    checks.note("arrows, Escape and space do their part", held > ticks + 2)


def reconnecting(page: Page, checks: Checks, run: Run, board: Dashboard) -> None:
    """The server is killed and comes back; the page has to notice both by itself."""
    page.press(" ")
    page.wait(f"{STATUS} === 'running'")
    board.__exit__()
    page.wait("document.body.classList.contains('cut')")
    words = page.evaluate("document.getElementById('link').textContent")
    ticks = page.evaluate(LAST)
    board.__enter__()
    page.wait(f"!document.body.classList.contains('cut') && {LAST} > {ticks}")
    checks.note("the page says that its server is gone, and finds it again", "does not answer" in words)
    page.press(" ")
    settled(page, run)
    page.complaints = [line for line in page.complaints if "ERR_CONNECTION" not in line and "ERR_EMPTY" not in line]


def failed(browser: Browser, checks: Checks, main: Run, other: Run, program: str) -> None:
    """A run fails, and is shown beside another."""
    wait_for("a tick of the second run", lambda: other.ticks() > 5)
    other.hold(0)
    wait_for("its standing", lambda: other.state()["phase"] == "held")
    os.kill(other.pid("region-1"), 9)
    (other.folder / "hold").unlink()
    other.process.wait(timeout=30)
    with Dashboard(program, [main, other]) as board:
        page = browser.open(board.address)
        second = "document.querySelectorAll('.run')[1]"
        page.wait(f"{second}?.dataset.status === 'failed' && Number(document.querySelector('.run').dataset.ticks) > 5")
        words = page.evaluate(f"{second}.querySelector('.warning').textContent")
        checks.note("a run that failed says so and why", "region-1" in words and "signal 9" in words, words)
        page.evaluate("(() => { const slider = document.querySelectorAll('.slider')[1]; slider.value = 3; slider.dispatchEvent(new Event('input')); })()")
        page.wait("[...document.querySelectorAll('.run')].every((run) => run.dataset.tick === '3')")
        numbers(page, checks, main, "the first of two runs side by side", 0)
        numbers(page, checks, other, "the second, at the same tick,", 1)
        checks.note("no errors on that page", not page.complaints, "; ".join(page.complaints))
        page.close()


def lost(page: Page, checks: Checks, run: Run) -> None:
    """Every process is killed, so that nobody is left to say how the run ended."""
    run.kill()
    page.wait(f"{STATUS} === 'lost'", 10)
    words = page.evaluate("document.querySelector('.warning').textContent")
    checks.note("a run whose processes were killed shows as stopped", page.evaluate(PILL) == "stopped", words)


def endurance(browser: Browser, checks: Checks, run: Run, program: str, ticks: int, rate: float = 200) -> None:
    """A page left open while a run goes on, some ticks at a time so that it has something to draw."""
    samples: list[tuple[float, float]] = []
    nodes: list[int] = []
    with Dashboard(program, [run]) as board:
        page = browser.open(board.address)
        page.wait(f"{LAST} > 0")
        page.evaluate("globalThis.pictures = 0; new MutationObserver(() => { pictures += 1; })"
                      ".observe(document.querySelector('.run'), { attributeFilter: ['data-ticks'] })")
        begun, busy = time.monotonic(), 0.0
        while run.ticks() < ticks and time.monotonic() < begun + 10 * ticks / rate:
            run.hold(1 + int((time.monotonic() - begun) * rate))
            before = page.metrics()["TaskDuration"]
            browser.listen(0.1)
            busy += page.metrics()["TaskDuration"] - before
            if run.ticks() > ticks / 3 and (not samples or run.ticks() - samples[-1][0] > ticks / 30):
                kilobytes, count = page.heap()
                samples.append((run.ticks(), kilobytes))
                nodes.append(count)
        seconds = time.monotonic() - begun
        pictures = page.evaluate("pictures")
        page.wait(f"{STATUS} === 'finished' && {LAST} === {ticks}", 60)
        numbers(page, checks, run, f"the last of {ticks} ticks")
        checks.note("no errors on a page left open", not page.complaints, "; ".join(page.complaints))
        page.close()
    slope = soak.Process("page", samples).slope(after=0)
    held = [kilobytes for _, kilobytes in samples]
    grown = statistics.median(held[len(held) // 2:]) - statistics.median(held[:len(held) // 2])
    checks.note(f"its memory is flat over {ticks} ticks", grown < 100 and max(nodes) - min(nodes) < 150,
                f"{grown:+.0f} kB from half to half, {slope:+.1f} kB per 1,000 ticks, {min(held):.0f} to {max(held):.0f} kB in {len(held)} samples; {min(nodes)} to {max(nodes)} nodes")
    checks.note("it was drawn all the time", pictures > seconds, f"{pictures} times in {seconds:.0f} s")
    checks.note("it leaves the processor alone", busy / seconds < 0.3, f"{100 * busy / seconds:.1f} % of a core at {ticks / seconds:.0f} ticks/s")


def check_all(program: str, folder: Path, browser: Browser, checks: Checks, is_short: bool) -> None:
    """All checks, in the order of a visit."""
    with ExitStack() as stack:
        # One agent is slow, so that the run lasts as long as the visit however fast the program.
        slow = "faults=[{name: strain, kind: slow, agents: [hesse], delaySeconds: 0.15}]"
        main = Run(program, ROOT / "Scenarios/world-week", folder / "main", "--set", slow)
        stack.callback(main.end)
        board = stack.enter_context(Dashboard(program, [main]))
        page = browser.open(board.address)
        page.wait(f"{LAST} >= 4")
        checks.note("the page follows the run", page.wait(f"{LAST} > {page.evaluate(LAST)}", 5))
        marks(page, checks)
        buttons(page, checks, main)
        looking_back(page, checks, main)
        keys(page, checks, main)
        reconnecting(page, checks, main, board)
        looks.check(page, checks)
        checks.note("no errors on the page", not page.complaints and not page.evaluate("document.documentElement.dataset.errors"),
                    "; ".join(page.complaints))
        ticks = 1000 if is_short else 10_000
        (folder / "soak").mkdir()
        soak.scenario(folder / "soak", ticks)
        other = Run(program, folder / "soak", folder / "other", "--set", "run.onLoss=fail")
        stack.callback(other.end)
        failed(browser, checks, main, other, program)
        lost(page, checks, main)
        long = Run(program, folder / "soak", folder / "long", "--in-process")
        stack.callback(long.end)
        long.hold(1)
        endurance(browser, checks, long, program, ticks)


def picture(program: str, folder: Path, browser: Browser, path: Path, ticks: int) -> None:
    """The main scenario, paused after some ticks."""
    run = Run(program, ROOT / "Scenarios/world-week", folder / "picture")
    try:
        run.hold(ticks)
        with Dashboard(program, [run]) as board:
            page = browser.open(board.address, 1440, 1000)
            page.prefer(color_scheme="light")
            page.wait(f"{STATUS} === 'held' && {SHOWN} === {ticks - 1}", 120)
            browser.listen(0.5)
            page.picture(path, whole=True)
    finally:
        run.end()
    print(f"{path}: world-week after {ticks} ticks")


def main() -> int:
    """Runs what is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--program", default=str(ROOT / ".build/release/gridtide"), help="the program to run")
    parser.add_argument("--short", action="store_true", help="leave a page open for 1,000 ticks only")
    parser.add_argument("--picture", type=Path, metavar="FILE", help="make the picture of the docs instead")
    arguments = parser.parse_args()
    path = chromium.program()
    if path is None:
        print("skipped, because there is no chromium")
        return 0
    program = os.path.abspath(arguments.program)
    checks = Checks()
    with tempfile.TemporaryDirectory(prefix="gridtide-dashboard-") as name, Browser(path) as browser:
        try:
            if arguments.picture is not None:
                picture(program, Path(name), browser, arguments.picture, ticks=122)
            else:
                check_all(program, Path(name), browser, checks, arguments.short)
        except (BrowserError, RunError, OSError):
            # What else would have been checked builds on what went wrong.
            checks.note("the visit went on to its end", False, traceback.format_exc(limit=-3).strip())
    return 1 if checks.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
