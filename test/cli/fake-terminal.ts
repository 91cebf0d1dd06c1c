import { Readable } from 'node:stream'
import { createStyle } from '../../src/cli/render/terminal-style.ts'
import type { Terminal } from '../../src/cli/terminal/terminal.ts'

export interface FakeTerminal extends Terminal {
  readonly written: { out: string; err: string }
  /** Bytes, which are not in `written.out`. */
  readonly bytes: Uint8Array[]
  interrupt(): void
}

/** A terminal that keeps what is written to it. It has no colours and 100 columns. */
export function fakeTerminal({
  stdin = '',
  isTerminal = false,
}: {
  stdin?: string
  isTerminal?: boolean
} = {}): FakeTerminal {
  const written = { out: '', err: '' }
  const bytes: Uint8Array[] = []
  const abort = new AbortController()
  return {
    written,
    bytes,
    interrupt: () => abort.abort(new Error('interrupted')),
    stdin: Readable.from(stdin === '' ? [] : [Buffer.from(stdin)]),
    out(text) {
      written.out += text
    },
    async write(chunk) {
      bytes.push(chunk)
    },
    err(text) {
      written.err += text
    },
    style: createStyle(false),
    errStyle: createStyle(false),
    outIsTerminal: isTerminal,
    errIsTerminal: false,
    columns: 100,
    signal: abort.signal,
  }
}
