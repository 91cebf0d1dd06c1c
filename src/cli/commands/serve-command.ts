import type { Service } from '../../compose.ts'
import { readConfig } from '../../config.ts'
import { messageOf } from '../../content/validation/error-message.ts'
import { acquireLock } from '../../database/folder/folder-lock.ts'
import { budgetGap, CLOSE_GAP } from '../../doctor/budget-gap.ts'
import { hostOf, hostProblem } from '../../http/requests/listen-host.ts'
import { productVersion } from '../product-version.ts'
import { badUse, EXIT, failed } from '../terminal/exit-code.ts'
import { createJsonLog } from '../terminal/json-log.ts'
import type { Terminal } from '../terminal/terminal.ts'

/**
 * `serve`: owns the data folder and answers over HTTP until it is stopped (SIGINT, SIGTERM). Other commands on the same folder
 * go through it. Logs JSON lines to stderr.
 */
export async function serve(options: { port?: number; host?: string }, terminal: Terminal): Promise<number> {
  const given = readConfig()
  const wanted = hostOf({ LINERNOTES_HOST: options.host ?? given.LINERNOTES_HOST })
  const config = { ...given, LINERNOTES_HOST: wanted, PORT: options.port ?? given.PORT }
  const { LINERNOTES_HOST: host, PORT: port, LINERNOTES_DATA_DIR: folder } = config
  const refusal = await hostProblem(host, config)
  if (refusal !== null) throw badUse(`${refusal.problem}: ${refusal.advice}`)
  const log = createJsonLog(config.LOG_LEVEL, terminal.err)
  const result = await acquireLock(folder, { signal: terminal.signal })
  if (result.kind === 'served')
    throw failed(
      `the data folder ${folder} is served at ${result.url} already; use that, or choose another LINERNOTES_DATA_DIR`,
    )
  const { lock } = result
  try {
    // Loaded last: what is wrong with the command is said at once.
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

/** For a person at the terminal: what to open. Programs that read the log get JSON lines alone. */
async function welcome(
  url: string,
  { repositories }: Pick<Service, 'repositories'>,
  terminal: Terminal,
): Promise<void> {
  const [latest] = (await repositories.runs.list({}, { limit: 1 })).entries
  terminal.err(`open ${url}/ in a browser${latest === undefined ? '' : `; the latest run: ${url}/runs/${latest.id}`}\n`)
}

/** Where commands on this machine reach a server that listens everywhere. */
function reachable(url: string): string {
  return url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:')
}
