import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadItems } from '../../src/cli/input/load-items.ts'
import { createFetcher } from '../../src/ingest/fetch/guarded-fetcher.ts'
import { readTranscript } from '../../src/ingest/transcripts/parse-transcript.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linernotes-encodings-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const BOM = [0xef, 0xbb, 0xbf]
const GUESSED = 'The text is not valid UTF-8 and was read as windows-1252.'
const mended = (places: string, were: string) =>
  `${places} of the text ${were} not valid UTF-8 and ${were} mended: bytes were read as windows-1252, half characters became \ufffd.`
const DAMAGED = 'The text has bytes that its encoding does not know; each became \ufffd.'

describe('bytes of a transcript', () => {
  it.each<[string, Uint8Array, string, string[]]>([
    ['UTF-8 with a BOM and CRLF', Buffer.from([...BOM, ...Buffer.from('Café.\r\nTea.')]), 'Café.\nTea.', []],
    ['windows-1252', Buffer.from('Caf\xe9 \x93au lait\x94.', 'latin1'), 'Café “au lait”.', [GUESSED]],
    [
      'UTF-8 with one byte of windows-1252',
      Buffer.concat([Buffer.from('It’s a caf'), Buffer.from([0xe9]), Buffer.from(', “naïve” 👍.')]),
      'It’s a café, “naïve” 👍.',
      [mended('1 place', 'was')],
    ],
    [
      'UTF-8 with encoded surrogates, alone and in a pair',
      Buffer.concat([Buffer.from('It’s '), Buffer.from([0xed, 0xa0, 0xbd, 0x2e, 0xed, 0xa0, 0xbd, 0xed, 0xb1, 0x8d])]),
      'It’s \ufffd.👍',
      [mended('3 places', 'were')],
    ],
    [
      'UTF-8 that breaks off, and a byte that means nothing',
      Buffer.concat([Buffer.from('Cafés \u201c'), Buffer.from([0x9d, 0x20, 0xc3])]),
      'Cafés “\ufffd Ã',
      [mended('2 places', 'were')],
    ],
    [
      'windows-1252 that by chance has one character of UTF-8',
      Buffer.from(`${'caf\xe9 cr\xe8me br\xfbl\xe9e na\xefve gar\xe7on '.repeat(3)}CAF\xc9\x94`, 'latin1'),
      `${'café crème brûlée naïve garçon '.repeat(3)}CAFÉ”`,
      [GUESSED],
    ],
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
        maxChars: 1000,
      },
    )
    expect(loaded.notes).toEqual(notes)
  })
})
