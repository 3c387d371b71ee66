#!/usr/bin/env python3
"""Opens a report in a real browser as a person would, and prints what was found as JSON: report.py BROWSER PAGE FOLDER

Sizes and colours: 1440 x 900 and 390 x 844, light and dark. Keys: Tab through the whole page. Mouse: every button for SVG and
CSV, in dark colours; the files stay in FOLDER/downloads. Paper: FOLDER/paper.pdf. Pictures: FOLDER/*.png.
"""

import json
import sys
import xml.etree.ElementTree
from pathlib import Path

from browser import Browser

SIZES = [("desk", 1440, 900), ("phone", 390, 844)]
DRAWN = "document.documentElement.dataset.drawn !== undefined"
# What has the focus, and whether one sees it.
FOCUS = """(() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  return {name: e.getAttribute('aria-label') || e.textContent.trim().slice(0, 60), tag: e.tagName.toLowerCase(),
    outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    inside: box.bottom > 0 && box.top < innerHeight && box.width > 0};
})()"""


def views(browser: Browser, page: str, folder: Path) -> list[dict]:
    """The page at each size and in each scheme: figures drawn, errors, and whether it is wider than the window."""
    found = []
    for scheme in ("light", "dark"):
        browser.scheme(scheme)
        for name, width, height in SIZES:
            browser.size(width, height, mobile=name == "phone")
            browser.open(page)
            browser.wait(DRAWN)
            browser.picture(str(folder / f"{name}-{scheme}.png"), whole=True)
            found.append({
                "name": f"{name}-{scheme}", "drawn": int(browser.value("document.documentElement.dataset.drawn")),
                "errors": browser.value("document.documentElement.dataset.errors || ''"),
                "excess": browser.value("document.documentElement.scrollWidth") - width,
                "cut": browser.value("[...document.querySelectorAll('.plot')].filter(p => p.scrollWidth > p.clientWidth).map(p => p.id)"),
                "background": browser.value("getComputedStyle(document.body).backgroundColor"),
            })
    return found


def keys(browser: Browser, page: str) -> dict:
    """Every element that Tab reaches, until it is back at the first."""
    browser.scheme("light")
    browser.size(1440, 900)
    browser.open(page)
    browser.wait(DRAWN)
    reached: list[dict] = []
    while len(reached) < 2000:
        browser.press("Tab")
        focus = browser.value(FOCUS)
        if focus is None or (reached and focus["name"] == reached[0]["name"]):
            break
        reached.append(focus)
    browser.open(page)
    browser.wait(DRAWN)
    browser.value("document.querySelector('summary').focus()")
    browser.press("Enter")
    opened = browser.value("document.querySelector('details').open")
    browser.press("Tab")
    table = browser.value("document.activeElement.className")
    browser.press("ArrowDown")
    return {"reached": reached, "opened": opened, "table": table}


def downloads(browser: Browser, page: str) -> list[dict]:
    """Every button, clicked with the mouse in dark colours, and what the file holds."""
    browser.scheme("dark")
    browser.size(1440, 900)
    browser.open(page)
    browser.wait(DRAWN)
    found = []
    buttons = browser.value("[...document.querySelectorAll('button[data-save]')].map(b => [b.dataset.save, b.dataset.figure])")
    for number, (kind, figure) in enumerate(buttons):
        if number % 8 == 7:  # a browser asks a person before it lets a page save many files
            browser.open(page)
            browser.wait(DRAWN)
        browser.click(f"button[data-save={kind}][data-figure='{figure}']")
        text = browser.download(f"{figure}.{kind}").decode()
        file = {"figure": figure, "kind": kind, "bytes": len(text)}
        if kind == "svg":
            root = xml.etree.ElementTree.fromstring(text)
            file["marks"] = sum(1 for element in root.iter() if element.tag.endswith("}path"))
            file["variables"] = text.count("var(")
            # The colour of words on paper, and that of words on dark pages.
            file["dark"] = sum(text.count(colour) for colour in ("#e6eaf0", "#12161c", "#1a2028", "#9aa6b4"))
            file["ground"] = 'fill="#ffffff"' in text
        found.append(file)
    return found


def main() -> None:
    program, page, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    with Browser(program, folder) as browser:
        result = {"views": views(browser, page, folder), "keys": keys(browser, page), "files": downloads(browser, page)}
        browser.scheme("light")
        browser.paper(str(folder / "paper.pdf"))
        own = Path(page).resolve().as_uri()
        result["requests"] = sorted({address for address in browser.requests() if address != own})
        result["messages"] = browser.messages
    print(json.dumps(result))


if __name__ == "__main__":
    main()
