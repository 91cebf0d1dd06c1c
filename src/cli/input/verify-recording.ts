import type { Readable } from 'node:stream'
import { type RecordingFile, readRecordingFile } from '../../recordings/read/read-recording.ts'
import { RecordingError, type RecordingErrorKind } from '../../recordings/recording-errors.ts'
import { safe } from '../render/terminal-layout.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** The result for one file: what it holds, or why it is refused. */
export type Verified =
  | ({ file: string; ok: true } & ReturnType<typeof summaryOf>)
  | { file: string; ok: false; kind: RecordingErrorKind; message: string }

/** Reads a file (`-` is stdin) and checks its schema, hashes and checksum. */
export async function verifyRecording(file: string, stdin: Readable): Promise<Verified> {
  try {
    return { file, ok: true, ...summaryOf(await readRecordingFile(file === '-' ? stdin : file)) }
  } catch (error) {
    if (!(error instanceof RecordingError)) throw error
    return { file, ok: false, kind: error.kind, message: error.message }
  }
}

export function verifiedText(verified: Verified, { style, errStyle }: Terminal): string {
  const { file } = verified
  return verified.ok
    ? `${style.good('ok')} ${file}: ${safe(sentence(verified))}\n`
    : `${errStyle.bad(verified.kind)} ${file}: ${safe(verified.message)}\n`
}

function summaryOf({ recording, sha256, createdBy, lines, unpackedBytes }: RecordingFile) {
  const { run, redacted, steps, exchanges, derived, configuration } = recording
  const { id, itemId, status, version, createdAt } = run
  return {
    run: id,
    item: itemId,
    status,
    version,
    createdAt: new Date(createdAt).toISOString(),
    engine: configuration.settings.engine,
    sha256,
    redacted,
    steps: steps.length,
    exchanges: exchanges.length,
    derived: derived.map(({ kind, version }) => `${kind} ${version}`),
    createdBy,
    lines,
    unpackedBytes,
  }
}

function sentence(summary: ReturnType<typeof summaryOf>): string {
  const { run, item, status, version, engine, steps, exchanges, redacted, createdBy, sha256 } = summary
  const published = version === null ? 'nothing published' : `version ${version}`
  const texts = redacted ? 'without texts, to look at and not to replay' : 'whole'
  return `${texts}; run ${run} of item ${item} (${status}, ${published}) with ${engine}; ${steps} steps, ${exchanges} calls; written by linernotes ${createdBy}; ${sha256}`
}
