import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { Understanding } from '../src/content/understanding-schema.ts'
import { fenced } from './generated-sections.ts'

const run = promisify(execFile)
const EXAMPLE = 'examples/pollinator-corridor.vtt'

/** What the built command really prints for the example: one page a person reads, and one label as JSON. */
export async function exampleOutput(dataDir: string): Promise<{ excerpt: string; label: string }> {
  const understand = async (format: string) => {
    const args = ['dist/src/cli/main.js', 'understand', EXAMPLE, '--format', format]
    const { stdout } = await run(process.execPath, args, {
      env: { LINERNOTES_DATA_DIR: dataDir },
      maxBuffer: 16 * 1024 * 1024,
    })
    return stdout
  }
  const document = Understanding.parse(JSON.parse(await understand('json')))
  return { excerpt: excerptOf(await understand('table')), label: labelOf(document) }
}

/** From the title to the chapters. */
function excerptOf(page: string): string {
  const end = page.indexOf('\nPeople, places, things')
  if (end === -1) throw new Error(`the page has no people, places and things:\n${page}`)
  return fenced('text', `${page.slice(0, end).trim()}\n\n…`)
}

/** A topic with its first piece of evidence from the transcript. */
function labelOf({ topics }: Understanding): string {
  for (const topic of topics)
    for (const evidence of topic.evidence)
      if (evidence.source === 'transcript')
        return fenced('json', JSON.stringify({ ...topic, evidence: [evidence] }, null, 2))
  throw new Error('no topic of the example has evidence in its transcript')
}
