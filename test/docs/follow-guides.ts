import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { sha256 } from '../../src/content/text/hash.ts'
import { codeBlocks } from './read-page.ts'

/** What a clone holds of the repository, beside what is installed. */
const SOURCES = [
  ...['src', 'graphs', 'tools', 'prompts', 'test', 'bench', 'scripts', 'docs', 'examples'],
  ...[
    'README.md',
    'package.json',
    'tsconfig.json',
    'biome.json',
    '.gitignore',
    '.dependency-cruiser.js',
    'vitest.config.ts',
  ],
]

/** A copy of the repository, to be changed as a guide says. */
export function clone(): string {
  const folder = mkdtempSync(join(tmpdir(), 'linernotes-guides-'))
  for (const name of SOURCES) cpSync(name, join(folder, name), { recursive: true })
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  return folder
}

/** Does in a folder what "Add an agent" says, with the code that stands there. */
export function addTheAgent(folder: string): void {
  const { block, write, after, replace } = hands(folder, 'docs/guides/add-an-agent.md')
  write('src/content/labels/glossary-label.ts', block('ts', 'export const glossaryLabel = '))
  after(
    'src/content/labels/label-types.ts',
    'import { entityLabel }',
    block('ts', "import { glossaryLabel } from './glossary-label.ts'"),
  )
  after('src/content/labels/label-types.ts', '  attributeLabel,', block('ts', '  glossaryLabel,'))
  write('graphs/agents/glossary.ts', block('ts', 'export const glossary = '))
  write('prompts/glossary/v1.md', block('md', 'agent: glossary'))
  publish(folder, 'glossary/v1', 'entities/v1')
  after('graphs/agents/registry.ts', 'import { entities }', block('ts', "from './glossary.ts'"))
  replace('graphs/agents/registry.ts', 'export const AGENTS = ', block('ts', 'export const AGENTS = '))
  after('graphs/understanding.ts', 'import { entities }', block('ts', "from './agents/glossary.ts'"))
  after('graphs/understanding.ts', "  .addNode('attributes'", block('ts', '.addNode('))
  after('graphs/understanding.ts', "  .addEdge('attributes'", block('ts', '.addEdge('))
}

/** Does in a folder what "Add a tool" says, with the code that stands there. */
export function addTheTool(folder: string): void {
  const { page, block, write, after, replace, read } = hands(folder, 'docs/guides/add-a-tool.md')
  write('tools/speaker-shares.ts', block('ts', 'export const speakerShares'))
  after('graphs/agents/attributes.ts', 'import { readTranscript }', block('ts', 'import { speakerShares }'))
  replace('graphs/agents/attributes.ts', '  tools: [', block('ts', '  tools: ['))
  const sentence = /^> (.*)$/m.exec(page)?.[1] ?? ''
  write('prompts/attributes/v2.md', `${read('prompts/attributes/v1.md').trimEnd()}\n${sentence}`)
  replace('prompts/attributes/v2.md', 'version: 1', 'version: 2')
  replace('graphs/agents/attributes.ts', "  prompt: '", `  ${/prompt: 'attributes\/v2'/.exec(page)?.[0]},`)
  publish(folder, 'attributes/v2', 'attributes/v1')
  after('test/tools/contract.test.ts', 'import { searchTranscript }', block('ts', 'import { speakerShares }'))
  after('test/tools/contract.test.ts', '  [checkEvidence, ', block('ts', '[speakerShares, {'))
}

/** Adds a prompt to the list of those that are published. */
function publish(folder: string, id: string, before: string): void {
  const hash = sha256(readFileSync(join(folder, 'prompts', `${id}.md`), 'utf8'))
  hands(folder, '').after('prompts/hashes.json', `  "${before}"`, `  "${id}": "${hash}",`)
}

/** What a reader of a page does: copies blocks into files, and sets lines into them. */
function hands(folder: string, page: string) {
  const read = (file: string) => readFileSync(join(folder, file), 'utf8')
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), `${text}\n`)
  }
  const edit = (file: string, beginning: string, change: (line: string) => string[]) => {
    const lines = read(file).trimEnd().split('\n')
    const at = lines.findIndex((line) => line.startsWith(beginning))
    if (at < 0) throw new Error(`${file} has no line that begins with "${beginning}"`)
    write(file, lines.flatMap((line, n) => (n === at ? change(line) : [line])).join('\n'))
  }
  return {
    page: page === '' ? '' : read(page),
    read,
    write,
    /** The block that says something. */
    block(language: string, says: string): string {
      const found = codeBlocks(join(folder, page), language).find((code) => code.includes(says))
      if (found === undefined) throw new Error(`${page} has no block that says "${says}"`)
      return found
    },
    after: (file: string, beginning: string, added: string) => edit(file, beginning, (line) => [line, added]),
    replace: (file: string, beginning: string, by: string) => edit(file, beginning, () => [by]),
  }
}
