import type { Readable } from 'node:stream'
import { WriteStream } from 'node:tty'
import { createStyle, type Style } from '../render/terminal-style.ts'

/** Where a command reads and writes. Data goes to `out` and everything else to `err`. */
export interface Terminal {
  readonly stdin: Readable
  out(text: string): void
  /** Writes bytes to `out`, as fast as they are accepted. */
  write(bytes: Uint8Array): Promise<void>
  err(text: string): void
  /** Styles for `out`. They are plain unless it is a terminal with colours and without `NO_COLOR`. */
  readonly style: Style
  readonly errStyle: Style
  readonly outIsTerminal: boolean
  readonly errIsTerminal: boolean
  readonly columns: number
  /** Aborts at the first interrupt (Ctrl-C). */
  readonly signal: AbortSignal
}

const MOST_COLUMNS = 120

/** The terminal of this process. The first interrupt aborts `signal`. The second ends the process at once. */
export function processTerminal(): Terminal {
  const abort = new AbortController()
  const interrupt = () => {
    if (abort.signal.aborted) process.exit(130)
    abort.abort(new Error('interrupted'))
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  // It is no error if a reader stops early (`| head`).
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  return {
    stdin: process.stdin,
    out: (text) => void process.stdout.write(text),
    write: (bytes) => new Promise((done) => process.stdout.write(bytes, () => done())),
    err: (text) => void process.stderr.write(text),
    style: createStyle(hasColours(process.stdout)),
    errStyle: createStyle(hasColours(process.stderr)),
    outIsTerminal: process.stdout.isTTY === true,
    errIsTerminal: process.stderr.isTTY === true,
    columns: Math.min(MOST_COLUMNS, Math.max(40, process.stdout.columns ?? 100)),
    signal: abort.signal,
  }
}

/** `hasColors` respects the terminal, `NO_COLOR` and `FORCE_COLOR`. */
function hasColours(stream: NodeJS.WriteStream): boolean {
  return stream instanceof WriteStream && stream.isTTY && stream.hasColors()
}
