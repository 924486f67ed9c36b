/* Adds to a page, which is complete without scripts: a switch between light and dark, notes that open at their call,
   wide tables and pictures that take the margin where no note stands, and a button that copies the citation. */
"use strict";

// This runs before the page is painted. A page that is opened from a disk may have no storage.
const storage = {
  get(name) {
    try { return localStorage.getItem(name); } catch { return null; }
  },
  set(name, value) {
    try { localStorage.setItem(name, value); } catch { /* the choice lasts as long as the page */ }
  },
};

const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  return root.dataset.light ? root.dataset.light === "dark" : system.matches;
}

if (["light", "dark"].includes(storage.get("fleuron-light"))) {
  root.dataset.light = storage.get("fleuron-light");
}

// The size and face of the text that the reader has chosen (reading.js).
for (const name of ["size", "face"]) {
  const chosen = storage.get(`fleuron-${name}`);
  if (chosen) {
    root.dataset[name] = chosen;
  }
}

/* The font that a page begins with is asked for before the page is laid out. On the web the page is shown meanwhile in a
   font of the reader's of the same width. On a disk, where it comes at once but after the first paint, all pages would
   move: they are hidden until then, for 300 ms at most. */
const first = [...document.fonts].filter((face) => face.display === "fallback");
first.forEach((face) => face.load().catch(() => {}));
if (first.length && location.protocol === "file:") {
  const late = new Promise((resolve) => setTimeout(resolve, 300));
  root.classList.add("awaits-fonts");
  Promise.race([Promise.all(first.map((face) => face.load())), late]).catch(() => {}).finally(() => {
    root.classList.remove("awaits-fonts");
  });
}

function setUpLamp(lamp) {
  const show = () => {
    lamp.setAttribute("aria-pressed", String(isDark()));
    // The colours of code have a style sheet for each, which only the system's setting would switch.
    for (const sheet of document.querySelectorAll("link[href*='pygments_dark']")) {
      sheet.media = root.dataset.light ? (isDark() ? "all" : "not all") : "(prefers-color-scheme: dark)";
    }
  };
  lamp.hidden = false;
  lamp.addEventListener("click", () => {
    root.dataset.light = isDark() ? "light" : "dark";
    storage.set("fleuron-light", root.dataset.light);
    show();
  });
  system.addEventListener("change", show);
  show();
}

/* A note is once on its page. It is a popover while it is open, and then returns to its place. */
function setUpNotes() {
  if (!("popover" in HTMLElement.prototype)) {
    return;
  }
  let openAtPress = null; // the pointer event that closes a note begins the click that would open it again
  document.addEventListener("pointerdown", () => {
    openAtPress = document.querySelector("aside.footnote:popover-open");
  }, true);
  for (const call of document.querySelectorAll("a[role='doc-noteref']")) {
    call.addEventListener("click", (event) => {
      const note = document.getElementById(call.hash.slice(1));
      const isInMargin = note && getComputedStyle(note).position === "absolute"; // in the margin, and visible
      if (!note || isInMargin || event.ctrlKey || event.metaKey || event.shiftKey) {
        return;
      }
      event.preventDefault();
      if (note !== openAtPress) {
        openNote(note, call);
      }
      openAtPress = null;
    });
  }
}

function openNote(note, call) {
  note.setAttribute("popover", "auto");
  note.setAttribute("tabindex", "-1");
  note.showPopover();
  note.focus({ preventScroll: true });
  if (call.getBoundingClientRect().bottom > note.getBoundingClientRect().top) {
    call.scrollIntoView({ block: "center" }); // the note would cover the line of its call
  }
  const goBack = (event) => {
    event.preventDefault();
    note.hidePopover();
  };
  const back = note.querySelector(".backlink");
  back?.addEventListener("click", goBack);
  // A link to another place of the page leads out of the note.
  let isLeft = false;
  const leave = (event) => {
    isLeft = event.target.closest("a:not(.backlink)")?.getAttribute("href").startsWith("#") ?? false;
    if (isLeft) {
      note.hidePopover();
    }
  };
  note.addEventListener("click", leave);
  note.addEventListener("beforetoggle", () => {
    back?.removeEventListener("click", goBack);
    note.removeEventListener("click", leave);
    const wasWithin = note.contains(document.activeElement) && !isLeft;
    setTimeout(() => {
      note.removeAttribute("popover");
      note.removeAttribute("tabindex");
      if (wasWithin) {
        call.focus({ preventScroll: true });
      }
    });
  }, { once: true });
}

function setUpCopying(button) {
  if (!navigator.clipboard) {
    return;
  }
  const source = document.getElementById(button.dataset.copies);
  const status = button.closest("section").querySelector("[role='status']");
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.textContent.replace(/\s+/g, " ").trim());
    status.textContent = button.dataset.done;
  });
}

/* What is wider than the text extends into the margin if no note stands there: their places depend on the window. */
function widenBlocks() {
  const wide = matchMedia("(min-width: 70em)").matches;
  const blocks = [...document.querySelectorAll("main section > :is(.table-wrapper, div.math, figure, .gallery, [class*='highlight-'])")];
  blocks.forEach((block) => block.classList.remove("wide"));
  for (const block of wide ? blocks.filter(isTooWide) : []) {
    const picture = block.matches("figure") ? block.querySelector("img") ?? block : block;
    const before = picture.getBoundingClientRect().width;
    block.classList.add("wide");
    const isWider = picture.getBoundingClientRect().width > before; // not a picture whose author gave it a width
    const box = block.getBoundingClientRect();
    const overlaps = [...document.querySelectorAll("aside.footnote")].some((note) => {
      const beside = note.getBoundingClientRect();
      return beside.top < box.bottom && beside.bottom > box.top && beside.left < box.right && beside.right > box.left;
    });
    block.classList.toggle("wide", isWider && !overlaps);
  }
}

function isTooWide(block) {
  const picture = block.querySelector("img");
  const code = block.querySelector("pre");
  if (block.matches(".full-width, .gallery, :has(> .full-width)")) {
    return true;
  }
  if (block.matches("figure")) {
    return Boolean(picture) && picture.naturalWidth > block.clientWidth;
  }
  if (!code) {
    return block.scrollWidth > block.clientWidth + 1;
  }
  code.style.whiteSpace = "pre";
  const hasLongLines = code.scrollWidth > code.clientWidth + 1;
  code.style.whiteSpace = "";
  return hasLongLines;
}

function setUpWideBlocks() {
  widenBlocks();
  addEventListener("load", widenBlocks); // pictures have their sizes, and letters their shapes
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth !== width) {
      width = innerWidth;
      requestAnimationFrame(widenBlocks);
    }
  });
}

/* Mark the reader's language on the landing page; the reader chooses. */
function setUpLanding() {
  const offered = [...document.querySelectorAll(".landing li[lang]")];
  for (const language of navigator.languages) {
    const match = offered.find((item) => item.lang === language)
      ?? offered.find((item) => item.lang.split("-")[0] === language.split("-")[0]);
    if (match) {
      match.querySelector(".yours").hidden = false;
      return;
    }
  }
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll(".lamp").forEach(setUpLamp);
  document.querySelectorAll("button.copy").forEach(setUpCopying);
  setUpNotes();
  setUpWideBlocks();
  setUpLanding();
});
