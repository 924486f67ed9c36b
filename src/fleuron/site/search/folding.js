/* Folds and stems words as fleuron/site/search/stems.py does, with the same tables. It is written to language_data.js,
   after the stemmer of the language, and defines splitQuery and Stemmer for searchtools.js. */
((tables) => {
  const replaced = (text, pairs) => pairs.reduce((result, [old, other]) => result.replaceAll(old, other), text);
  const word = new RegExp(`[\\p{L}\\p{N}_${tables.marks}]+`, "gu");
  const latinMarks = new RegExp(tables.latinMarks, "g");
  const Stock = window.Stemmer;

  const fold = (text) => replaced(replaced(text.normalize("NFC"), tables.before).toLowerCase(), tables.after);
  const withoutDiacritics = (stem) =>
    replaced(stem.normalize("NFD").replace(latinMarks, "$1").normalize("NFC"), tables.undecomposed);
  const stemmed = (stock, whole) => {
    const replacement = tables.replacedBeginnings.find(([beginning]) => whole.startsWith(beginning));
    if (!replacement) return stock.stemWord(whole);
    const [beginning, other] = replacement;
    return beginning + stock.stemWord(other + whole.slice(beginning.length)).slice(other.length);
  };

  window.splitQuery = (text) => fold(text).match(word) || [];
  window.Stemmer = function () {
    const stock = new Stock();
    this.stemWord = (whole) => withoutDiacritics(stemmed(stock, whole));
  };
})
