import { z } from 'zod'
import { withChangedPrompt } from './changed-prompt.ts'
import { withDataFolder } from './data-folder.ts'
import { median, ms, range } from './figures.ts'
import { hourOfSpeech } from './hour-text.ts'
import { startProduct } from './product.ts'
import { submit } from './requests.ts'
import type { Row } from './table.ts'

const UNCHANGED = 30
/** The agent whose prompt changes. */
const CHANGED = 'summary'
/** Calls that any later run may make. */
const ALLOWED = new Set(['known', 'neighbours'])

const Steps = z.object({
  steps: z.array(z.object({ node: z.string(), exchanges: z.array(z.object({ kind: z.string() })) })),
})

/** What a second run costs: of an item that is what it was, and after the prompt of one agent has changed. */
export async function secondRun(): Promise<Row[]> {
  return withDataFolder((folder) => withDataFolder((copy) => measured(folder, copy)))
}

async function measured(folder: string, copy: string): Promise<Row[]> {
  const item = {
    id: 'bench second run',
    kind: 'talk' as const,
    title: 'An hour of speech',
    language: 'en',
    transcripts: [{ text: hourOfSpeech('that is sent again') }],
  }
  const first = await startProduct(folder)
  await submit(first.url, item)
  const times: number[] = []
  const outcomes = new Set<string | null>()
  for (let n = 0; n < UNCHANGED; n++) {
    const answer = await submit(first.url, item)
    outcomes.add(answer.outcome)
    times.push(answer.ms)
  }
  await first.stop()

  const { cli, prompt } = withChangedPrompt(copy, CHANGED)
  const second = await startProduct(folder, { cli, prompts: `${CHANGED}=${prompt}` })
  const { runId, ms: tookMs, outcome } = await submit(second.url, item)
  const answer = await fetch(`${second.url}/v1/runs/${runId}/steps`)
  const performed = countByNode(Steps.parse(await answer.json()))
  await second.stop()

  const others = Object.keys(performed).filter((node) => ![CHANGED, 'critique', ...ALLOWED].includes(node))
  const inOrder = [...outcomes].join(', ')
  return [
    {
      what: 'unchanged item over HTTP',
      bar: '< 20 ms',
      figure: ms(median(times)),
      holds: median(times) < 20 && inOrder === 'unchanged',
      note: `median of ${times.length}: ${range(times, ms)}; outcome ${inOrder}`,
    },
    {
      what: `after the prompt of ${CHANGED} changed: calls of other content agents`,
      bar: 'none',
      figure: others.length === 0 ? 'none' : others.join(', '),
      holds: others.length === 0 && CHANGED in performed,
      note: `${Object.entries(performed)
        .map(([node, calls]) => `${node} ${calls}`)
        .join(', ')}; ${ms(tookMs)}, ${outcome}`,
    },
  ]
}

/** Calls by the node that made them; those that any run may make go by their kind. */
function countByNode({ steps }: z.infer<typeof Steps>): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { node, exchanges } of steps) {
    for (const { kind } of exchanges) {
      const name = ALLOWED.has(kind) ? kind : node
      counts[name] = (counts[name] ?? 0) + 1
    }
  }
  return counts
}
