import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadItems } from '../../src/cli/input/load-items.ts'
import { createFetcher } from '../../src/ingest/guarded-fetcher.ts'
import { readTranscript } from '../../src/ingest/transcripts/read-transcript.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linernotes-encodings-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const BOM = [0xef, 0xbb, 0xbf]
const GUESSED = 'The text is not valid UTF-8 and was read as windows-1252.'
const DAMAGED = 'The text has bytes that its encoding does not know; each became \ufffd.'

describe('bytes of a transcript', () => {
  it.each<[string, Uint8Array, string, string[]]>([
    ['UTF-8 with a BOM and CRLF', Buffer.from([...BOM, ...Buffer.from('Café.\r\nTea.')]), 'Café.\nTea.', []],
    ['windows-1252', Buffer.from('Caf\xe9 \x93au lait\x94.', 'latin1'), 'Café “au lait”.', [GUESSED]],
    [
      'a UTF-8 BOM over windows-1252',
      Buffer.from([...BOM, ...Buffer.from('Caf\xe9.', 'latin1')]),
      'Caf\ufffd.',
      [DAMAGED],
    ],
    ['UTF-16 with a lone surrogate', Buffer.from('\ufeffTea \ud800 here.', 'utf16le'), 'Tea \ufffd here.', [DAMAGED]],
    ['UTF-16 that breaks off', Buffer.from('\ufeffTea here.', 'utf16le').subarray(0, -1), 'Tea here\ufffd', [DAMAGED]],
  ])('%s: nothing is dropped, and what was guessed is said', async (name, bytes, text, notes) => {
    const { transcript } = readTranscript(bytes)
    expect([transcript.text, transcript.warnings]).toEqual([text, notes])
    const path = join(folder, `${name.replaceAll(' ', '-')}.txt`)
    writeFileSync(path, bytes)
    const loaded = await loadItems(
      path,
      { overrides: {}, dropHeadings: false },
      {
        stdin: Readable.from([]),
        fetcher: () => createFetcher({ allowPrivate: false }),
        signal: new AbortController().signal,
      },
    )
    expect(loaded.notes).toEqual(notes)
  })
})
