import { promptsNamed } from '../input/replay-request.ts'
import { costText } from '../render/render-cost.ts'
import { runNamed } from '../service/last-run.ts'
import { waitForRun } from '../service/run-item.ts'
import { createProgress, noProgress } from '../service/run-progress-line.ts'
import type { RunView } from '../service/service-answers.ts'
import { whyUnanswered } from '../service/unanswered-agents.ts'
import { withClient } from '../service/with-client.ts'
import { badUse, EXIT, failed } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { print } from '../terminal/write-output.ts'

export interface ForkOptions {
  at?: string | undefined
  live?: 'chat' | undefined
  model?: string | undefined
  prompt?: readonly string[] | undefined
  strict?: boolean | undefined
  json?: boolean | undefined
  debug?: boolean | undefined
}

/** `fork <run>`: starts a fork, waits for its end, and shows how it differs from the run it was made from. */
export function fork(named: string, options: ForkOptions, terminal: Terminal): Promise<number> {
  const { at, live, model, prompt = [], strict = false } = options
  if ((at === undefined) === (live === undefined))
    throw badUse(
      'say what goes live: --at <step> and what comes after it, or --live chat for all models; one of the two',
    )
  const request = {
    ...(at !== undefined && { at }),
    ...(live !== undefined && { live }),
    ...(model !== undefined && { model }),
    prompts: promptsNamed(prompt),
    strict,
  }
  if (strict && live === undefined)
    throw badUse('--strict goes with --live chat; what --at leaves recorded is never asked for anew')
  return withClient(terminal, options, async ({ client, connection }) => {
    await connection.resume()
    const parent = await runNamed(client, named)
    const started = await client.fork(parent, request)
    if (started === null) throw failed(`there is no run "${parent}"; \`linernotes runs\` lists them`)
    const progress = terminal.errIsTerminal ? createProgress({ client, terminal, label: '' }, started.id) : noProgress
    const run = await waitForRun(client, started, progress, terminal.signal)
    if (run.status === 'failed' || run.status === 'cancelled') throw failed(whyEnded(run, parent))
    const diff = await client.diff(parent, run.id)
    const { diffText } = await import('../render/render-diff.ts')
    const { style, columns } = terminal
    print({ run, diff }, { json: options.json, terminal }, () =>
      [
        diffText(diff, { style, columns, full: false }).trimEnd(),
        '',
        style.dim(
          `fork ${[`${run.id} is ${run.status}`, costText(run)].filter(Boolean).join(', ')}; nothing of it is published`,
        ),
        '',
      ].join('\n'),
    )
    const unanswered = await whyUnanswered(client, run)
    if (unanswered === null) return EXIT.done
    terminal.err(`${terminal.errStyle.bad('error:')} ${unanswered}\n`)
    return EXIT.failed
  })
}

function whyEnded({ id, status, error }: RunView, parent: string): string {
  const trace = `\`linernotes trace ${id}\` shows how far it came`
  if (status === 'cancelled') return `the fork ${id} was cancelled; ${trace}`
  const why = error ?? 'no reason was recorded'
  // A step that stays recorded is the same as before only with the code of then.
  const replay = why.startsWith('Diverged') ? `, \`linernotes replay ${parent}\` what today's code does otherwise` : ''
  return `the fork ${id} failed: ${why}; ${trace}${replay}`
}
