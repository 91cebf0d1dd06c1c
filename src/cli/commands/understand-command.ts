import { readConfig, runSettingsGiven } from '../../config.ts'
import type { Item } from '../../content/item.ts'
import { createFetcher } from '../../ingest/fetch/guarded-fetcher.ts'
import { type LoadOptions, loadItems } from '../input/load-items.ts'
import { abstentionLines } from '../render/render-abstentions.ts'
import { runItem } from '../service/run-item.ts'
import { createProgress, noProgress } from '../service/run-progress-line.ts'
import type { Submission } from '../service/service-client.ts'
import { whyUnanswered } from '../service/unanswered-agents.ts'
import { type Session, withClient } from '../service/with-client.ts'
import { badUse, EXIT, explainError } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { type Format, formatOf, renderUnderstanding } from '../terminal/write-output.ts'

export interface UnderstandOptions extends Submission, LoadOptions {
  format?: string | undefined
  json?: boolean | undefined
  quiet?: boolean | undefined
  debug?: boolean | undefined
}

/**
 * `understand <file|url|->`: the exit code. A partial understanding is done: it says what is missing. Where no model answered, or no
 * agent came to an answer, it is printed, and failed all the same.
 */
export async function understand(source: string, options: UnderstandOptions, terminal: Terminal): Promise<number> {
  const format = formatOf(options, terminal)
  if (options.facets !== undefined) await requireFacets(options.facets)
  const config = readConfig()
  const note = (text: string) => {
    if (options.quiet !== true) terminal.err(`${terminal.errStyle.dim(text)}\n`)
  }
  const fetcher = () => createFetcher({ allowPrivate: config.LINERNOTES_ALLOW_PRIVATE_URLS })
  const maxChars = config.LINERNOTES_MAX_TRANSCRIPT_CHARS
  const { stdin, signal } = terminal
  const { items, notes } = await loadItems(source, options, { stdin, fetcher, signal, maxChars })
  for (const line of notes) note(line)
  return withClient(terminal, options, async (session) => {
    if (session.connection.server !== null) note(throughServer(session.connection.server))
    const resumed = await session.connection.resume()
    if (resumed > 0) note(`taking up ${resumed} interrupted ${resumed === 1 ? 'run' : 'runs'}`)
    let worst: number = EXIT.done
    for (const [n, item] of items.entries()) {
      const label = items.length === 1 ? '' : `${n + 1}/${items.length} `
      try {
        const { run, text, unanswered } = await one(item, {
          options,
          terminal,
          session,
          format,
          label,
          line: items.length > 1,
        })
        terminal.out(text)
        // Last, where it is still in sight below a long document.
        if (items.length === 1) note(whereToLook(run.id, session))
        if (unanswered === null) continue
        worst = EXIT.failed
        terminal.err(`${terminal.errStyle.bad('error:')} ${label}${unanswered}\n`)
      } catch (error) {
        // One episode that fails does not end the others; what ends this process does.
        if (items.length === 1 || terminal.signal.aborted) throw interrupted(error, session, terminal)
        worst = EXIT.failed
        terminal.err(`${terminal.errStyle.bad('error:')} ${label}${item.title}: ${explainError(error).line}\n`)
      }
    }
    return worst
  })
}

/** @throws {CliError} naming what there is, before anything is read or opened. */
async function requireFacets(named: readonly string[]): Promise<void> {
  const { REQUESTABLE_FACETS } = await import('../../runs/asking-agents.ts')
  const unknown = named.find((name) => !REQUESTABLE_FACETS.includes(name))
  if (unknown !== undefined) throw badUse(`there is no facet "${unknown}"; there are ${REQUESTABLE_FACETS.join(', ')}`)
}

interface One {
  options: UnderstandOptions
  terminal: Terminal
  session: Session
  format: Format
  label: string
  line: boolean
}

/** The run, its document as text, and why no agent came to an answer, if none did. */
async function one(
  item: Item,
  { options, terminal, session, format, label, line }: One,
): Promise<{ run: { id: string }; text: string; unanswered: string | null }> {
  const { client } = session
  const shows = terminal.errIsTerminal && options.quiet !== true
  const progressOf = (runId: string) => (shows ? createProgress({ client, terminal, label }, runId) : noProgress)
  const { run, understanding } = await runItem(item, options, { client, progressOf, signal: terminal.signal })
  if (options.quiet !== true) {
    if (run.status === 'unchanged') terminal.err(`${terminal.errStyle.dim('nothing has changed since the last run')}\n`)
    const which = label === '' ? '' : `${label}${item.title}: `
    if (format !== 'table')
      for (const line of abstentionLines(understanding))
        terminal.err(`${terminal.errStyle.warn('not answered:')} ${which}${line}\n`)
  }
  const text = await renderUnderstanding(understanding, format, { terminal, line })
  return { run, text, unanswered: await whyUnanswered(client, run) }
}

/** The server's settings count; where this shell has some of its own, that is worth a word. */
function throughServer(server: string): string {
  const given = runSettingsGiven()
  if (given.length === 0) return `through the server at ${server}`
  return `through the server at ${server}, with its settings (${server}/settings): it knows nothing of ${given.join(', ')} of this shell`
}

/** Where the run can be looked at in a browser. */
function whereToLook(runId: string, { connection }: Session): string {
  if (connection.server !== null) return `how it came about: ${connection.server}/runs/${runId}`
  const { LINERNOTES_HOST: host, PORT: port } = readConfig()
  const page = `http://${host.includes(':') ? `[${host}]` : host}:${port}/runs/${runId}`
  return `how it came about: ${page} once \`linernotes serve\` runs`
}

function interrupted(error: unknown, { connection }: Session, terminal: Terminal): unknown {
  if (!terminal.signal.aborted) return error
  const where =
    connection.server === null ? 'the same command takes the run up where it stopped' : 'the run goes on in the server'
  terminal.err(`interrupted: ${where}\n`)
  return terminal.signal.reason
}
