/* Adds to a page what a reader may want while reading: the size and face of the text, links to paragraphs, and marks on
   the words of the search that led here. fleuron.js has set the kept choices before the page was painted. */
"use strict";
{
  /* The steps of sizes, of which the style sheet has one each. */
  const SIZES = ["-1", "0", "1", "2", "3"];

  const setUpTextOptions = (options) => {
    const buttons = [...options.querySelectorAll("button")];
    const size = () => Math.max(SIZES.indexOf(root.dataset.size ?? "0"), 0);
    const show = () => {
      for (const button of buttons) {
        const { step, face } = button.dataset;
        if (step) {
          button.disabled = SIZES[size() + Number(step)] === undefined;
        } else {
          button.setAttribute("aria-pressed", String(face === (root.dataset.face ?? "")));
        }
      }
    };
    const choose = ({ step, face }) => {
      if (step) {
        root.dataset.size = SIZES[size() + Number(step)];
        storage.set("fleuron-size", root.dataset.size);
      } else {
        root.dataset.face = face;
        storage.set("fleuron-face", face);
      }
      show();
      widenBlocks();
    };
    for (const button of buttons) {
      button.addEventListener("click", () => choose(button.dataset));
    }
    options.hidden = false;
    options.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        options.open = false;
        options.querySelector("summary").focus();
      }
    });
    document.addEventListener("pointerdown", (event) => {
      options.open = options.open && options.contains(event.target);
    });
    show();
  };

  /* One button stands beside the paragraph that is pointed at, or in which words are selected. */
  const setUpPassageLink = (button) => {
    const name = button.title;
    let passage = null;
    const place = (paragraph) => {
      if (!paragraph || paragraph === passage) {
        return;
      }
      passage = paragraph;
      button.hidden = false;
      button.dataset.state = "";
      button.ariaLabel = button.title = name;
      const around = button.offsetParent.getBoundingClientRect();
      const box = paragraph.getBoundingClientRect();
      const isNarrow = matchMedia("(max-width: 46em)").matches;
      const isRtl = getComputedStyle(button).direction === "rtl";
      const end = isRtl ? box.left - around.left : around.right - box.right;
      button.style.insetBlockStart = `${(isNarrow ? box.bottom - 6 : box.top) - around.top}px`;
      button.style.insetInlineEnd = `${isNarrow ? end : end - button.offsetWidth - 4}px`;
    };
    const passageOf = (node) => {
      const element = node instanceof Element ? node : node?.parentElement;
      return element?.closest("article p[id^='p']:not(aside *)");
    };
    const address = () => {
      const canonical = document.querySelector("link[rel='canonical']")?.href;
      const here = location.protocol === "file:" && canonical ? canonical : location.href;
      return `${here.split(/[?#]/)[0]}#${passage.id}`;
    };
    document.addEventListener("pointerover", (event) => {
      if (event.pointerType === "mouse") {
        place(passageOf(event.target));
      }
    });
    document.addEventListener("selectionchange", () => {
      const selection = getSelection();
      if (!selection.isCollapsed) {
        place(passageOf(selection.anchorNode));
      }
    });
    button.addEventListener("click", async () => {
      if (navigator.clipboard) {
        await navigator.clipboard.writeText(address());
        button.dataset.state = "done";
        button.ariaLabel = button.title = button.dataset.done;
      } else {
        location.hash = passage.id; // the reader copies the address of the page
      }
    });
  };

  /* Mark the words that a search has found on this page (?found=word&found=other), until Escape is pressed. */
  const markFoundWords = () => {
    const words = new Set(new URLSearchParams(location.search).getAll("found"));
    if (!words.size || !CSS.highlights) {
      return;
    }
    const ranges = [];
    const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      for (const found of text.data.matchAll(/[\p{L}\p{N}\p{M}_\u00ad]+/gu)) {
        if (words.has(found[0])) {
          const range = new Range();
          range.setStart(text, found.index);
          range.setEnd(text, found.index + found[0].length);
          ranges.push(range);
        }
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        CSS.highlights.delete("found");
      }
    });
  };

  document.querySelectorAll(".text-options").forEach(setUpTextOptions);
  document.querySelectorAll(".passage-link").forEach(setUpPassageLink);
  markFoundWords();
}
