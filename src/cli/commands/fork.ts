import { badUse, EXIT, failed } from '../exit-code.ts'
import { promptsNamed } from '../input/replay-options.ts'
import { runNamed } from '../last-run.ts'
import { print } from '../output.ts'
import { createProgress, noProgress } from '../progress.ts'
import { waitForRun } from '../run-item.ts'
import type { Terminal } from '../terminal.ts'
import { withClient } from '../with-client.ts'

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
  return withClient(terminal, options, async ({ client, connection }) => {
    await connection.resume()
    const parent = await runNamed(client, named)
    const started = await client.fork(parent, request)
    if (started === null) throw failed(`there is no run "${parent}"; \`linernotes runs\` lists them`)
    const progress = terminal.errIsTerminal ? createProgress({ client, terminal, label: '' }, started.id) : noProgress
    const run = await waitForRun(client, started, progress, terminal.signal)
    if (run.status === 'failed' || run.status === 'cancelled')
      throw failed(
        `the fork ${run.id} ${run.status === 'failed' ? `failed: ${run.error ?? 'no reason was recorded'}` : 'was cancelled'}; \`linernotes trace ${run.id}\` shows how far it came`,
      )
    const diff = await client.diff(parent, run.id)
    const { diffText } = await import('../render/diff.ts')
    const { style, columns } = terminal
    print({ run, diff }, { json: options.json, terminal }, () =>
      [
        diffText(diff, { style, columns, full: false }).trimEnd(),
        '',
        style.dim(`fork ${run.id} is ${run.status}; nothing of it is published`),
        '',
      ].join('\n'),
    )
    return EXIT.done
  })
}
