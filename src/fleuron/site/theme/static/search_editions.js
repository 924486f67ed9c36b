/* Searches all editions at once, if the reader asks for it. The search page of each other edition is opened unseen: it
   finds words as its own language has them, and says what it found. Nothing of another edition is loaded before. Pages
   on a disk may not read each other, so they send messages; they are taken only from the pages that were opened here. */
"use strict";
{
  const root = document.documentElement;
  const box = document.getElementById("search-all");
  const place = document.getElementById("search-editions");
  const query = () => document.getElementById("search-form").elements.q.value.trim();

  /* A result as a value that a message can have, and the elements of such a value: no text is read as HTML. */
  const packed = (node) => (node.nodeType === Node.TEXT_NODE
    ? node.data
    : [node.localName, node.className, node.href ?? "", [...node.childNodes].map(packed)]);
  const HEADINGS = { h2: "h3" };
  const NAMES = new Set(["li", "h2", "a", "p", "span", "mark"]);

  const unpacked = (value) => {
    if (!Array.isArray(value)) {
      return String(value);
    }
    const [name, className, address, children] = value;
    const node = document.createElement(NAMES.has(name) ? HEADINGS[name] ?? name : "span");
    if (className) node.className = className;
    if (name === "a" && /^(https?|file):/.test(address)) node.href = address;
    node.append(...children.map(unpacked));
    return node;
  };

  const answer = () => {
    const found = [...document.querySelectorAll("#search-results > li")].map(packed);
    const status = document.getElementById("search-status").textContent;
    window.parent.postMessage({ results: found, status, language: root.lang, direction: root.dir }, "*");
  };

  /* The sections of results, by the windows that find them. */
  const sections = new Map();

  const ask = () => {
    place.replaceChildren();
    sections.clear();
    if (!box?.checked || !query()) {
      return;
    }
    for (const link of document.querySelectorAll("#text > .also a")) {
      const section = document.createElement("section");
      const frame = document.createElement("iframe");
      section.className = "search-edition";
      section.hidden = true;
      section.lang = link.lang;
      frame.hidden = true;
      frame.src = link.href;
      place.append(section, frame);
      sections.set(frame.contentWindow, { section, link });
    }
  };

  const show = ({ section, link }, { results, status, direction }) => {
    const heading = document.createElement("h2");
    const words = document.createElement("p");
    const list = document.createElement("ol");
    heading.append(link.cloneNode(true));
    words.textContent = status;
    list.append(...results.map(unpacked));
    section.dir = direction === "rtl" ? "rtl" : "ltr";
    section.replaceChildren(heading, words, list);
    section.hidden = false;
  };

  const keepChoice = () => {
    const address = new URL(location.href);
    if (box.checked) address.searchParams.set("all", "1");
    else address.searchParams.delete("all");
    history.replaceState(null, "", address);
  };

  if (window.parent !== window) {
    document.addEventListener("search-results", answer);
  } else if (box) {
    box.closest("label").hidden = false;
    box.checked = new URLSearchParams(location.search).get("all") === "1";
    box.addEventListener("change", () => {
      keepChoice();
      ask();
    });
    document.addEventListener("search-begins", ask);
    addEventListener("message", (event) => {
      const known = sections.get(event.source);
      if (known && Array.isArray(event.data?.results)) {
        show(known, event.data);
      }
    });
  }
}
