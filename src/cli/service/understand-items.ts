import { readConfig, runSettingsGiven } from '../../config.ts'
import type { Item } from '../../content/item.ts'
import { abstentionLines } from '../render/render-understanding.ts'
import { EXIT, explainError } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { type Format, renderUnderstanding } from '../terminal/write-output.ts'
import { noProgress, runItem } from './run-item.ts'
import { createProgress } from './run-progress-line.ts'
import type { Submission } from './service-client.ts'
import { whyUnanswered } from './unanswered-agents.ts'
import type { Session } from './with-client.ts'

export interface UnderstandOptions extends Submission {
  format: Format
  quiet: boolean
}

/**
 * Understands one item after another and prints what came of it. A partial understanding is done: it says what is missing. Where no
 * model answered, or no agent came to an answer, it is printed, and failed all the same.
 * @returns the exit code: the worst of all.
 */
export async function understandItems(
  items: readonly Item[],
  options: UnderstandOptions,
  { session, terminal }: { session: Session; terminal: Terminal },
): Promise<number> {
  const note = (text: string) => {
    if (!options.quiet) terminal.err(`${terminal.errStyle.dim(text)}\n`)
  }
  if (session.connection.server !== null) note(throughServer(session.connection.server))
  const resumed = await session.connection.resume()
  if (resumed > 0) note(`taking up ${resumed} interrupted ${resumed === 1 ? 'run' : 'runs'}`)
  let worst: number = EXIT.done
  for (const [n, item] of items.entries()) {
    const label = items.length === 1 ? '' : `${n + 1}/${items.length} `
    try {
      const { run, text, unanswered } = await one(item, { options, terminal, session, label })
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
}

interface One {
  options: UnderstandOptions
  terminal: Terminal
  session: Session
  /** Which of several it is; empty where it is the only one. */
  label: string
}

/** The run, its document as text, and why no agent came to an answer, if none did. */
async function one(
  item: Item,
  { options, terminal, session, label }: One,
): Promise<{ run: { id: string }; text: string; unanswered: string | null }> {
  const { client } = session
  const { format, quiet } = options
  const shows = terminal.errIsTerminal && !quiet
  const progress = shows ? createProgress({ terminal, label }) : noProgress
  const { run, understanding } = await runItem(item, options, { client, progress, signal: terminal.signal })
  if (!quiet) {
    if (run.status === 'unchanged') terminal.err(`${terminal.errStyle.dim('nothing has changed since the last run')}\n`)
    const which = label === '' ? '' : `${label}${item.title}: `
    if (format !== 'table')
      for (const line of abstentionLines(understanding))
        terminal.err(`${terminal.errStyle.warn('not answered:')} ${which}${line}\n`)
  }
  const text = await renderUnderstanding(understanding, format, { terminal, client, line: label !== '' })
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
