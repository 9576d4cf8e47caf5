// Reads with citation-js what stands on standard input, {"type": INPUT TYPE, "texts": [...]}, each text by itself, and
// answers with a list of {"records": NUMBER, "complaint": TEXT}. The first argument is a folder with `node_modules`.

const { createRequire } = require('node:module')
const path = require('node:path')

const load = createRequire(path.join(path.resolve(process.argv[2]), 'index.js'))
const { plugins, logger } = load('@citation-js/core')
for (const name of ['bibtex', 'ris', 'csl']) {
  load('@citation-js/plugin-' + name)
}

let said = []
const listen = (...words) => said.push(words.map(String).join(' '))
logger.level = 'warn'
logger._console = { log: listen, info: listen, warn: listen, error: listen }

function read (type, text) {
  said = []
  let records = 0
  try {
    // Whatever an address in a record leads to is not asked for.
    const input = type.startsWith('@csl') ? JSON.parse(text) : text
    records = plugins.input.chain(input, { forceType: type, maxChainLength: 10 }).length
  } catch (error) {
    said.push(String(error.message || error))
  }
  return { records, complaint: said.join('\n') }
}

const { type, texts } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'))
process.stdout.write(JSON.stringify(texts.map((text) => read(type, text))))
