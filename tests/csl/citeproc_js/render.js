// Renders with citeproc-js. Reads one case a line from stdin and answers each with one line, in order:
//   {"style": XML, "locales": FOLDER, "lang": TEXT, "mode": "bibliography" | "citation", "together": BOOL, "items": [...]}
//   {"html": [TEXT | null, ...]}, one for each item, or {"error": TEXT}
"use strict";

const fs = require("fs");
const readline = require("readline");
const CSL = require("citeproc");

CSL.debug = () => {};
const locales = new Map();

function readLocale(folder, lang) {
  const file = `${folder}/locales-${lang}.xml`;
  if (!locales.has(file)) {
    locales.set(file, fs.existsSync(file) ? fs.readFileSync(file, "utf8") : false);
  }
  return locales.get(file);
}

function bibliographyOf(engine) {
  const [about, entries] = engine.makeBibliography() || [{ entry_ids: [], bibliography_errors: [] }, []];
  // Items of which nothing prints have an id and no entry.
  const failed = new Set(about.bibliography_errors.map((error) => String(error.itemID)));
  const printed = about.entry_ids.map((ids) => String(ids[0])).filter((id) => !failed.has(id));
  return new Map(printed.map((id, at) => [id, entries[at]]));
}

function render(test) {
  const items = new Map(test.items.map((item) => [String(item.id), item]));
  const system = {
    retrieveLocale: (lang) => readLocale(test.locales, lang),
    // A copy: the engine adds to what it is given.
    retrieveItem: (id) => structuredClone(items.get(String(id))),
  };
  const engine = new CSL.Engine(system, test.style, test.lang || undefined);
  const ids = [...items.keys()];
  if (test.together) {
    engine.updateItems(ids);
  }
  const found = test.together && test.mode === "bibliography" ? bibliographyOf(engine) : null;
  return ids.map((id) => {
    if (found) {
      return found.has(id) ? found.get(id) : null;
    }
    if (!test.together) {
      engine.updateItems([id]);
    }
    if (test.mode === "citation") {
      return engine.makeCitationCluster([{ id }]);
    }
    const entries = bibliographyOf(engine);
    return entries.has(id) ? entries.get(id) : null;
  });
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  let answer;
  try {
    answer = { html: render(JSON.parse(line)) };
  } catch (error) {
    answer = { error: String(error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
});
