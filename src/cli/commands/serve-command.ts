import { InvalidArgumentError } from 'commander'
import type { Config } from '../../config.ts'
import { messageOf } from '../../content/validation/error-message.ts'
import type { Log, Service } from '../../service.ts'
import type { CommandLine } from '../command-line.ts'
import { productVersion } from '../product-version.ts'
import { badUse, EXIT, failed } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'

export function addServe({ add, terminal, done }: CommandLine): void {
  add('serve', 'answer over HTTP, and own the data folder')
    .option('--port <port>', 'the port instead of PORT; 0 takes a free one', port)
    .option('--host <address>', 'the address instead of LINERNOTES_HOST')
    .action(async (options: ServeOptions) => done(await serve(options, terminal)))
}

function port(value: string): number {
  const number = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN
  if (!(number <= 65_535)) throw new InvalidArgumentError('a number from 0 to 65535.')
  return number
}

interface ServeOptions {
  port?: number
  host?: string
}

/**
 * Owns the data folder and answers over HTTP until it is stopped (SIGINT, SIGTERM). Meanwhile other commands on the same folder send their
 * requests to it. It logs JSON lines to stderr.
 */
async function serve(options: ServeOptions, terminal: Terminal): Promise<number> {
  const [{ readConfig }, { acquireLock }, { budgetGap, CLOSE_GAP }, { hostOf, hostProblem }] = await Promise.all([
    import('../../config.ts'),
    import('../../database/folder/folder-lock.ts'),
    import('../../doctor/budget-gap.ts'),
    import('../../http/requests/listen-host.ts'),
  ])
  const given = readConfig()
  const wanted = hostOf({ LINERNOTES_HOST: options.host ?? given.LINERNOTES_HOST })
  const config = { ...given, LINERNOTES_HOST: wanted, PORT: options.port ?? given.PORT }
  const { LINERNOTES_HOST: host, PORT: port, LINERNOTES_DATA_DIR: folder } = config
  const refusal = await hostProblem(host, config)
  if (refusal !== null) throw badUse(`${refusal.problem}: ${refusal.advice}`)
  const log = jsonLog(config.LOG_LEVEL, terminal.err)
  const result = await acquireLock(folder, { signal: terminal.signal })
  if (result.kind === 'served')
    throw failed(
      `the data folder ${folder} is served at ${result.url} already; use that, or choose another LINERNOTES_DATA_DIR`,
    )
  const { lock } = result
  try {
    // This is loaded last, so that mistakes in the command are reported at once.
    const [{ compose }, { createApp }, { serve: listen }] = await Promise.all([
      import('../../compose.ts'),
      import('../../http/app.ts'),
      import('../../http/serve.ts'),
    ])
    const service = await compose(config, { lock }, log)
    const app = createApp({ service, log, version: productVersion() })
    const listening = await listen({ app, service, host, port, log }).catch(async (error: unknown) => {
      await service.close()
      throw failed(messageOf(error), { cause: error })
    })
    const gap = budgetGap(service.unpriced)
    if (gap !== null) log('warn', `${gap}; ${CLOSE_GAP}`)
    lock.updateLock(reachable(listening.url))
    terminal.out(`${listening.url}\n`)
    if (terminal.errIsTerminal) await welcome(reachable(listening.url), service, terminal)
    void service.catchUp({ setAside: true })
    await listening.stopped
    return EXIT.done
  } finally {
    lock.release()
  }
}

/** Tells a person at a terminal what to open. Programs that read the log get only JSON lines. */
async function welcome(
  url: string,
  { repositories }: Pick<Service, 'repositories'>,
  terminal: Terminal,
): Promise<void> {
  const [latest] = (await repositories.runs.list({}, { limit: 1 })).entries
  terminal.err(`open ${url}/ in a browser${latest === undefined ? '' : `; the latest run: ${url}/runs/${latest.id}`}\n`)
}

/** The address by which commands on this machine reach a server that listens on all addresses. */
function reachable(url: string): string {
  return url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:')
}

const LEVELS = ['debug', 'info', 'warn', 'error'] as const

/** A log of JSON lines with time, level, message and further fields. */
function jsonLog(least: Config['LOG_LEVEL'], write: (line: string) => void): Log {
  const from = least === 'silent' ? LEVELS.length : LEVELS.indexOf(least)
  return (level, message, fields = {}) => {
    if (LEVELS.indexOf(level) < from) return
    write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`)
  }
}
