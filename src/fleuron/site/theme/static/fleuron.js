/* What a script adds to a page that is whole without it: light or dark by hand, notes that open where
   the reader is, and a citation to copy. */
"use strict";

// Before the page is painted. A page opened from a disk may have no storage, and asks in vain.
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

/* The stylesheet carries the face that a page begins with. Chromium 156 decodes it behind the first paint all the
   same, and the page would be painted in another and then move: show it a moment later, but not much. */
const carried = [...document.fonts].filter((face) => face.display === "block");
if (carried.length) {
  const late = new Promise((resolve) => setTimeout(resolve, 300));
  root.classList.add("in-press");
  Promise.race([Promise.all(carried.map((face) => face.load())), late]).catch(() => {}).finally(() => {
    root.classList.remove("in-press");
  });
}

function setUpLamp(lamp) {
  const show = () => {
    lamp.setAttribute("aria-pressed", String(isDark()));
    // The colours of code are a sheet for each, which the system's choice alone would switch.
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

/* A note stands once on its page. It becomes a popover while it is open, and goes back to its place. */
function setUpNotes() {
  if (!("popover" in HTMLElement.prototype)) {
    return;
  }
  let openAtPress = null; // the press that closes a note is the beginning of the click that would open it again
  document.addEventListener("pointerdown", () => {
    openAtPress = document.querySelector("aside.footnote:popover-open");
  }, true);
  for (const call of document.querySelectorAll("a[role='doc-noteref']")) {
    call.addEventListener("click", (event) => {
      const note = document.getElementById(call.hash.slice(1));
      const stands = note && getComputedStyle(note).position === "absolute"; // in the margin, in sight
      if (!note || stands || event.ctrlKey || event.metaKey || event.shiftKey) {
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
    call.scrollIntoView({ block: "center" }); // the note would lie over the line it belongs to
  }
  const goBack = (event) => {
    event.preventDefault();
    note.hidePopover();
  };
  const back = note.querySelector(".backlink");
  back?.addEventListener("click", goBack);
  note.addEventListener("beforetoggle", () => {
    back?.removeEventListener("click", goBack);
    const wasWithin = note.contains(document.activeElement);
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

/* On the page above all editions: mark the reader's language. Where to go is the reader's to say. */
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
  setUpLanding();
});
