import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Understanding } from '../src/content/understanding.ts'
import { fenced } from './generated-sections.ts'

const run = promisify(execFile)
export const EXAMPLE = 'examples/pollinator-corridor.vtt'

/** What the built command really prints for the example: one page a person reads, and one label as JSON. */
export async function exampleOutput(): Promise<{ excerpt: string; label: string }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'linernotes-example-'))
  const understand = async (format: string) => {
    const args = ['dist/src/cli/main.js', 'understand', EXAMPLE, '--format', format]
    const { stdout } = await run(process.execPath, args, {
      env: { LINERNOTES_DATA_DIR: join(dataDir, 'data') },
      maxBuffer: 16 * 1024 * 1024,
    })
    return stdout
  }
  try {
    const document = Understanding.parse(JSON.parse(await understand('json')))
    return { excerpt: excerptOf(await understand('table')), label: labelOf(document) }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
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
