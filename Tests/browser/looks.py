"""Whether the page can be read and used by everybody: contrast, names, the order of the keyboard, motion, width."""

from __future__ import annotations

from typing import Protocol

from chromium import Page


class Notes(Protocol):
    """Where a check is noted."""

    def note(self, name: str, isRight: bool, seen: object = "") -> None:
        """Notes one."""


# Text whose contrast with what lies behind it is below what WCAG 2 asks for at level AA: 4.5, or 3 where it is large.
CONTRAST = """
(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const light = (colour) => {
    const [r, g, b] = colour.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => { for (; element; element = element.parentElement) { const colour = rgba(getComputedStyle(element).backgroundColor); if (colour[3] > 0) return colour; } return [255, 255, 255, 255]; };
  const weak = new Set(), texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement, style = getComputedStyle(element);
    if (!texts.currentNode.data.trim() || element.closest("script, style, template, noscript, svg, button:disabled, .hidden, [hidden]") || !element.getClientRects().length) continue;
    const [one, other] = [light(rgba(style.color)), light(behind(element))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05), size = parseFloat(style.fontSize);
    if (ratio < (size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5)) weak.add(ratio.toFixed(2) + " " + element.className + " " + texts.currentNode.data.trim().slice(0, 20));
  }
  return [...weak];
})()
"""
FOCUS = """
(() => {
  const element = document.activeElement, style = getComputedStyle(element);
  return [element.dataset.do || element.className || element.tagName.toLowerCase(), element.getAttribute("aria-label") || element.textContent.slice(0, 20), style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2];
})()
"""
NAMED = {"button", "slider", "image", "img", "region", "log", "table", "figure", "DisclosureTriangle"}


def check(page: Page, checks: Notes) -> None:
    """All of it, on a page of a run that stands."""
    for scheme in ("light", "dark"):
        page.prefer(color_scheme=scheme)
        weak = page.evaluate(CONTRAST)
        checks.note(f"text stands out from what is behind it, {scheme}", not weak, "; ".join(weak))
    page.prefer()
    nodes = page.call("Accessibility.getFullAXTree")["nodes"]
    parts = [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes if not node["ignored"]]
    nameless = [role for role, name in parts if role in NAMED - {"table", "figure"} and not name]
    checks.note("a screen reader finds a name for every control and picture", not nameless, ", ".join(nameless))
    page.press("Tab")
    page.evaluate("document.querySelector('[data-do=pause]').focus()")
    order: list[str] = []
    dark: list[str] = []
    while len(order) < 7:
        if order:
            page.press("Tab")
        what, name, has_ring = page.evaluate(FOCUS)
        order.append(name if what == "scroll" else what)
        if not has_ring:
            dark.append(what)
    wanted = ["pause", "step", "slider", "summary", "Areas", "Agents", "What happened"]
    checks.note("Tab goes through it in the order it is read", order == wanted, ", ".join(order))
    checks.note("what has the focus shows it", not dark, ", ".join(dark))
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.prefer(reduced_motion="reduce")
    page.evaluate("document.querySelector('.run').classList.add('moving')")
    seen = page.evaluate("[...document.querySelectorAll('.drift')].map((line) => getComputedStyle(line).visibility)")
    page.evaluate("document.querySelector('.run').classList.remove('moving')")
    page.prefer()
    checks.note("nothing moves for who wants no motion", set(seen) == {"hidden"})
    wide = []
    for width, height in ((1440, 1000), (1000, 800), (390, 844)):
        page.resize(width, height)
        page.browser.listen(0.2)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(str(width))
    page.resize(1440, 1000)
    checks.note("it fits screens 1440, 1000 and 390 wide", not wide, ", ".join(wide))
