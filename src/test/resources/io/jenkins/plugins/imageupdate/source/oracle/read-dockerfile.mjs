// Prints what the npm package "dockerfile-ast" finds in generated Dockerfiles, one JSON line a file.
import {readFileSync} from 'node:fs'
import {DockerfileParser} from 'dockerfile-ast'

const [folder, count] = process.argv.slice(2)
for (let n = 0; n < Number(count); n++) {
  const file = DockerfileParser.parse(readFileSync(`${folder}/dockerfile/${n}`, 'utf8'))
  const found = []
  for (const instruction of file.getInstructions()) {
    const line = instruction.getRange().start.line + 1
    const keyword = instruction.getKeyword()
    if (keyword === 'FROM') {
      found.push([line, 'FROM', instruction.getImage(), instruction.getBuildStage() ?? ''])
    } else if (keyword === 'COPY') {
      const from = instruction.getFlags().filter(flag => flag.getName() === 'from').map(flag => flag.getValue())
      found.push(...from.map(value => [line, 'COPY --from', value, '']))
    }
  }
  console.log(JSON.stringify({n, found}))
}
