// Prints what the npm package "yaml" makes of generated files, one JSON line a file: the hash of all documents, scalars as texts.
import {createHash} from 'node:crypto'
import {readFileSync} from 'node:fs'
import {parseAllDocuments} from 'yaml'

const [folder, count] = process.argv.slice(2)
const canonical = value =>
  Array.isArray(value) ? '[' + value.map(canonical).join(',') + ']'
    : value instanceof Map ? '{' + [...value].map(([k, v]) => canonical(k) + ':' + canonical(v)).join(',') + '}'
      : JSON.stringify(value ?? '')
for (let n = 0; n < Number(count); n++) {
  const text = readFileSync(`${folder}/yaml/${n}.yaml`, 'utf8')
  const documents = parseAllDocuments(text, {schema: 'failsafe'})
  const line = {n}
  if (documents.some(document => document.errors.length)) {
    line.error = true
  } else {
    const all = documents.map(document => canonical(document.toJS({mapAsMap: true}))).join('\n')
    line.sha = createHash('sha256').update(all).digest('hex').slice(0, 16)
  }
  console.log(JSON.stringify(line))
}
