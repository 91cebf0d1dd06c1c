import { type RecordingFile, readRecordingFile } from '../../recordings/read/read-recording.ts'
import { RecordingError, type RecordingErrorKind } from '../../recordings/recording-errors.ts'
import { safe } from '../render/terminal-layout.ts'
import { EXIT } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** What is said of one file: what it holds, or why it is refused. */
type Verified = { file: string; ok: boolean } & (
  | ReturnType<typeof summaryOf>
  | { kind: RecordingErrorKind; message: string }
)

/**
 * `record verify FILE...`: reads each file as a stranger's, against schema, hashes and checksum, and says what it holds.
 * Exit code 1 where one is no whole recording.
 */
export async function verifyRecordings(
  files: readonly string[],
  { json = false }: { json?: boolean | undefined },
  terminal: Terminal,
): Promise<number> {
  const results: Verified[] = []
  for (const file of files) {
    try {
      const read = await readRecordingFile(file === '-' ? terminal.stdin : file)
      results.push({ file, ok: true, ...summaryOf(read) })
      if (!json) terminal.out(`${terminal.style.good('ok')} ${file}: ${safe(sentence(read))}\n`)
    } catch (error) {
      if (!(error instanceof RecordingError)) throw error
      const { kind, message } = error
      results.push({ file, ok: false, kind, message })
      if (!json) terminal.err(`${terminal.errStyle.bad(kind)} ${file}: ${safe(message)}\n`)
    }
  }
  if (json) terminal.out(`${JSON.stringify(results, null, 2)}\n`)
  return results.every(({ ok }) => ok) ? EXIT.done : EXIT.failed
}

function summaryOf({ recording, createdBy, lines, unpackedBytes }: RecordingFile) {
  const { run, redacted, steps, exchanges, derived, configuration } = recording
  const { id, itemId, status, version, createdAt } = run
  return {
    run: id,
    item: itemId,
    status,
    version,
    createdAt: new Date(createdAt).toISOString(),
    engine: configuration.engine,
    redacted,
    steps: steps.length,
    exchanges: exchanges.length,
    derived: derived.map(({ kind, version }) => `${kind} ${version}`),
    createdBy,
    lines,
    unpackedBytes,
  }
}

function sentence(file: RecordingFile): string {
  const { run, item, status, version, engine, steps, exchanges, redacted, createdBy } = summaryOf(file)
  const published = version === null ? 'nothing published' : `version ${version}`
  const texts = redacted ? 'without texts, to look at and not to replay' : 'whole'
  return `${texts}; run ${run} of item ${item} (${status}, ${published}) with ${engine}; ${steps} steps, ${exchanges} calls; written by linernotes ${createdBy}`
}
