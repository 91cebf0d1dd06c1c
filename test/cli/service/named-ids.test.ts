import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { itemNamed, reviewNamed, runNamed } from '../../../src/cli/service/named-ids.ts'
import { type Client, createClient } from '../../../src/cli/service/service-client.ts'
import { serverConnection } from '../../../src/cli/service/service-connection.ts'

interface Stored {
  runs?: { id: string; status?: string; steps?: string[] }[]
  items?: string[]
  reviews?: string[]
}

/** A client of a server that holds these, newest first, and keeps count of what it is asked. */
function clientOf({ runs = [], items = [], reviews = [] }: Stored): { client: Client; asked: string[] } {
  const asked: string[] = []
  const run = ({ id, status = 'complete' }: { id: string; status?: string }) => ({
    id,
    itemId: 'looms',
    status,
    effort: 'quick',
    attempt: 1,
    createdAt: '2026-01-31T08:00:00.000Z',
    startedAt: null,
    finishedAt: null,
    error: null,
    version: null,
    parentRunId: null,
    summary: null,
    config: {},
  })
  const item = (id: string) => ({
    id,
    kind: 'talk',
    title: `On ${id}`,
    createdAt: '2026-01-31T08:00:00.000Z',
    current: null,
  })
  const review = (id: string) => ({
    id,
    itemId: 'looms',
    facet: 'topics',
    key: 'k',
    question: null,
    status: 'open',
    version: 1,
    openedAt: '2026-01-31T08:00:00.000Z',
    runId: 'r0',
    decision: null,
  })
  const list = <T extends { id: string }>(all: readonly T[], query: URLSearchParams) =>
    Response.json({
      entries: all.filter(({ id }) => id.startsWith(query.get('idPrefix') ?? '')).slice(0, Number(query.get('limit'))),
      next: null,
    })
  const connection = serverConnection({ url: 'http://a.example', token: 't' }, async (input) => {
    const { pathname, searchParams } = new URL(String(input))
    asked.push(`${pathname}?${searchParams}`)
    const [, , kind, id, steps] = pathname.split('/').map(decodeURIComponent)
    if (kind === 'runs' && steps === 'steps')
      return Response.json({ steps: (runs.find((each) => each.id === id)?.steps ?? []).map(step), open: [] })
    if (kind === 'runs' && id === undefined)
      return list(
        runs.map(run).filter(({ status }) => searchParams.get('unchanged') !== 'false' || status !== 'unchanged'),
        searchParams,
      )
    if (kind === 'items' && id === undefined) return list(items.map(item), searchParams)
    if (kind === 'items' && id !== undefined && items.includes(id)) return Response.json(item(id))
    if (kind === 'reviews') return list(reviews.map(review), searchParams)
    return Response.json({ type: 'not-found', detail: 'none' }, { status: 404 })
  })
  return { client: createClient(connection, new AbortController().signal), asked }
}

function step(name: string) {
  const [node = '', visit = '0'] = name.split('.')
  const [at, error] = ['2026-01-31T08:00:00.000Z', null]
  return { name, node, visit: Number(visit), superstep: 1, startedAt: at, ms: 1, error, update: {}, exchanges: [] }
}

const RUNS = ['019ad3f2-1c3b-7abc-8000-000000000001', '019ad3f2-1c3b-7def-8000-000000000002']

describe('ids that are named', () => {
  it('by a beginning that no other has', async () => {
    const { client } = clientOf({ runs: RUNS.map((id) => ({ id })), items: ['looms', 'bees'], reviews: ['review-1'] })
    expect(await runNamed(client, '019ad3f2-1c3b-7d')).toBe(RUNS[1])
    expect(await itemNamed(client, 'loom')).toBe('looms')
    expect(await reviewNamed(client, 'revi')).toBe('review-1')
  })

  it('by a beginning that several have are refused as bad use, with the candidates', async () => {
    const { client } = clientOf({ runs: RUNS.map((id) => ({ id })), items: ['looms-1', 'looms-2'] })
    await expect(runNamed(client, '019ad3f2')).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('several runs'),
      details: expect.stringMatching(new RegExp(`${RUNS[0]} .*\\n.*${RUNS[1]}`)),
    })
    await expect(itemNamed(client, 'looms')).rejects.toMatchObject({
      exitCode: 2,
      details: '  looms-1  On looms-1\n  looms-2  On looms-2',
    })
  })

  it('are taken as they are where they are whole, short, or begin nothing', async () => {
    const items = ['looms', ...Array.from({ length: 30 }, (_, n) => `looms-${n}`)].reverse()
    const { client, asked } = clientOf({ runs: RUNS.map((id) => ({ id })), items })
    expect(await itemNamed(client, 'looms')).toBe('looms')
    expect(await itemNamed(client, 'looms-3')).toBe('looms-3')
    expect(await itemNamed(client, 'loo')).toBe('loo')
    expect(await itemNamed(client, 'wasps')).toBe('wasps')
    asked.length = 0
    expect(await runNamed(client, RUNS[0] ?? '')).toBe(RUNS[0])
    expect(asked).toEqual([])
  })

  it('name the one that is meant, or nothing else', async () => {
    const id = fc.stringMatching(/^[ab]{4,8}$/)
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(id, { maxLength: 30 }), id, async (items, name) => {
        const fitting = items.filter((each) => each.startsWith(name))
        const { client } = clientOf({ items })
        const found = await itemNamed(client, name).catch(() => null)
        if (items.includes(name) || fitting.length === 0) expect(found).toBe(name)
        else expect(found).toBe(fitting.length === 1 ? fitting[0] : null)
      }),
    )
  })
})

describe('`last`', () => {
  it('is the newest run that did something', async () => {
    const { client } = clientOf({ runs: [{ id: 'idle', status: 'unchanged' }, { id: 'busy' }, { id: 'old' }] })
    expect(await runNamed(client, 'last')).toBe('busy')
  })

  it.each([
    ['topics', 'older'],
    ['topics.0', 'older'],
    ['topics.0.chat.1', 'older'],
    ['summary.0', 'newest'],
    ['revise', 'newest'],
  ])('is the newest with %s where there is one: %s', async (part, id) => {
    const { client } = clientOf({
      runs: [
        { id: 'newest', steps: ['intake.0', 'summary.0'] },
        { id: 'older', steps: ['intake.0', 'topics.0'] },
        { id: 'oldest', steps: ['intake.0', 'topics.0'] },
      ],
    })
    expect(await runNamed(client, 'last', part)).toBe(id)
  })

  it('is an unchanged run where there is no other, and no run where there is none', async () => {
    expect(await runNamed(clientOf({ runs: [{ id: 'idle', status: 'unchanged' }] }).client, 'last')).toBe('idle')
    await expect(runNamed(clientOf({}).client, 'last')).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('linernotes understand'),
    })
  })
})
