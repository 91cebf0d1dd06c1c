import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { constants, createGzip, gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256 } from '../../src/content/text/hash.ts'
import { readRecording } from '../../src/recordings/read/read-recording.ts'
import type { RecordingLimits } from '../../src/recordings/read/recording-limits.ts'
import type { RecordingErrorKind } from '../../src/recordings/recording-errors.ts'
import { writeRecording } from '../../src/recordings/write/write-recording.ts'
import { bytesOf, comparable, inPieces, sample } from './recording-samples.ts'

let bytes: Buffer
let lines: string[]
let folder: string
beforeAll(async () => {
  bytes = await bytesOf(writeRecording(sample(), { createdBy: '1.2.3' }))
  lines = gunzipSync(bytes).toString().trimEnd().split('\n')
  folder = mkdtempSync(join(tmpdir(), 'linernotes-hostile-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Refused {
  kind: RecordingErrorKind | 'read'
  message: string
}

/** How a file is refused that comes in pieces: `read` if it is not refused. It is checked that the same file on the disk is refused too. */
async function refusal(
  file: Uint8Array | AsyncIterable<Uint8Array>,
  limits: Partial<RecordingLimits> = {},
): Promise<Refused> {
  if (!(file instanceof Uint8Array)) return refused(file, limits)
  const streamed = await refused(inPieces(file), limits)
  const path = join(folder, 'file.linernotes.gz')
  writeFileSync(path, file)
  const whole = await refused(path, limits)
  // If several things are wrong, it depends on the pieces which of them is noticed first.
  expect(whole.kind === 'read').toBe(streamed.kind === 'read')
  return streamed
}

/** Every error that is thrown must be one with a message for people. */
async function refused(source: string | AsyncIterable<Uint8Array>, limits: Partial<RecordingLimits>): Promise<Refused> {
  try {
    await readRecording(source, limits)
    return { kind: 'read', message: '' }
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'RecordingError' || !('kind' in error)) throw error
    return error as Error & Refused
  }
}

/** A file with other lines, and with the checksum and the counts that belong to them, as somebody makes it who knows the format. */
function forged(change: (lines: string[]) => string[], counts?: object): Buffer {
  const body = change(lines.slice(0, -1))
    .map((line) => `${line}\n`)
    .join('')
  const count = (frame: string) => body.split(`{"frame":"${frame}"`).length - 1
  const footer = {
    frame: 'footer',
    counts: counts ?? {
      steps: count('step'),
      exchanges: count('exchange'),
      derived: count('derived'),
      blobs: count('blob'),
    },
    sha256: `sha256:${createHash('sha256').update(body).digest('hex')}`,
  }
  return gzipSync(`${body}${JSON.stringify(footer)}\n`)
}

/** Changes one member in each line of a kind. */
const edit = (frame: string, from: string | RegExp, to: string) => (all: string[]) =>
  all.map((line) => (line.startsWith(`{"frame":"${frame}"`) ? line.replace(from, to) : line))

describe('a recording that was changed', () => {
  /** Time, extra flags and system in the header of gzip. They say nothing about the content. */
  const FREE_BYTES = [4, 5, 6, 7, 8, 9]
  /** The flag in the header that says that the content is probably text. */
  const FREE_BIT = 3 * 8

  it('is refused whichever byte was turned over, except for those of the gzip header that say nothing', async () => {
    const read: number[] = []
    for (let at = 0; at < bytes.length; at++) {
      const turned = Buffer.from(bytes)
      turned[at] = (turned[at] ?? 0) ^ 0xff
      if ((await refusal(turned)).kind === 'read') read.push(at)
    }
    expect(read).toEqual(FREE_BYTES)
  })

  it('is never read as another recording, whichever bit was turned over', async () => {
    const original = comparable(sample())
    // Deflate leaves up to seven bits of its last byte without a meaning. Behind it are eight bytes of gzip.
    const lastByte = bytes.length - 9
    for (let bit = 0; bit < bytes.length * 8; bit += bit < 96 ? 1 : 7) {
      const turned = Buffer.from(bytes)
      turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      if ((await refusal(turned)).kind !== 'read') continue
      expect(bit === FREE_BIT || FREE_BYTES.includes(bit >> 3) || bit >> 3 === lastByte, `bit ${bit}`).toBe(true)
      expect(comparable(await readRecording(inPieces(turned)))).toEqual(original)
    }
  })

  it('is refused if a line was changed, taken out, doubled or moved, and the file packed again', async () => {
    for (let at = 0; at < lines.length; at++) {
      const line = lines[at] ?? ''
      const without = [...lines.slice(0, at), ...lines.slice(at + 1)]
      const doubled = [...lines.slice(0, at), line, ...lines.slice(at)]
      const moved = [...without.slice(0, 1), line, ...without.slice(1)]
      const changed = [
        ...lines.slice(0, at),
        line.replace(/\d(?=[^\d]*$)/, (digit) => `${(Number(digit) + 1) % 10}`),
        ...lines.slice(at + 1),
      ]
      for (const tampered of [without, doubled, changed, ...(at > 1 ? [moved] : [])]) {
        if (tampered.join() === lines.join()) continue
        const { kind, message } = await refusal(gzipSync(`${tampered.join('\n')}\n`))
        expect(kind, `line ${at + 1}: ${message}`).not.toBe('read')
      }
    }
  })

  it('is refused if anything stands behind it', async () => {
    const appended = [
      Buffer.from('x'),
      Buffer.alloc(64),
      bytes,
      gzipSync(''),
      gzipSync('\n'),
      gzipSync('{"frame":"step"}\n'),
    ]
    for (const more of appended)
      expect((await refusal(Buffer.concat([bytes, more]))).kind, more.toString('hex').slice(0, 40)).not.toBe('read')
    for (const more of [Buffer.alloc(64), gzipSync('')])
      expect(await refusal(Buffer.concat([bytes, more]))).toMatchObject({
        kind: 'tampered',
        message: expect.stringContaining('something was put behind it'),
      })
  })

  it('is refused if its content was packed in several pieces, wherever it was cut', async () => {
    const content = gunzipSync(bytes)
    for (let at = 1; at < content.length; at += 97) {
      const parts = [content.subarray(0, at), content.subarray(at)].map((part) => gzipSync(part))
      expect(await refusal(Buffer.concat(parts))).toMatchObject({
        kind: 'tampered',
        message: expect.stringContaining('packed in several pieces'),
      })
    }
  })
})

describe('a recording that was cut off', () => {
  it('is refused as truncated, wherever it was cut', async () => {
    for (let length = 0; length < bytes.length; length += length < 30 ? 1 : 37) {
      const { kind, message } = await refusal(bytes.subarray(0, length))
      expect(kind, `${length} bytes`).toBe('truncated')
      expect(message).toMatch(/copy or record it again/)
    }
  })

  it('is refused as truncated if it ends after any of its lines and is a whole gzip file', async () => {
    for (let kept = 1; kept < lines.length; kept++) {
      const text = lines.slice(0, kept).join('\n')
      expect((await refusal(gzipSync(`${text}\n`))).kind, `after line ${kept}`).toBe('truncated')
      expect((await refusal(gzipSync(text.slice(0, -1)))).kind, `in line ${kept}`).toBe('truncated')
    }
  })
})

describe('a file that is not a recording', () => {
  it.each<[string, Buffer | string, RecordingErrorKind, RegExp]>([
    ['a text', Buffer.from('WEBVTT\n\nHello'), 'not-a-recording', /not packed with gzip/],
    ['a packed text', 'WEBVTT\n\nHello\n', 'not-a-recording', /first line/],
    ['packed JSON', '{"title":"Looms"}\n', 'not-a-recording', /linernotes record/],
    ['a packed list', '[1,2]\n', 'not-a-recording', /first line/],
    ['a first line without an end', `${'x'.repeat(100_000)}`, 'not-a-recording', /first line/],
    ['a line that is not UTF-8', gzipSync(Buffer.from([0x7b, 0xff, 0x7d, 0x0a])), 'not-a-recording', /first line/],
    ['half a line', '{"product":"linernotes",', 'not-a-recording', /first line/],
    ['another product’s', '{"product":"polly","format":"har/1"}\n', 'other-product', /file of "polly"/],
    [
      'one of a newer version',
      '{"product":"linernotes","format":"linernotes/recording/2","new":[]}\n',
      'newer-version',
      /format version 2.*up to 1; update/,
    ],
    [
      'one of a version that never was',
      '{"product":"linernotes","format":"linernotes/recording/0"}\n',
      'not-a-recording',
      /first line/,
    ],
    [
      'another file of linernotes',
      '{"product":"linernotes","format":"linernotes/eval/1"}\n',
      'not-a-recording',
      /first line/,
    ],
  ])('is refused with a message that says so: %s', async (_, content, kind, said) => {
    const refused = await refusal(typeof content === 'string' ? gzipSync(content) : content)
    expect(refused).toMatchObject({ kind, message: expect.stringMatching(said) })
  })

  it('is said not to be there if it is not there', async () => {
    await expect(readRecording('/nowhere/looms.linernotes.gz')).rejects.toMatchObject({
      kind: 'unreadable',
      message: 'there is no such file',
    })
    await expect(readRecording('.')).rejects.toMatchObject({ kind: 'unreadable' })
  })
})

describe('a recording that was made to do harm', () => {
  /** Some lines and a gigabyte of zeros behind them. It is packed while it is read, to about a megabyte. */
  function zeros(before: string): { file: AsyncIterable<Uint8Array>; taken: () => number } {
    let taken = 0
    const block = Buffer.alloc(1024 * 1024)
    function* content() {
      yield Buffer.from(before)
      for (let at = 0; at < 1024; at++) yield block
    }
    async function* counted() {
      const packer = Readable.from(content()).pipe(createGzip({ level: constants.Z_BEST_SPEED }))
      for await (const chunk of packer) {
        taken += chunk.length
        yield chunk
      }
    }
    return { file: counted(), taken: () => taken }
  }

  it('is refused before a twentieth of it was unpacked if it unpacks to a gigabyte of zeros', async () => {
    const nothingElse = zeros('')
    expect((await refusal(nothingElse.file)).kind).toBe('not-a-recording')
    const behindLines = zeros(`${lines.slice(0, 3).join('\n')}\n`)
    const before = process.memoryUsage().rss
    expect(await refusal(behindLines.file)).toMatchObject({
      kind: 'too-large',
      message: expect.stringMatching(/more than 100 times its size/),
    })
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024)
    for (const { taken } of [nothingElse, behindLines]) expect(taken()).toBeLessThan(1024 * 1024)
  })

  it.each<[string, Partial<RecordingLimits>, RegExp]>([
    ['lines', { lines: 8 }, /more than 8 lines/],
    ['bytes of a line', { lineBytes: 600 }, /longer than 600 bytes/],
    ['unpacked bytes', { unpackedBytes: 1000 }, /more than 1000 bytes/],
    ['times its size', { ratio: 2, ratioFromBytes: 0 }, /more than 2 times/],
    ['levels', { depth: 3 }, /nested more than 3 levels/],
  ])('is refused if it has too many %s', async (_, limits, said) => {
    expect(await refusal(bytes, limits)).toMatchObject({ kind: 'too-large', message: expect.stringMatching(said) })
  })

  it('is refused if a line or a body holds a hundred thousand arrays inside one another', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    expect((await refusal(forged((all) => [...all, deep]))).kind).toBe('too-large')
    const body = { frame: 'blob', hash: sha256(deep), text: deep }
    const named = (all: string[]) =>
      edit('step', /"update":"sha256:\w+"/, `"update":"${body.hash}"`)([...all, JSON.stringify(body)])
    expect((await refusal(forged(named))).kind).toBe('too-large')
  })

  const blob = (text: string) => JSON.stringify({ frame: 'blob', hash: sha256(text), text })
  it.each<[string, (lines: string[]) => string[], RegExp]>([
    [
      'a step twice',
      (all) => all.flatMap((line) => (line.includes('"intake"') ? [line, line] : [line])),
      /step intake\.0 is there twice/,
    ],
    [
      'an exchange twice',
      (all) => all.flatMap((line) => (line.includes('"kind":"known"') ? [line, line] : [line])),
      /exchange topics\.0\.known\.0 is there twice/,
    ],
    [
      'a call twice at two positions',
      (all) =>
        all.flatMap((line) => (line.includes('"kind":"known"') ? [line, line.replace('"n":0', '"n":1')] : [line])),
      /call topics 0 known/,
    ],
    [
      'a derived value twice',
      (all) => all.flatMap((line) => (line.includes('"frame":"derived"') ? [line, line] : [line])),
      /derived value .* is there twice/,
    ],
    ['a blob twice', (all) => [...all, all.at(-1) ?? ''], /blob .* is there twice/],
    ['a header twice', (all) => [all[0] ?? '', ...all], /line 2 is a header where none belongs/],
    ['no item', (all) => all.filter((line) => !line.startsWith('{"frame":"item"')), /line 3 is a configuration/],
    [
      'a step behind blobs',
      (all) => [...all, (all[5] ?? '').replace('intake', 'outro')],
      /is a step where none belongs/,
    ],
    [
      'a kind of line that is not known',
      (all) => [...all, '{"frame":"script","text":"x"}'],
      /line 17 .* does not fit the format/,
    ],
    [
      'a member that is not known',
      edit('run', '"status"', '"tenant":"other","status"'),
      /line 2 .* does not fit the format/,
    ],
    ['a run under way', edit('run', '"complete"', '"running"'), /does not fit the format: \/status/],
    ['a call of a kind that is not known', edit('exchange', '"kind":"known"', '"kind":"exec"'), /: \/kind/],
    ['a number that is not finite', edit('exchange', '"ms":2.5', '"ms":1e999'), /: \/ms/],
    ['a negative position', edit('exchange', '"n":0', '"n":-1'), /: \/n/],
    ['a path instead of a hash', edit('exchange', /"request":"[^"]*"/, '"request":"../../etc/passwd"'), /: \/request/],
    [
      'a blob missing',
      (all) => all.filter((line) => !line.includes(sha256('{}')) || line.includes('"exchange"')),
      /blob .* is missing/,
    ],
    ['a blob that nothing names', (all) => [...all, blob('"left over"')], /nothing names blob/],
    [
      'a body that is not JSON',
      (all) => edit('step', /"update":"sha256:\w+"/, `"update":"${sha256('{')}"`)([...all, blob('{')]),
      /is not JSON/,
    ],
    [
      'a body with a number that is not finite',
      (all) => edit('step', /"update":"sha256:\w+"/, `"update":"${sha256('[1e999]')}"`)([...all, blob('[1e999]')]),
      /not finite/,
    ],
    [
      'a body that names a blob by a path',
      (all) =>
        edit(
          'step',
          /"update":"sha256:\w+"/,
          `"update":"${sha256('{"$blob":"/etc"}')}"`,
        )([...all, blob('{"$blob":"/etc"}')]),
      /in a way that the format does not know/,
    ],
    [
      'a vector that is not one',
      edit('derived', /":"[A-Za-z0-9+/=]+"}}$/, '":"AAAA"}}'),
      /vector of .* is not a vector/,
    ],
    [
      'another version published than there is a document of',
      edit('run', '"version":1', '"version":2'),
      /not the version/,
    ],
    ['a document about another item', edit('document', '"id":"looms"', '"id":"other"'), /about item "other"/],
    ['an item with another id', edit('item', '"id":"looms"', '"id":"other"'), /item is "other"/],
    [
      'an address that is not one',
      edit('item', '"rights"', '"url":"file:///etc/passwd","rights"'),
      /does not fit the format: \/item\/url/,
    ],
    [
      'texts though it says that they were left out',
      edit('header', '"redacted":false', '"redacted":true'),
      /texts were left out/,
    ],
  ])('is refused although its checksum is right, with %s', async (_, change, said) => {
    const { kind, message } = await refusal(forged(change))
    expect({ kind, message }).toEqual({ kind: 'malformed', message: expect.stringMatching(said) })
    expect(message).toMatch(/record the run again/)
  })

  it('is refused if it has other counts than it says', async () => {
    const counts = { steps: 2, exchanges: 2, derived: 1, blobs: 7 }
    expect(await refusal(forged((all) => all, counts))).toMatchObject({
      kind: 'malformed',
      message: expect.stringMatching(/7 blobs/),
    })
    expect((await refusal(forged((all) => all))).kind).toBe('read')
  })

  it('is refused if a blob is not what its hash says', async () => {
    const change = edit('blob', 'away', 'here')
    expect(await refusal(forged(change))).toMatchObject({
      kind: 'tampered',
      message: expect.stringMatching(/its hash/),
    })
  })
})
