/* Shows the results of a search, with excerpts. Sphinx 9.0's searchtools.js and its index find the pages: of its object
   Search, performSearch and query are replaced, performTermsSearch, hasIndex and deferQuery are called, and _index is
   read. A page that is opened from a disk may not fetch files, so the text of each page is loaded as a script. */
"use strict";
{
  const AT_ONCE = 10;
  // The length of an excerpt, and of its part before the first marked word, in characters.
  const LENGTH = 260;
  const BEFORE = 90;
  // As many forms of words are marked on the page to which a result leads.
  const MOST_FORMS = 20;
  const WORDS = /[\p{L}\p{N}\p{M}_\u00ad]+/gu;

  const element = (id) => document.getElementById(id);
  const root = () => document.documentElement;
  const path = (name) => root().dataset.content_root + name;
  const escaped = (name) => name.split("/").map(encodeURIComponent).join("/");

  /* The texts of pages, each loaded once. */
  const texts = new Map();
  const loading = new Map();
  let facets = {};
  window.SearchTexts = {
    add: (text) => texts.set(text.name, text),
    addFacets: (found) => { facets = found; },
  };

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

  /* The stems of a query, as they are in the index. */
  const termsOf = (query) => {
    const stemmer = new Stemmer();
    const searched = splitQuery(query).filter((word) => !stopwords.has(word) && !/^\d{1,2}$/.test(word));
    return new Set(searched.map((word) => [stemmer.stemWord(word), word].find((each) => !stopwords.has(each))));
  };

  /* Return a function that returns the terms which a word of a text matches. */
  const matcherOf = (terms) => {
    const stemmer = new Stemmer();
    const known = new Map();
    const { terms: inTexts, titleterms: inTitles } = Search._index;
    const whole = (term) => Object.hasOwn(inTexts, term) || Object.hasOwn(inTitles, term) || term.length < 3;
    const sought = [...terms].map((term) => ({ term, whole: whole(term) }));
    const matches = (part) => {
      const stem = stemmer.stemWord(part);
      return sought.filter(({ term, whole }) => [stem, part].some((each) => (whole ? each === term : each.includes(term))));
    };
    return (word) => {
      if (!known.has(word)) known.set(word, splitQuery(word).flatMap(matches));
      return known.get(word);
    };
  };

  const hitsIn = (text, match) => [...text.matchAll(WORDS)].filter(([word]) => match(word).length);

  /* Sphinx's results, first those that have the terms in the title; Sphinx counts headings as titles. */
  const find = (terms, match) => {
    const entitled = (title) => new Set((title.match(WORDS) || []).flatMap(match)).size / terms.size;
    const found = Search.performTermsSearch(terms, new Set()).map(([name, title, , , score]) => ({
      name,
      title,
      score: score + Scorer.title * entitled(title),
    }));
    return found.sort((a, b) => b.score - a.score || (a.title < b.title ? -1 : a.title > b.title ? 1 : 0));
  };

  /* The passage with most of the terms, and their positions in it. */
  const bestPassage = (passages, match) => {
    let best = { passage: passages[0], hits: [], count: 0 };
    for (const passage of passages) {
      const hits = hitsIn(passage.text, match);
      const heading = hitsIn(passage.heading ?? "", match);
      const count = new Set([...heading, ...hits].flatMap(([word]) => match(word))).size;
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

  /* Make an element; strings become text nodes, so that no text of a publication is read as HTML. */
  const makeElement = (name, className, ...children) => {
    const node = document.createElement(name);
    if (className) node.className = className;
    node.append(...children);
    return node;
  };

  const marked = (text, match) => {
    const parts = [];
    let end = 0;
    for (const hit of hitsIn(text, match)) {
      parts.push(text.slice(end, hit.index), makeElement("mark", "", hit[0]));
      end = hit.index + hit[0].length;
    }
    return [...parts, text.slice(end)];
  };

  /* The forms of the sought words that a page has, for reading.js to mark: part of the page's address. */
  const foundIn = (text, match) => {
    const words = [text?.title ?? "", ...(text?.passages ?? []).flatMap((each) => [each.heading ?? "", each.text])];
    const forms = new Set(words.flatMap((each) => hitsIn(each, match).map(([word]) => word)));
    const query = new URLSearchParams([...forms].slice(0, MOST_FORMS).map((form) => ["found", form]));
    return forms.size ? `?${query}` : "";
  };

  const item = (result, text, match) => {
    const { passage, hits } = bestPassage(text?.passages || [], match);
    const link = makeElement("a", "", ...marked(text?.title || result.title, match));
    const place = passage?.id ? `#${encodeURIComponent(passage.id)}` : "";
    link.href = path(escaped(result.name) + DOCUMENTATION_OPTIONS.LINK_SUFFIX + foundIn(text, match) + place);
    const shown = makeElement("li", "search-result", makeElement("h2", "", link));
    const origin = [text?.authors.join(", "), text?.date].filter(Boolean).join(" · ");
    if (origin) shown.append(makeElement("p", "search-origin", ...marked(origin, match)));
    if (passage) {
      const heading = passage.heading ? [makeElement("span", "search-section", ...marked(passage.heading, match)), " "] : [];
      const at = hits[0]?.index ?? 0;
      const words = marked(excerpt(passage.text, at), match);
      const [, page] = (passage.pages ?? []).findLast(([begin]) => begin <= at) ?? [];
      const folio = element("search-results").dataset.page.replace("{number}", page);
      const printed = page ? [" ", makeElement("span", "search-page", folio)] : [];
      shown.append(makeElement("p", "search-excerpt", ...heading, ...words, ...printed));
    }
    return shown;
  };

  /* One search at a time: results of an earlier one that are still loading are not shown. */
  let current = 0;
  let waiting = [];
  let match = () => [];

  const setStatus = (words) => {
    element("search-status").textContent = words;
  };

  const showNext = async () => {
    const search = current;
    const next = waiting.splice(0, AT_ONCE);
    const loaded = await Promise.all(next.map(({ name }) => load(name)));
    if (search !== current) return undefined;
    const items = next.map((result, number) => item(result, loaded[number], match));
    element("search-results").append(...items);
    element("search-more").hidden = !waiting.length;
    return items[0];
  };

  const clear = () => {
    current += 1;
    waiting = [];
    element("search-results").replaceChildren();
    element("search-more").hidden = true;
    setStatus("");
  };

  /* The results before they are narrowed by author, year and keyword, each a choice. */
  let results = [];
  const choices = () => [...element("search-filters").querySelectorAll("select")];
  const valuesOf = (result, choice) => facets[result.name]?.[choice.dataset.kind] ?? [];

  const offerChoices = () => {
    const compare = new Intl.Collator(root().lang, { numeric: true }).compare;
    for (const choice of choices()) {
      const values = [...new Set(results.flatMap((result) => valuesOf(result, choice)))].sort(compare);
      if (choice.dataset.kind === "years") values.reverse();
      choice.replaceChildren(choice.options[0], ...values.map((value) => new Option(value, value)));
      choice.value = "";
      choice.parentElement.hidden = values.length < 2;
    }
    element("search-filters").hidden = choices().every((choice) => choice.parentElement.hidden);
  };

  const showResults = async () => {
    clear();
    waiting = results.filter((result) => choices().every(
      (choice) => !choice.value || valuesOf(result, choice).includes(choice.value),
    ));
    const { found, nothing } = element("search-status").dataset;
    const count = new Intl.NumberFormat(root().lang).format(waiting.length);
    const words = waiting.length ? `${found} ${count}` : nothing;
    await showNext();
    setStatus(words);
    document.dispatchEvent(new Event("search-results")); // for search_editions.js
  };

  /* The search pages of the other editions are given the same words. */
  const passOn = (query) => {
    for (const link of document.querySelectorAll(".also a")) {
      link.search = query.trim() ? new URLSearchParams({ q: query }).toString() : "";
    }
  };

  Search.query = async (query) => {
    const terms = termsOf(query);
    match = matcherOf(terms);
    results = find(terms, match);
    offerChoices();
    await showResults();
  };

  Search.performSearch = (query) => {
    clear();
    passOn(query);
    results = [];
    offerChoices();
    document.dispatchEvent(new Event("search-begins"));
    if (!query.trim()) return;
    setStatus(element("search-status").dataset.searching);
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
    element("search-filters").addEventListener("change", showResults);
    element("search-more").addEventListener("click", async () => (await showNext())?.querySelector("a").focus());
  });
}
