import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { DatabaseError, errorCode, explainDatabaseError } from '../database-errors.ts'

const MARKER = 'linernotes.json'
const FORMAT = 1
const ENGINE = 'pg'
/** The folder of the lock's files. Only this may be there before the marker. */
export const LOCK_FOLDER = 'lock'

/** `creating`: a first start was interrupted before anything could be stored. What is there is dropped. */
export type FolderState = 'empty' | 'creating' | 'ready'

/** Where the engine keeps its files inside a data folder. */
export function engineFolder(dataDir: string): string {
  return join(dataDir, ENGINE)
}

/**
 * Makes sure that a folder is there and is ours. So a mistyped path never fills somebody's folder with database files.
 * @throws {DatabaseError} `not-a-data-folder` for a file, or for a folder with other things in it; `newer-schema` for a later
 *   layout; `read-only`; `disk-full`
 */
export function prepareFolder(dataDir: string): FolderState {
  try {
    makeFolder(resolve(dataDir))
    return folderState(dataDir)
  } catch (error) {
    const code = errorCode(error)
    if (code === 'EEXIST' || code === 'ENOTDIR') throw notADataFolder(dataDir, 'a file is in the way', error)
    if (code === 'ENOENT') {
      const message = `the data folder ${dataDir} cannot be created; choose another one with LINERNOTES_DATA_DIR`
      throw new DatabaseError('read-only', message, { cause: error })
    }
    throw explainDatabaseError(error, dataDir)
  }
}

function folderState(dataDir: string): FolderState {
  if (!existsSync(join(dataDir, MARKER))) {
    // Another process may be writing the marker at this moment.
    const others = readdirSync(dataDir).filter((name) => name !== LOCK_FOLDER && !name.startsWith(MARKER))
    if (others.length === 0) return 'empty'
    throw notADataFolder(dataDir, `it holds ${others.slice(0, 3).join(', ')}${others.length > 3 ? ', …' : ''}`)
  }
  const marker = readMarker(dataDir)
  if (marker.format > FORMAT) {
    throw new DatabaseError(
      'newer-schema',
      `the data folder ${dataDir} was written by a newer linernotes; use that version, or another LINERNOTES_DATA_DIR`,
    )
  }
  return marker.state
}

function readMarker(dataDir: string): { format: number; state: 'creating' | 'ready' } {
  try {
    const marker: unknown = JSON.parse(readFileSync(join(dataDir, MARKER), 'utf8'))
    if (typeof marker === 'object' && marker !== null && 'format' in marker && typeof marker.format === 'number') {
      return { format: marker.format, state: 'state' in marker && marker.state === 'creating' ? 'creating' : 'ready' }
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new DatabaseError(
    'damaged',
    `${join(dataDir, MARKER)} cannot be read; restore the folder from a backup, or choose another LINERNOTES_DATA_DIR`,
  )
}

/** Drops what an interrupted creation left, and marks the folder as being created. Only the holder of its lock may call this. */
export function beginCreation(dataDir: string): void {
  writeMarker(dataDir, 'creating')
  rmSync(engineFolder(dataDir), { recursive: true, force: true })
}

/** From here on the folder holds data. */
export function endCreation(dataDir: string): void {
  writeMarker(dataDir, 'ready')
}

function writeMarker(dataDir: string, state: FolderState): void {
  const path = join(dataDir, MARKER)
  writeFileSync(`${path}.new`, `${JSON.stringify({ format: FORMAT, state })}\n`, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

function notADataFolder(dataDir: string, why: string, cause?: unknown): DatabaseError {
  const message = `${dataDir} is not a data folder of linernotes (${why}); name an empty or new folder with LINERNOTES_DATA_DIR`
  return new DatabaseError('not-a-data-folder', message, { cause })
}

/** Creates a folder and those above it, one by one. Node's recursive way never ends on file systems that refuse with ENOENT. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  const above = dirname(folder)
  if (above !== folder) makeFolder(above)
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  }
}
