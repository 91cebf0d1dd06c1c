import type { Config } from '../../config.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { Client } from './service-client.ts'
import type { Connection } from './service-connection.ts'

export interface Session {
  client: Client
  connection: Connection
  config: Config
}

interface ClientOptions {
  /** Shows what the service logs. */
  debug?: boolean | undefined
  /** Shows not even its warnings. */
  quiet?: boolean | undefined
  /** See {@link connect}. */
  prepare?: boolean
}

/** Connects, performs and closes, also where performing fails. */
export async function withClient<T>(
  terminal: Terminal,
  { debug = false, quiet = false, prepare = false }: ClientOptions,
  perform: (session: Session) => Promise<T>,
): Promise<T> {
  const [{ readConfig }, { connect }, { createClient }] = await Promise.all([
    import('../../config.ts'),
    import('./service-connection.ts'),
    import('./service-client.ts'),
  ])
  const config = readConfig()
  const connection = await connect({
    config,
    signal: terminal.signal,
    prepare,
    log(level, message, fields = {}) {
      if (debug) terminal.err(`${terminal.errStyle.dim(`${level}: ${message} ${JSON.stringify(fields)}`)}\n`)
      else if (level === 'warn' && !quiet)
        terminal.err(`${terminal.errStyle.warn('note:')} ${message}${reason(fields)}\n`)
    },
  })
  try {
    return await perform({ client: createClient(connection, terminal.signal), connection, config })
  } finally {
    await connection.close()
  }
}

function reason({ error }: Record<string, unknown>): string {
  return error === undefined ? '' : `: ${String(error)}`
}
