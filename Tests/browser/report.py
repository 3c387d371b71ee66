#!/usr/bin/env python3
"""Opens a report in a real browser as a person would, and prints what was found as JSON: report.py BROWSER PAGE FOLDER

Sizes and colours: 1440 x 900 and 390 x 844, light and dark. Keys: Tab through the whole page. Mouse: every button for SVG and
CSV, in dark colours; the files stay in FOLDER/downloads. Paper: FOLDER/paper.pdf. Pictures: FOLDER/*.png.
"""

import json
import sys
import xml.etree.ElementTree
from pathlib import Path

from chromium import Browser, Page

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


def show(page: Page, address: str, scheme: str, width: int = 1440, height: int = 900, mobile: bool = False) -> None:
    """Opens the report in a scheme and a size, and waits until every figure is drawn. Nothing moves by itself."""
    page.prefer(color_scheme=scheme, reduced_motion="reduce")
    page.resize(width, height, mobile=mobile)
    page.go(address)
    page.wait(DRAWN, 60)


def views(page: Page, address: str, folder: Path) -> list[dict]:
    """The page at each size and in each scheme: figures drawn, errors, and whether it is wider than the window."""
    found = []
    for scheme in ("light", "dark"):
        for name, width, height in SIZES:
            show(page, address, scheme, width, height, mobile=name == "phone")
            page.picture(folder / f"{name}-{scheme}.png", whole=True)
            found.append({
                "name": f"{name}-{scheme}", "drawn": int(page.evaluate("document.documentElement.dataset.drawn")),
                "errors": page.evaluate("document.documentElement.dataset.errors || ''"),
                "excess": page.evaluate("document.documentElement.scrollWidth") - width,
                "cut": page.evaluate("[...document.querySelectorAll('.plot')].filter(p => p.scrollWidth > p.clientWidth).map(p => p.id)"),
                "background": page.evaluate("getComputedStyle(document.body).backgroundColor"),
            })
    return found


def keys(page: Page, address: str) -> dict:
    """Every element that Tab reaches, until it is back at the first."""
    show(page, address, "light")
    reached: list[dict] = []
    while len(reached) < 2000:
        page.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None or (reached and focus["name"] == reached[0]["name"]):
            break
        reached.append(focus)
    show(page, address, "light")
    page.evaluate("document.querySelector('summary').focus()")
    page.press("Enter")
    opened = page.evaluate("document.querySelector('details').open")
    page.press("Tab")
    table = page.evaluate("document.activeElement.className")
    page.press("ArrowDown")
    return {"reached": reached, "opened": opened, "table": table}


def downloads(page: Page, address: str) -> list[dict]:
    """Every button, clicked with the mouse in dark colours, and what the file holds."""
    show(page, address, "dark")
    found = []
    buttons = page.evaluate("[...document.querySelectorAll('button[data-save]')].map(b => [b.dataset.save, b.dataset.figure])")
    for number, (kind, figure) in enumerate(buttons):
        if number % 8 == 7:  # a browser asks a person before it lets a page save many files
            show(page, address, "dark")
        page.click(f"button[data-save={kind}][data-figure='{figure}']")
        text = page.browser.saved(f"{figure}.{kind}").decode()
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
    program, report, folder = sys.argv[1], Path(sys.argv[2]).resolve(), Path(sys.argv[3])
    address = report.as_uri()
    with Browser(program) as browser:
        browser.save_into(folder / "downloads")
        page = browser.open("about:blank")
        page.follow()
        result = {"views": views(page, address, folder), "keys": keys(page, address), "files": downloads(page, address)}
        page.prefer(color_scheme="light", reduced_motion="reduce")
        page.paper(folder / "paper.pdf")
        browser.listen(0.2)
        result["requests"] = sorted(page.addresses - {address})
        result["messages"] = page.complaints
    print(json.dumps(result))


if __name__ == "__main__":
    main()
