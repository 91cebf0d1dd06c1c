/** The exit codes of the process. */
export const EXIT = { done: 0, failed: 1, badUse: 2, shortfall: 3, interrupted: 130 } as const

/** A command cannot do what it was asked to do. The message is one line that says what is wrong and what to do about it. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly exitCode: number
  /** Lines that help to choose. They are shown below the message. */
  readonly details: string | null
  constructor(exitCode: number, message: string, { details, ...options }: ErrorOptions & { details?: string } = {}) {
    super(message, options)
    this.exitCode = exitCode
    this.details = details ?? null
  }
}

/** The command line itself is wrong: an unknown value, or a file that does not exist. */
export function badUse(message: string, details?: string): CliError {
  return new CliError(EXIT.badUse, message, details === undefined ? {} : { details })
}

export function failed(message: string, options?: ErrorOptions): CliError {
  return new CliError(EXIT.failed, message, options)
}

// Errors whose messages are written for people, in one line that says what to do.
const FOR_PEOPLE = new Set([
  'TranscriptError',
  'FeedError',
  'FetchError',
  'DatabaseError',
  'UnknownTaxonomy',
  'ModelError',
  'RecordingError',
  'ReplayFailed',
  'ReplayProcessEnded',
])

/** An error as one line for stderr, with its exit code. */
export function explainError(error: unknown): { line: string; exitCode: number } {
  if (error instanceof CliError) return { line: oneLine(error.message), exitCode: error.exitCode }
  if (!(error instanceof Error)) return { line: oneLine(String(error)), exitCode: EXIT.failed }
  if (error.name === 'ConfigError') return { line: oneLine(error.message), exitCode: EXIT.badUse }
  const line = oneLine(error.message)
  if (FOR_PEOPLE.has(error.name)) return { line, exitCode: EXIT.failed }
  return { line: `${line || error.name} (unexpected; --debug shows where)`, exitCode: EXIT.failed }
}

function oneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, ' ')
}
