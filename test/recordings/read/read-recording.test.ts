import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync, gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RecordingFile, readRecordingFile } from '../../../src/recordings/read/read-recording.ts'
import { writeRecording } from '../../../src/recordings/write/write-recording.ts'
import { bytesOf, comparable, inPieces, recordings, sample } from '../recording-samples.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linernotes-packed-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What a compressor may choose, and what it may write into the header of gzip (RFC 1952). */
interface Packing {
  level: number
  memLevel: number
  windowBits: number
  strategy: number
  /** FTEXT, then time, extra flags and system. */
  isText: boolean
  time: number
  flags: number
  system: number
  extra: Uint8Array | null
  name: string | null
  comment: string | null
  headerChecksum: boolean
}

const withoutZero = fc.string({ unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)) })
const packings: fc.Arbitrary<Packing> = fc.record({
  level: fc.integer({ min: 0, max: 9 }),
  memLevel: fc.integer({ min: 1, max: 9 }),
  windowBits: fc.integer({ min: 9, max: 15 }),
  strategy: fc.integer({ min: 0, max: 4 }),
  isText: fc.boolean(),
  time: fc.nat({ max: 2 ** 31 - 1 }),
  flags: fc.nat({ max: 255 }),
  system: fc.nat({ max: 255 }),
  extra: fc.option(fc.uint8Array({ maxLength: 300 })),
  name: fc.option(withoutZero),
  comment: fc.option(withoutZero),
  headerChecksum: fc.boolean(),
})

/** CRC-32 and length, as they stand at the end of a gzip member. */
const trailerOf = (content: Uint8Array): Buffer => gzipSync(content).subarray(-8)

function packed(content: Buffer, packing: Packing): Buffer {
  const { isText, headerChecksum, extra, name, comment, time, flags, system, ...options } = packing
  const set = [isText, headerChecksum, extra !== null, name !== null, comment !== null]
  const fixed = Buffer.from([0x1f, 0x8b, 8, set.reduce((bits, on, at) => bits | (Number(on) << at), 0), 0, 0, 0, 0])
  fixed.writeUInt32LE(time, 4)
  const header = Buffer.concat([
    fixed,
    Buffer.from([flags, system]),
    extra === null ? Buffer.alloc(0) : Buffer.concat([Buffer.from([extra.length & 255, extra.length >> 8]), extra]),
    ...[name, comment].map((text) => Buffer.from(text === null ? '' : `${text}\0`, 'latin1')),
  ])
  const checksum = headerChecksum ? trailerOf(header).subarray(0, 2) : Buffer.alloc(0)
  return Buffer.concat([header, checksum, deflateRawSync(content, options), trailerOf(content)])
}

/** Reads a file by its path and in pieces, and checks that both give the same. */
async function bothWays(file: Buffer, size: number): Promise<RecordingFile> {
  const path = join(folder, 'file.linernotes.gz')
  writeFileSync(path, file)
  const whole = await readRecordingFile(path)
  expect(contentOf(await readRecordingFile(inPieces(file, size)))).toEqual(contentOf(whole))
  return whole
}

const contentOf = ({ recording, ...rest }: RecordingFile) => ({ ...rest, recording: comparable(recording) })

describe('a recording that is packed again', () => {
  it('is the same recording, whatever packed it and whatever the gzip header says', async () => {
    const size = fc.integer({ min: 1, max: 5000 })
    await fc.assert(
      fc.asyncProperty(recordings, packings, size, async (recording, packing, size) => {
        const written = await bytesOf(writeRecording(recording, { createdBy: '1.2.3' }))
        const content = gunzipSync(written)
        const again = packed(content, packing)
        expect(gunzipSync(again).equals(content)).toBe(true)
        const original = await bothWays(written, size)
        expect(contentOf(await bothWays(again, size))).toEqual(contentOf(original))
        expect(comparable(original.recording)).toEqual(comparable(recording))
      }),
      { numRuns: 60 },
    )
  })

  it('is identified by the SHA-256 of all its lines except the last one', async () => {
    const written = await bytesOf(writeRecording(sample()))
    const lines = gunzipSync(written).toString().trimEnd().split('\n')
    const body = lines.slice(0, -1).map((line) => `${line}\n`)
    const expected = createHash('sha256').update(body.join('')).digest('hex')
    expect((await bothWays(written, 100)).sha256).toBe(`sha256:${expected}`)
    const another = await bytesOf(writeRecording(sample({ run: { ...sample().run, finishedAt: 31 } })))
    expect((await bothWays(another, 100)).sha256).not.toBe(`sha256:${expected}`)
  })

  it('is read even if the gzip header holds a megabyte', async () => {
    const written = await bytesOf(writeRecording(sample()))
    const [packing] = fc.sample(packings, { numRuns: 1, seed: 1 })
    if (packing === undefined) throw new Error('there is a packing')
    const again = packed(gunzipSync(written), { ...packing, comment: 'x'.repeat(1024 * 1024) })
    expect(contentOf(await bothWays(again, 4096))).toEqual(contentOf(await bothWays(written, 4096)))
  })
})
