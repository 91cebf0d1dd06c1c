import { fork } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Recording } from '../../../src/recordings/recording.ts'
import { writeRecording } from '../../../src/recordings/write/write-recording.ts'
import { createReplayers } from '../../../src/replay/process/replayers.ts'
import { throughTsx } from '../../../src/threads/start-worker.ts'
import { openMemory } from '../../database/open-memory.ts'
import { cast, openDesk, submits } from '../../support/desk.ts'
import { recorded } from '../../support/recorded.ts'
import { talk } from '../../support/talk.ts'

const here = (path: string) => new URL(path, import.meta.url)
const opened: { close(): void }[] = []
let folder: string
let file: string
let recording: Recording

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replay-'))
  file = join(folder, 'looms.linernotes.gz')
  const database = await openMemory()
  const summary = () =>
    submits('summary', { claims: [{ text: 'Looms read cards.', evidence: [{ source: 'transcript', segment: 0 }] }] })
  const desk = openDesk(database, { chat: cast({ summary }).model })
  const { run } = await desk.understand(talk())
  recording = await recorded(desk, run.id)
  await database.close()
  await pipeline(writeRecording(recording), createWriteStream(file))
})
afterAll(async () => {
  for (const each of opened) each.close()
  await rm(folder, { recursive: true })
})

function replayers(options: Partial<Parameters<typeof createReplayers>[0]> = {}) {
  const made = createReplayers({ size: 1, ...options })
  opened.push(made)
  return made
}

describe('a process of replays', () => {
  it('replays files one after another, and says of each that cannot be read why', { timeout: 60_000 }, async () => {
    const { replay } = replayers()
    expect(await replay(file)).toMatchObject({ run: recording.run.id, identical: true, divergences: [] })
    await writeFile(join(folder, 'broken'), 'no recording')
    await expect(replay(join(folder, 'broken'))).rejects.toMatchObject({
      name: 'ReplayFailed',
      error: 'RecordingError',
      kind: 'not-a-recording',
    })
    await expect(replay(join(folder, 'nowhere'))).rejects.toThrow(/the file .*nowhere.* cannot be read/)
    const substitute = {
      'summary.0.chat.0': { toolCalls: [{ id: '1', name: 'submit_summary', args: { claims: [] } }] },
    }
    const without = await replay(file, { substitute, nearest: true })
    expect(without.labels?.lost).toMatchObject([{ facet: 'summary', name: 'Looms read cards.' }])
    await expect(replay(file, { substitute: { 'summary.0.chat.7': {} } })).rejects.toThrow(
      /no call "summary.0.chat.7"; of summary.0 there are summary.0.chat.0/,
    )
    expect(await replay(file)).toMatchObject({ identical: true })
  })

  it('replays a recording that another program has packed', { timeout: 60_000 }, async () => {
    const again = join(folder, 'again.linernotes.gz')
    await writeFile(again, gzipSync(gunzipSync(await readFile(file)), { level: 1 }))
    const { replay } = replayers()
    expect(await replay(again)).toMatchObject({ run: recording.run.id, identical: true, divergences: [] })
  })

  it('runs two replays of one recording at once', { timeout: 60_000 }, async () => {
    const { replay } = replayers({ size: 2 })
    const [one, other] = await Promise.all([replay(file), replay(file)])
    expect([one.identical, other.identical]).toEqual([true, true])
  })

  it('fails a replay that reaches out, also where the code gets over it', { timeout: 60_000 }, async () => {
    const { replay } = replayers({ entry: here('../children/replay-reaching-out.ts') })
    for (let times = 0; times < 2; times++)
      await expect(replay(file)).rejects.toThrow(/the replay tried to connect to telemetry\.example/)
  })

  it('goes on with another process where one dies or takes too long', { timeout: 60_000 }, async () => {
    const { replay } = replayers({ timeoutMs: 1 })
    await expect(replay(file)).rejects.toThrow(/took longer than 0.001 s/)
    const aborted = new AbortController()
    aborted.abort(new Error('enough'))
    await expect(replayers().replay(file, {}, { signal: aborted.signal })).rejects.toThrow('enough')
  })
})

const Tried = z.record(z.string(), z.object({ threw: z.string(), noted: z.string().nullable() }))
const Said = z.object({
  environment: z.array(z.string()),
  here: Tried,
  thread: Tried,
  ownFlags: Tried,
  noteOfThread: z.string().nullable(),
})

describe('the guard of that process', () => {
  it('denies every way out, in threads too, names where to, and cannot be taken away', {
    timeout: 60_000,
  }, async () => {
    const guard = throughTsx(here('../../../src/replay/process/network-guard.ts')).href
    const child = fork(fileURLToPath(here('../children/reach-out.ts')), [], { execArgv: ['--import', guard], env: {} })
    const message: unknown = await new Promise((resolve, reject) =>
      child.once('message', resolve).once('error', reject),
    )
    const { environment, here: tried, thread, ownFlags, noteOfThread } = Said.parse(message)
    expect(environment).toEqual([])
    const { 'taking the guard away': taken, ...ways } = tried
    expect(taken?.threw).toMatch(/Cannot redefine/)
    expect(Object.keys(ways).length).toBeGreaterThan(15)
    for (const [way, { threw, noted }] of Object.entries(ways)) {
      expect(threw, way).toMatch(/^NetworkDenied: a replay reaches nothing outside of its process/)
      expect(noted, way).toMatch(/reached\.example|udp4|curl|tcp_wrap|a thread/)
    }
    expect(thread).toEqual(tried)
    expect(ownFlags).toEqual(tried)
    expect(noteOfThread).toBe('connect to reached.example')
  })
})
