import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { type CountingEndpoint, countingEndpoint } from '../support/counting-endpoint.ts'

const CHILD = fileURLToPath(new URL('./children/understand.ts', import.meta.url))
const Line = z.object({
  recorded: z.int().optional(),
  ended: z
    .object({
      status: z.string(),
      error: z.string().nullable(),
      attempt: z.int(),
      published: z.int(),
      chats: z.int(),
    })
    .optional(),
})
/** Three turns of topics, two of entities and of the summary, one of each other agent: ten calls, and one of the critic. */
const TURNS = {
  topics: [
    { name: 'lookup_taxonomy', args: { by: 'name', query: 'Computing' } },
    { name: 'read_transcript', args: { from: 1, to: 2 } },
  ],
  entities: [{ name: 'search_transcript', args: { query: 'Babbage' } }],
  summary: [{ name: 'search_transcript', args: { query: 'looms' } }],
}
const ANSWERS = {
  topics: { topics: [{ id: '596', evidence: [{ segment: 3 }] }] },
  entities: { entities: [{ name: 'Charles Babbage', type: 'person', evidence: [{ segment: 1 }] }] },
  chapters: { chapters: [{ title: 'Looms', firstSegment: 0 }] },
  suitability: { categories: [] },
  summary: { claims: [{ text: 'Looms read cards.', evidence: [{ segment: 0 }] }] },
  critique: { findings: [] },
}
const NEEDED = 11

let folder: string
let endpoint: CountingEndpoint
const children: ChildProcess[] = []
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'linernotes-crash-'))
  endpoint = await countingEndpoint(TURNS, ANSWERS)
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await endpoint.close()
  rmSync(folder, { recursive: true, force: true })
})

function start() {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, join(folder, 'data'), endpoint.url], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  const seen = { recorded: 0, ended: undefined as z.infer<typeof Line>['ended'], errors: '' }
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { recorded = 0, ended } = Line.parse(JSON.parse(line))
    seen.recorded += recorded
    seen.ended = ended ?? seen.ended
  })
  child.stderr.on('data', (chunk) => {
    seen.errors += chunk
  })
  return { child, seen, exited: once(child, 'exit') }
}

const answered = () => endpoint.requests.filter((request) => request.answered)

/** Starts a process and kills it while its n-th call is under way and everything answered before is recorded. */
async function killAt(call: number): Promise<number> {
  const before = answered().length
  const held = endpoint.holdAt(call)
  const { child, seen, exited } = start()
  await Promise.race([
    held,
    exited.then(() => Promise.reject(new Error(`the process ended by itself: ${seen.errors}`))),
  ])
  await expect.poll(() => seen.recorded, { timeout: 30_000 }).toBe(answered().length - before)
  child.kill('SIGKILL')
  await exited
  const inFlight = endpoint.requests.filter((request) => !request.answered).length
  endpoint.release()
  return inFlight
}

it("a run that is killed again and again inside agents' tool loops pays once for everything but what was in flight", async () => {
  const waste = [await killAt(3), await killAt(4), await killAt(2)]
  const last = start()
  await last.exited
  expect(last.seen.errors).toBe('')
  expect(last.seen.ended).toEqual({ status: 'complete', error: null, attempt: 4, published: 1, chats: NEEDED })
  expect(answered()).toHaveLength(NEEDED)
  expect(new Set(answered().map(({ agent, body }) => `${agent} ${body}`)).size).toBe(NEEDED)
  // Unanswered requests: those that were under way when a process died, and no others.
  expect(endpoint.requests).toHaveLength(NEEDED + (waste.at(-1) ?? 0))
  expect(waste.every((lost) => lost > 0)).toBe(true)
}, 240_000)
