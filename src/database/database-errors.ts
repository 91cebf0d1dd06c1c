/** What kind of trouble the database is in. Callers and exit codes depend on it. People read the message. */
export type DatabaseTrouble =
  | 'read-only'
  | 'disk-full'
  | 'not-a-data-folder'
  | 'newer-schema'
  | 'older-schema'
  | 'damaged'
  | 'locked'
  | 'unavailable'

/** A database that cannot be opened or used. The message is one line that says what is wrong and what to do. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  readonly trouble: DatabaseTrouble
  constructor(trouble: DatabaseTrouble, message: string, options?: ErrorOptions) {
    super(message, options)
    this.trouble = trouble
  }
}

// PGlite's file system throws emscripten's ErrnoError, which carries only WASI's number.
const WASI_CODES: Record<number, string> = { 2: 'EACCES', 19: 'EDQUOT', 51: 'ENOSPC', 63: 'EPERM', 69: 'EROFS' }

/** The `code` of a Node error (`EACCES`), even if the embedded engine hides it, or of a Postgres error (`53100`). */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  if ('name' in error && error.name === 'ErrnoError' && 'errno' in error && typeof error.errno === 'number') {
    return WASI_CODES[error.errno]
  }
  return undefined
}

function says(error: unknown, pattern: RegExp): boolean {
  return error instanceof Error && pattern.test(error.message)
}

// SQLSTATE 53100 is disk_full.
function isDiskFull(error: unknown): boolean {
  const code = errorCode(error)
  return (
    code === '53100' || code === 'ENOSPC' || code === 'EDQUOT' || says(error, /no space left on device|\bENOSPC\b/i)
  )
}

function isReadOnly(error: unknown): boolean {
  const code = errorCode(error)
  return code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || says(error, /read-only file system/i)
}

// The embedded engine is a WebAssembly module. After a panic (for example a failed write of its log) it answers nothing any more.
function isEngineGone(error: unknown): boolean {
  return (
    says(
      error,
      /PGlite is clos(ed|ing)|unreachable|Aborted\(|program terminated with exit|memory access out of bounds/i,
    ) ||
    errorCode(error)?.startsWith('57P0') === true ||
    errorCode(error)?.startsWith('08') === true
  )
}

/**
 * Names the trouble behind an error of the engine or the file system. An error that is about the statement itself (for example a violated
 * constraint) is returned unchanged.
 */
export function explainDatabaseError(error: unknown, where: string): unknown {
  if (error instanceof DatabaseError) return error
  if (isDiskFull(error)) {
    const message = `the disk that holds ${where} is full, and nothing of the last write was kept; free some space and try again`
    return new DatabaseError('disk-full', message, { cause: error })
  }
  if (isReadOnly(error)) {
    const message = `${where} cannot be written to; give this user write permission, or choose another folder with LINERNOTES_DATA_DIR`
    return new DatabaseError('read-only', message, { cause: error })
  }
  if (isEngineGone(error)) {
    const message = `the database in ${where} stopped answering; start again: everything that was committed is kept`
    return new DatabaseError('unavailable', message, { cause: error })
  }
  return error
}
