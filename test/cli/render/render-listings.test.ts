import { describe, expect, it } from 'vitest'
import { itemTable, runTable } from '../../../src/cli/render/render-listings.ts'
import { width } from '../../../src/cli/render/terminal-layout.ts'
import { createStyle } from '../../../src/cli/render/terminal-style.ts'
import type { ItemView, RunView } from '../../../src/cli/service/service-answers.ts'

const LONG = `https-feeds-example-org-${'episode-'.repeat(12)}`
const item = (id: string): ItemView => ({
  id,
  kind: 'podcast_episode',
  title: 'A title of many words, which goes on and on until no terminal has room for all of it any more',
  createdAt: '2026-01-31T08:00:00.000Z',
  current: { version: 1, seq: 1, status: 'complete', runId: 'r0', publishedAt: '2026-01-31T08:00:00.000Z' },
})
const run = (n: number): RunView => ({
  id: `019ad3f2-1c3b-7abc-8000-00000000000${n}`,
  itemId: `${LONG}${n}`,
  status: 'cancelled',
  effort: 'quick',
  attempt: 1,
  createdAt: '2026-01-31T08:00:00.000Z',
  startedAt: '2026-01-31T08:00:00.000Z',
  finishedAt: '2026-01-31T08:03:20.000Z',
  error: null,
  version: null,
  parentRunId: 'r0',
  config: { fork: { at: 'topics.0' } },
  summary: {
    usd: null,
    inputTokens: 90_000,
    cachedTokens: 0,
    outputTokens: 9_000,
    estimated: true,
    steps: 9,
    exchanges: 12,
    failedNodes: [],
    models: [],
    prompts: [],
  },
})

const style = createStyle(false)
const pipe = { style, columns: 100, outIsTerminal: false }
const lines = (text: string) => text.trimEnd().split('\n')

describe('listings', () => {
  it('cut nothing in a pipe', () => {
    const items = itemTable([item(`${LONG}1`), item(`${LONG}2`)], pipe)
    for (const n of [1, 2]) expect(items).toContain(`${LONG}${n}  podcast episode`)
    expect(items).toContain('any more\n')
    const runs = runTable([run(1), run(2)], pipe)
    for (const n of [1, 2]) {
      expect(runs).toContain(run(n).id)
      expect(runs).toContain(`${LONG}${n}\n`)
    }
    expect(`${items}${runs}`).not.toContain('…')
  })

  it.each([80, 100, 120])('fit on the lines of a terminal of %i columns, so that no word is broken', (columns) => {
    const terminal = { style, columns, outIsTerminal: true }
    for (const text of [itemTable([item('looms')], terminal), runTable([run(1)], terminal)])
      for (const line of lines(text)) expect(width(line), line).toBeLessThanOrEqual(columns)
  })

  it('show as much of an id on a terminal as distinguishes it', () => {
    const terminal = { style, columns: 80, outIsTerminal: true }
    const shown = (text: string) => lines(text).map((line) => line.split('  ')[0] ?? '')
    for (const [n, id] of shown(itemTable([item(`${LONG}1`), item(`${LONG}2`), item('looms')], terminal)).entries())
      expect(id).toBe([`${LONG}1`, `${LONG}2`, 'looms'][n])
    expect(shown(itemTable([item(`${LONG}1`)], terminal))).toEqual([LONG.slice(0, 24)])
    expect(shown(runTable([run(1), run(2)], terminal))).toEqual([run(1).id, run(2).id])
    expect(shown(runTable([run(1)], terminal))).toEqual(['019ad3f2-1c3b-7abc'])
    expect(
      shown(runTable([{ ...run(1), itemId: 'looms', config: {}, summary: null }], { ...terminal, columns: 120 })),
    ).toEqual([run(1).id])
  })
})
