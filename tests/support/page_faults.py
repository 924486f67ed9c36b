"""What keeps a reader from reading a page or touching its links, as a browser measures it."""

from __future__ import annotations

from playwright.sync_api import Page

# Letters have at least 16 px, except raised and lowered ones; targets 24 px (WCAG 2.2, 2.5.8), except in lines of text;
# nothing is cut, and whatever scrolls can be reached by the keyboard.
FAULTS = r"""() => {
  const NOT_READ = "script, style, svg, math, .skip";
  const RAISED = "sub, sup, [role=doc-noteref], .between-calls, .headerlink";
  const LINES = "p, li, td, th, dd, dt, h1, h2, h3, h4, caption, figcaption";
  const TARGETS = "a[href]:not(.skip), button, input:not([type=hidden]), select, summary";
  const faults = new Set();
  const width = document.documentElement.clientWidth;
  if (width > screen.width) faults.add(`laid out ${width} px wide`);
  if (document.documentElement.scrollWidth > width) faults.add("the page scrolls sideways");
  const isShown = (element) => {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const isClipped = (part) => part && (getComputedStyle(part).clipPath !== "none" || isClipped(part.parentElement));
    if (!element.checkVisibility()) return false; // such as in a closed <details>
    return style.visibility !== "hidden" && !isClipped(element) && box.width > 1 && box.height > 1;
  };
  const named = (element) => {
    const name = element.tagName.toLowerCase();
    return `${name}.${element.className}: ${element.textContent.trim().slice(0, 40)}`;
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || element.closest(NOT_READ) || !isShown(element)) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size < 16 && !element.closest(RAISED))
      faults.add(`letters of ${size} px: ${named(element)}`);
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    const box = range.getBoundingClientRect();
    let around = element;
    while (around !== document.body && getComputedStyle(around).overflowX === "visible") around = around.parentElement;
    const edges = around === document.body ? { left: 0, right: width } : around.getBoundingClientRect();
    const scrolls = ["auto", "scroll"].includes(getComputedStyle(around).overflowX);
    if (!scrolls && box.width > 1 && (box.left < edges.left - 1 || box.right > edges.right + 1))
      faults.add(`cut: ${named(element)}`);
  }
  const isInLine = (link) => getComputedStyle(link).display === "inline" && link.closest(LINES);
  for (const target of document.querySelectorAll(TARGETS)) {
    const box = target.getBoundingClientRect();
    if (isShown(target) && !isInLine(target) && (box.width < 24 || box.height < 24))
      faults.add(`a target of ${box.width.toFixed(1)} by ${box.height.toFixed(1)} px: ${named(target)}`);
  }
  for (const element of document.body.querySelectorAll("*")) {
    const canScroll = ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
    if (canScroll && element.scrollWidth > element.clientWidth + 1 && element.tabIndex < 0)
      faults.add(`scrolls, and cannot be reached: ${named(element)}`);
  }
  return [...faults];
}"""


def page_faults(page: Page) -> list[str]:
    """Return what is wrong on the page that is open."""
    return list(page.evaluate(FAULTS))
