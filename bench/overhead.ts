import { randomUUID } from 'node:crypto'
import { type MeasuredServer, startServer } from './child.ts'
import { withDataFolder } from './data-folder.ts'
import { median, ms, range } from './figures.ts'
import { hourOfSpeech } from './hour-text.ts'
import type { Row } from './table.ts'

const CONCURRENCY = 8
const REQUESTS = 192
/** Until the compiler has settled: the first hundreds of requests take a fifth longer, on the side with more code. */
const WARM_UP = 288
const TEXT_CHARACTERS = 60_000

interface Load {
  perSecond: number
  /** Of the server's process, worker threads included. */
  cpuMs: number
}

/**
 * The orchestrator's own cost: the same compiled graph with agents that answer at once, once with everything recorded durably,
 * once bare. Both servers stay up and are loaded in turn, so that what else the machine does falls on both alike.
 */
export async function overhead({ runs }: { runs: number }): Promise<Row[]> {
  return withDataFolder(async (folder) => {
    const bare = await startServer('bare', [])
    const recorded = await startServer('recorded', [folder])
    try {
      const text = `${hourOfSpeech('one')}\n${hourOfSpeech('two')}`.slice(0, TEXT_CHARACTERS)
      await load(bare, text, WARM_UP)
      await load(recorded, text, WARM_UP)
      const loads: { bare: Load; recorded: Load }[] = []
      for (let run = 0; run < runs; run++) {
        loads.push({ bare: await load(bare, text, REQUESTS), recorded: await load(recorded, text, REQUESTS) })
      }
      return report(loads)
    } finally {
      await Promise.all([bare.stop(), recorded.stop()])
    }
  })
}

async function load({ url, usage }: MeasuredServer, text: string, requests: number): Promise<Load> {
  const before = await usage()
  const started = performance.now()
  let left = requests
  async function client(): Promise<void> {
    while (left-- > 0) {
      const body = JSON.stringify({
        id: randomUUID(),
        kind: 'podcast_episode',
        title: 'An hour of speech',
        language: 'en',
        transcripts: [{ text, type: 'text/plain' }],
      })
      const answer = await fetch(`${url}/v1/items`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      })
      const said = await answer.text()
      if (!answer.ok) throw new Error(`${answer.status} ${said.slice(0, 500)}`)
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, client))
  const tookMs = performance.now() - started
  const { cpuMs } = await usage()
  return { perSecond: (requests * 1000) / tookMs, cpuMs: (cpuMs - before.cpuMs) / requests }
}

function report(loads: readonly { bare: Load; recorded: Load }[]): Row[] {
  const rate = (side: 'bare' | 'recorded') => loads.map((pair) => pair[side].perSecond)
  const cpu = (side: 'bare' | 'recorded') => loads.map((pair) => pair[side].cpuMs)
  const ratio = median(rate('recorded')) / median(rate('bare'))
  const cpuRatio = median(cpu('bare')) / median(cpu('recorded'))
  const pairs = loads.map(({ bare, recorded }) => recorded.perSecond / bare.perSecond)
  const perSecond = (value: number) => `${value.toFixed(1)}/s`
  const row = (side: 'bare' | 'recorded', what: string): Row => ({
    what,
    bar: '',
    figure: perSecond(median(rate(side))),
    holds: null,
    note: `${range(rate(side), perSecond)}; CPU ${ms(median(cpu(side)))} a request`,
  })
  return [
    row('bare', 'graph behind Hono, bare'),
    row('recorded', 'graph behind Hono, everything durable'),
    {
      what: 'durable / bare',
      bar: '>= 0.60 (aim 0.75)',
      figure: ratio.toFixed(3),
      holds: ratio >= 0.6,
      note: `pairs ${range(pairs, (value) => value.toFixed(2))}; by CPU ${cpuRatio.toFixed(2)}; median of ${loads.length} interleaved runs, concurrency ${CONCURRENCY}`,
    },
  ]
}
