/* Folds and stems words as fleuron/site/stems.py does, by the same tables. Stands in language_data.js, behind the
   stemmer of the language; gives searchtools.js its splitQuery and Stemmer. */
((tables) => {
  const replaced = (text, pairs) => pairs.reduce((done, [old, other]) => done.replaceAll(old, other), text);
  const word = new RegExp(`[\\p{L}\\p{N}_${tables.marks}]+`, "gu");
  const latinMarks = new RegExp(tables.latinMarks, "g");
  const Stock = window.Stemmer;

  const fold = (text) => replaced(replaced(text.normalize("NFC"), tables.before).toLowerCase(), tables.after);
  const bare = (stem) =>
    replaced(stem.normalize("NFD").replace(latinMarks, "$1").normalize("NFC"), tables.undecomposed);
  const stemmed = (stock, whole) => {
    const standIn = tables.standIns.find(([beginning]) => whole.startsWith(beginning));
    if (!standIn) return stock.stemWord(whole);
    const [beginning, other] = standIn;
    return beginning + stock.stemWord(other + whole.slice(beginning.length)).slice(other.length);
  };

  window.splitQuery = (text) => fold(text).match(word) || [];
  window.Stemmer = function () {
    const stock = new Stock();
    this.stemWord = (whole) => bare(stemmed(stock, whole));
  };
})
