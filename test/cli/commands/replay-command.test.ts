import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { replay } from '../../../src/cli/commands/replay-command.ts'
import { replayRequest } from '../../../src/cli/input/replay-request.ts'
import { runQuery } from '../../../src/cli/input/run-query.ts'
import { replayText } from '../../../src/cli/render/render-replay.ts'
import { performFleet } from '../../../src/cli/service/perform-fleet.ts'
import { writeRecording } from '../../../src/recordings/write/write-recording.ts'
import { FleetReport } from '../../../src/replay/fleet/fleet-report.ts'
import { ReplayReport } from '../../../src/replay/replay-report.ts'
import { openMemory } from '../../database/open-memory.ts'
import { cast, openDesk, submits } from '../../support/desk.ts'
import { recorded, replayed } from '../../support/recorded.ts'
import { talk } from '../../support/talk.ts'
import { fakeTerminal } from '../fake-terminal.ts'

let folder: string
let file: string
let diverging: ReplayReport
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replay-cli-'))
  await mkdir(join(folder, 'week'))
  file = join(folder, 'week', 'looms.linernotes.gz')
  const database = await openMemory()
  const summary = () =>
    submits('summary', { claims: [{ text: 'Looms read cards.', evidence: [{ source: 'transcript', segment: 0 }] }] })
  const desk = openDesk(database, { chat: cast({ summary }).model })
  const { run } = await desk.understand(talk())
  const recording = await recorded(desk, run.id)
  await database.close()
  await pipeline(writeRecording(recording), createWriteStream(file))
  diverging = await replayed({ ...recording, item: talk({ title: 'Other\u001b[31m looms' }) }, {}, { nearest: true })
})
afterAll(() => rm(folder, { recursive: true }))

describe('linernotes replay', () => {
  it('exits with 0 for an identical replay, with 3 for a diverged one, and with 1 for a file that is not readable', {
    timeout: 60_000,
  }, async () => {
    const broken = join(folder, 'broken.linernotes.gz')
    await writeFile(broken, 'broken')
    const [same, other, unreadable] = [fakeTerminal(), fakeTerminal(), fakeTerminal()]
    expect(await replay([file], {}, same)).toBe(0)
    expect(same.written.out).toContain('identical')
    expect(await replay([file], { prompt: ['summary=topics/v1'], json: true }, other)).toBe(3)
    expect(ReplayReport.parse(JSON.parse(other.written.out)).divergences[0]).toMatchObject({ class: 'prompt-changed' })
    expect(await replay([broken, file], {}, unreadable)).toBe(1)
    expect(unreadable.written.err).toMatch(/broken\.linernotes\.gz: this is not a recording/)
    expect(unreadable.written.out).toContain('identical')
  })

  it('exits with 2 if a prompt or a call does not exist', { timeout: 60_000 }, async () => {
    const answer = join(folder, 'part.json')
    await writeFile(answer, '{"content":"no"}')
    const [prompt, call] = [fakeTerminal(), fakeTerminal()]
    expect(await replay([file], { prompt: ['topics=v99'] }, prompt)).toBe(2)
    expect(prompt.written.err).toContain('no prompt "topics/v99"')
    expect(await replay([file], { substitute: [`topics.0.chat.9=${answer}`] }, call)).toBe(2)
    expect(call.written.err).toContain('made no call "topics.0.chat.9"')
  })

  it('replays a folder into one report, as text, page and JSON', { timeout: 60_000 }, async () => {
    await writeFile(join(folder, 'week', 'torn.linernotes.gz'), 'torn')
    const terminal = fakeTerminal()
    const report = [join(folder, 'fleet.html'), join(folder, 'fleet.json')]
    expect(await performFleet({ fleet: join(folder, 'week'), workers: 1, report }, terminal)).toBe(1)
    expect(terminal.written.out).toContain('2 recordings: 1 identical, 1 could not be replayed')
    expect(FleetReport.parse(JSON.parse(await readFile(report[1] ?? '', 'utf8')))).toMatchObject({ identical: 1 })
    expect(await readFile(report[0] ?? '', 'utf8')).toContain('torn.linernotes.gz')
  })

  it('shows the first difference completely, and never shows control characters of titles', () => {
    const terminal = fakeTerminal()
    const text = replayText(diverging, terminal)
    expect(text).toContain('first intake.0: state update differs')
    expect(text).toContain('then topics.0.chat.0: prompt changed')
    expect(text).toContain('/texts/title/hash')
    expect(text).not.toContain('\u001b')
    const [, ...rest] = diverging.divergences
    const prompt = rest.find(({ exchange }) => exchange === 'topics.0.chat.0')
    const lines = replayText({ ...diverging, divergences: prompt ? [prompt] : [] }, terminal)
    expect(lines).toMatch(/- .*Looms and numbers/)
    expect(lines).toMatch(/\+ .*Other/)
  })
})

describe('the request of a replay', () => {
  it('has classes in their written or spoken form, prompts by short or whole names, and answers from files', async () => {
    const answer = join(folder, 'answer.json')
    await writeFile(answer, '{"content":"no"}')
    expect(
      replayRequest({
        allow: 'Prompt changed, extra-call',
        prompt: ['topics=v2'],
        substitute: [`topics.0.chat.1=${answer}`],
      }),
    ).toEqual({
      nearest: true,
      allow: ['prompt-changed', 'extra-call'],
      prompts: { topics: 'topics/v2' },
      substitute: { 'topics.0.chat.1': { content: 'no' } },
      derived: true,
    })
  })

  it.each([
    [{ allow: 'anything' }, /no class "anything"/],
    [{ prompt: ['topics'] }, /"topics" is not of the form --prompt/],
    [{ substitute: ['topics.0.chat.0=/nowhere.json'] }, /nowhere\.json cannot be read/],
  ])('refuses %j', (flags, message) => expect(() => replayRequest(flags)).toThrow(message))

  const now = Date.parse('2026-02-08T08:00:00Z')

  it('reads queries of runs by every filter of runs', () => {
    expect(runQuery('status=complete&item=a%20b&limit=5', now)).toEqual({
      filter: { status: 'complete', item: 'a b' },
      limit: 5,
    })
    expect(runQuery('failed=topics&model=openai:m&prompt=topics/v1&since=7d&costOver=0.05', now)).toEqual({
      filter: {
        failed: 'topics',
        model: 'openai:m',
        prompt: 'topics/v1',
        since: '2026-02-01T08:00:00.000Z',
        costOver: '0.05',
      },
      limit: 10_000,
    })
    expect(runQuery('since=2026-02-01T08:00+02:00', now).filter.since).toBe('2026-02-01T06:00:00.000Z')
  })

  it.each([
    ['nonsense', /neither a folder nor a query/],
    ['colour=red', /"colour" is not a filter/],
    ['cost-over=1', /"cost-over" is not a filter/],
    ['limit=0', /limit "0" is not a whole number/],
    ['status=complete&limit=x', /limit "x" is not a whole number/],
    ['status=done', /the status is one of queued, running, complete/],
    ['since=yesterday', /how long ago/],
    ['costOver=much', /not a number of US dollars/],
    ['item=', /"item" has no value/],
    ['status=failed&status=partial', /names a key twice/],
  ])('refuses the query %s', (query, message) => expect(() => runQuery(query, now)).toThrow(message))

  it('names the keys of a query if one is unknown, with code 2', () => {
    const details = expect.stringMatching(/takes item, status, failed, model, prompt, since, costOver, limit\.$/)
    expect(() => runQuery('colour=red', now)).toThrow(expect.objectContaining({ exitCode: 2, details }))
  })
})
