import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRecording, readRecordingFile } from '../../src/recordings/read/read-recording.ts'
import { writeRecording } from '../../src/recordings/write/write-recording.ts'
import { bytesOf, comparable, inPieces, recordings, sample } from './recording-samples.ts'

describe('a recording that was written and read', () => {
  it('is the same recording, whatever its bodies hold and in whichever pieces it arrives', async () => {
    await fc.assert(
      fc.asyncProperty(recordings, fc.integer({ min: 1, max: 5000 }), async (recording, size) => {
        const bytes = await bytesOf(writeRecording(recording))
        const read = await readRecording(inPieces(bytes, size))
        expect(comparable(read)).toEqual(comparable(recording))
      }),
      { numRuns: 60 },
    )
  })

  it('has the same content each time it is written', async () => {
    const first = await bytesOf(writeRecording(sample(), { createdBy: '1.2.3' }))
    const again = await bytesOf(writeRecording(await readRecording(inPieces(first)), { createdBy: '1.2.3' }))
    expect(gunzipSync(again).toString()).toBe(gunzipSync(first).toString())
  })

  it('is read by its path too, and its file says which version wrote it and how much it holds', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'linernotes-recording-'))
    const path = join(folder, 'looms.linernotes.gz')
    const bytes = await bytesOf(writeRecording(sample(), { createdBy: '1.2.3' }))
    writeFileSync(path, bytes)
    try {
      const { recording, createdBy, lines, unpackedBytes } = await readRecordingFile(path)
      expect(comparable(recording)).toEqual(comparable(sample()))
      expect({ createdBy, unpackedBytes }).toEqual({ createdBy: '1.2.3', unpackedBytes: gunzipSync(bytes).length })
      expect(gunzipSync(bytes).toString().split('\n')).toHaveLength(lines + 1)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('begins with what it is and ends with its counts and checksum', async () => {
    const lines = gunzipSync(await bytesOf(writeRecording(sample(), { createdBy: '1.2.3' })))
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    const counts = { steps: 2, exchanges: 2, derived: 1, blobs: 6 }
    expect(lines.at(0)).toEqual({
      frame: 'header',
      product: 'linernotes',
      format: 'linernotes/recording/1',
      createdBy: '1.2.3',
      redacted: false,
      counts,
    })
    expect(lines.at(-1)).toMatchObject({ frame: 'footer', counts })
    expect(lines.map(({ frame }) => frame)).toEqual([
      'header',
      'run',
      'item',
      'configuration',
      'document',
      'step',
      'step',
      'exchange',
      'exchange',
      'derived',
      ...Array.from({ length: 6 }, () => 'blob'),
      'footer',
    ])
  })
})
