/* The list of results. Sphinx 9.0's searchtools.js and its index find the pages; this shows them, with an excerpt.
   Of Search, performSearch and query are replaced; performTermsSearch, hasIndex and deferQuery are called, and
   _index is read. Nothing is fetched: a page opened from a disk may not. Its text comes in a script of its own. */
"use strict";
{
  const AT_ONCE = 10;
  // Of an excerpt, in characters: all of it, and what stands before the first word that is marked.
  const LENGTH = 260;
  const BEFORE = 90;
  const WORDS = /[\p{L}\p{N}\p{M}_\u00ad]+/gu;

  const element = (id) => document.getElementById(id);
  const root = () => document.documentElement;
  const path = (name) => root().dataset.content_root + name;
  const escaped = (name) => name.split("/").map(encodeURIComponent).join("/");

  /* Texts of pages, each loaded once. */
  const texts = new Map();
  const loading = new Map();
  window.SearchTexts = { add: (text) => texts.set(text.name, text) };

  const load = (name) => {
    if (!loading.has(name)) {
      loading.set(
        name,
        new Promise((resolve) => {
          const script = document.createElement("script");
          script.onload = script.onerror = () => resolve(texts.get(name));
          script.src = path(`_search/${escaped(name)}.js`);
          document.head.append(script);
        }),
      );
    }
    return loading.get(name);
  };

  /* What is looked for: stems, as the index has them. */
  const termsOf = (query) => {
    const stemmer = new Stemmer();
    const told = splitQuery(query).filter((word) => !stopwords.has(word) && !/^\d{1,2}$/.test(word));
    return new Set(told.map((word) => [stemmer.stemWord(word), word].find((each) => !stopwords.has(each))));
  };

  /* Make the function that tells which of the terms a word of a text answers to. */
  const answering = (terms) => {
    const stemmer = new Stemmer();
    const known = new Map();
    const { terms: inTexts, titleterms: inTitles } = Search._index;
    const whole = (term) => Object.hasOwn(inTexts, term) || Object.hasOwn(inTitles, term) || term.length < 3;
    const sought = [...terms].map((term) => ({ term, whole: whole(term) }));
    const answers = (part) => {
      const stem = stemmer.stemWord(part);
      return sought.filter(({ term, whole }) => [stem, part].some((each) => (whole ? each === term : each.includes(term))));
    };
    return (word) => {
      if (!known.has(word)) known.set(word, splitQuery(word).flatMap(answers));
      return known.get(word);
    };
  };

  const hitsIn = (text, answer) => [...text.matchAll(WORDS)].filter(([word]) => answer(word).length);

  /* Sphinx's hits, those first that are about it by their title; headings count as titles to Sphinx. */
  const find = (terms, answer) => {
    const entitled = (title) => new Set((title.match(WORDS) || []).flatMap(answer)).size / terms.size;
    const found = Search.performTermsSearch(terms, new Set()).map(([name, title, , , score]) => ({
      name,
      title,
      score: score + Scorer.title * entitled(title),
    }));
    return found.sort((a, b) => b.score - a.score || (a.title < b.title ? -1 : a.title > b.title ? 1 : 0));
  };

  /* The passage that has most of the terms, and where in it the first stands. */
  const bestPassage = (passages, answer) => {
    let best = { passage: passages[0], hits: [], count: 0 };
    for (const passage of passages) {
      const hits = hitsIn(passage.text, answer);
      const heading = hitsIn(passage.heading, answer);
      const count = new Set([...heading, ...hits].flatMap(([word]) => answer(word))).size;
      if (count > best.count) best = { passage, hits, count };
    }
    return best;
  };

  const excerpt = (text, at) => {
    let start = at > BEFORE ? at - BEFORE : 0;
    if (start) start = text.indexOf(" ", start) + 1 || start;
    let end = Math.min(start + LENGTH, text.length);
    if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), start + 1);
    return `${start ? "… " : ""}${text.slice(start, end)}${end < text.length ? " …" : ""}`;
  };

  /* Elements; text of a publication gets into them as text alone. */
  const made = (name, className, ...children) => {
    const node = document.createElement(name);
    if (className) node.className = className;
    node.append(...children);
    return node;
  };

  const marked = (text, answer) => {
    const parts = [];
    let end = 0;
    for (const hit of hitsIn(text, answer)) {
      parts.push(text.slice(end, hit.index), made("mark", "", hit[0]));
      end = hit.index + hit[0].length;
    }
    return [...parts, text.slice(end)];
  };

  const item = (result, text, answer) => {
    const { passage, hits } = bestPassage(text?.passages || [], answer);
    const link = made("a", "", ...marked(text?.title || result.title, answer));
    const place = passage?.id ? `#${encodeURIComponent(passage.id)}` : "";
    link.href = path(escaped(result.name) + DOCUMENTATION_OPTIONS.LINK_SUFFIX + place);
    const shown = made("li", "search-result", made("h2", "", link));
    const origin = [text?.authors.join(", "), text?.date].filter(Boolean).join(" · ");
    if (origin) shown.append(made("p", "search-origin", ...marked(origin, answer)));
    if (passage) {
      const heading = passage.heading ? [made("span", "search-section", ...marked(passage.heading, answer)), " "] : [];
      const words = marked(excerpt(passage.text, hits[0]?.index ?? 0), answer);
      shown.append(made("p", "search-excerpt", ...heading, ...words));
    }
    return shown;
  };

  /* One search at a time: what an earlier one still loads is not shown. */
  let current = 0;
  let waiting = [];
  let answer = () => [];

  const tell = (words) => {
    element("search-status").textContent = words;
  };

  const showNext = async () => {
    const search = current;
    const next = waiting.splice(0, AT_ONCE);
    const loaded = await Promise.all(next.map(({ name }) => load(name)));
    if (search !== current) return undefined;
    const items = next.map((result, number) => item(result, loaded[number], answer));
    element("search-results").append(...items);
    element("search-more").hidden = !waiting.length;
    return items[0];
  };

  const clear = () => {
    current += 1;
    waiting = [];
    element("search-results").replaceChildren();
    element("search-more").hidden = true;
    tell("");
  };

  Search.query = async (query) => {
    clear();
    const terms = termsOf(query);
    answer = answering(terms);
    waiting = find(terms, answer);
    const { found, nothing } = element("search-status").dataset;
    const count = new Intl.NumberFormat(root().lang).format(waiting.length);
    const words = waiting.length ? `${found} ${count}` : nothing;
    await showNext();
    tell(words);
  };

  Search.performSearch = (query) => {
    clear();
    if (!query.trim()) return;
    tell(element("search-status").dataset.searching);
    if (Search.hasIndex()) Search.query(query);
    else Search.deferQuery(query);
  };

  const submit = (event) => {
    const query = event.target.elements.q.value;
    const address = new URL(window.location.href);
    if (query.trim()) address.searchParams.set("q", query);
    else address.searchParams.delete("q");
    window.history.replaceState(null, "", address);
    event.preventDefault();
    Search.performSearch(query);
  };

  document.addEventListener("DOMContentLoaded", () => {
    element("search-form").addEventListener("submit", submit);
    element("search-more").addEventListener("click", async () => (await showNext())?.querySelector("a").focus());
  });
}
