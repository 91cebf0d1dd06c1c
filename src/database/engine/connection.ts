import { statfsSync } from 'node:fs'
import { Kysely, PostgresDialect } from 'kysely'
import { Pool, types } from 'pg'
import { DatabaseError, explainDatabaseError } from '../database-errors.ts'
import type { Tables } from '../database-schema.ts'
import { beginCreation, endCreation, engineFolder, prepareFolder } from '../folder/data-folder.ts'
import type { FolderLock } from '../folder/folder-lock.ts'
import type { SchemaChange } from '../migrations/schema-change.ts'
import { databaseImage } from './database-image.ts'
import { type Engine, openEngine } from './engine-client.ts'
import { guardPool, type Query } from './guarded-pool.ts'
import { migrate, schemaWith } from './migrate.ts'
import { compact, reclaim } from './reclaim-space.ts'

/** An open database. There is one dialect, whichever engine is behind it. */
export interface Database {
  /** `embedded` has one connection and no other process. `server` is Postgres. */
  readonly kind: 'embedded' | 'server'
  /** The name by which people know it: the data folder, or `memory`. */
  readonly where: string
  readonly kysely: Kysely<Tables>
  readonly query: Query
  /** Frees the space of deleted rows for new ones. */
  reclaim(): Promise<void>
  /** Writes all files anew, so that none holds what was deleted. Meanwhile nothing else is answered. */
  compact(): Promise<void>
  /** Waits for open statements, then closes. Afterwards, whoever took the folder's lock releases it. */
  close(): Promise<void>
}

/** Where the database is: a data folder whose lock this process holds, or nowhere (tests, dry runs). */
export type DatabaseLocation = { lock: FolderLock } | { memory: true }

const INT8 = 20

/**
 * Opens the embedded database and brings its schema up to date. In an empty folder it is created, which takes 1 s (see
 * {@link databaseImage}). Later starts take 0.4 s. What was committed survives the death of this process, but not of the machine, because the
 * engine runs without fsync.
 * @param adapters the changes of the schema that adapters make. Every start must pass the same ones, whichever adapter is in use: a change in the
 *   database that the code does not know counts as the schema of another version.
 * @throws {DatabaseError} that says what to do, see {@link prepareFolder} and {@link migrate}; `damaged` if the engine cannot read its files
 */
export async function openDatabase(location: DatabaseLocation, adapters: readonly SchemaChange[]): Promise<Database> {
  const changes = schemaWith(adapters)
  const database = await ('memory' in location ? openInMemory(changes) : openFolder(location.lock.dataDir, changes))
  try {
    await migrate(database, changes)
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

async function openInMemory(changes: readonly SchemaChange[]): Promise<Database> {
  return connect(await openEngine({ dataDir: null, image: databaseImage(changes) }), 'memory')
}

async function openFolder(dataDir: string, changes: readonly SchemaChange[]): Promise<Database> {
  const fresh = prepareFolder(dataDir) !== 'ready'
  try {
    if (fresh) beginCreation(dataDir)
    const image = fresh ? databaseImage(changes) : null
    const engine = await openEngine({ dataDir: engineFolder(dataDir), image })
    if (fresh) endCreation(dataDir)
    return connect(engine, dataDir)
  } catch (error) {
    throw whyItDoesNotStart(error, dataDir)
  }
}

/** The space that the engine needs to start after it was killed: one more file of its log. */
const ROOM_TO_START = 32 * 1024 * 1024

// The engine only says that it failed to initialise, so this looks for the likely cause.
function whyItDoesNotStart(error: unknown, dataDir: string): DatabaseError {
  const explained = explainDatabaseError(error, dataDir)
  if (explained instanceof DatabaseError && explained.trouble !== 'unavailable') return explained
  const { bavail, bsize } = statfsSync(dataDir)
  if (bavail * bsize < ROOM_TO_START) {
    const message = `the disk that holds ${dataDir} is too full for the database to start; free 50 MB and start again: nothing is lost`
    return new DatabaseError('disk-full', message, { cause: error })
  }
  return new DatabaseError(
    'damaged',
    `the database in ${dataDir} cannot be read; restore a backup of the folder, or choose another LINERNOTES_DATA_DIR`,
    { cause: error },
  )
}

function connect(engine: Engine, where: string): Database {
  const pool = new Pool({
    stream: () => engine.connect(),
    ...{ user: 'postgres', database: 'postgres', password: '' },
    // The engine has one session.
    max: 1,
    idleTimeoutMillis: 0,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === INT8 ? Number : types.getTypeParser(oid, format),
    },
  })
  // Without a listener, an error of an idle connection would end the process. The next statement reports it.
  pool.on('error', () => undefined)
  const guarded = guardPool(pool, where)
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: guarded }) })
  return {
    kind: 'embedded',
    where,
    kysely,
    query: guarded.query,
    reclaim: () => reclaim(guarded.query),
    compact: () => compact(guarded.query),
    async close() {
      await kysely.destroy()
      await guarded.end().catch(() => undefined)
      await engine.close()
    },
  }
}
