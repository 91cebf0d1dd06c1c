import { Option } from 'commander'
import type { CommandLine, CommonOptions } from '../command-line.ts'
import { collect } from '../input/option-values.ts'
import { runNamed } from '../service/named-ids.ts'
import type { RunView } from '../service/service-answers.ts'
import { withClient } from '../service/with-client.ts'
import { badUse, EXIT, failed } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { print } from '../terminal/write-output.ts'

export function addFork({ add, terminal, done }: CommandLine): void {
  add(
    'fork <run>',
    'run a part of a run again with live calls, and answer the rest from its recording. Nothing is published. `last` is the newest run that has the step',
  )
    .option('--at <step>', 'the step to run live, with all steps that depend on it: topics, topics.1')
    .addOption(
      new Option('--live <kind>', 'models answer again, and everything else is answered from the recording').choices([
        'chat',
      ]),
    )
    .option('--model <name>', 'the model that answers, as LINERNOTES_MODEL names it')
    .option('--prompt <agent=version>', 'use this prompt instead of the recorded one: topics=v2', collect)
    .option('--strict', 'with --live: a call of another kind that is not recorded ends the fork')
    .option('--json')
    .action(async (run: string, options: ForkOptions) => done(await forkRun(run, options, terminal)))
}

interface ForkOptions extends CommonOptions {
  at?: string
  live?: 'chat'
  model?: string
  prompt?: readonly string[]
  strict?: boolean
}

/** Starts a fork, waits for its end, and shows how it differs from the run that it was made from. */
async function forkRun(named: string, options: ForkOptions, terminal: Terminal): Promise<number> {
  const { at, live, model, prompt = [], strict = false } = options
  if ((at === undefined) === (live === undefined))
    throw badUse(
      'say what goes live: either --at <step> with the steps that depend on it, or --live chat with all models',
    )
  if (strict && live === undefined)
    throw badUse('--strict goes with --live chat: with --at, recorded steps never make live calls')
  const [{ promptsNamed }, { waitForRun, noProgress }, { createProgress }, { whyUnanswered }] = await Promise.all([
    import('../input/replay-request.ts'),
    import('../service/run-item.ts'),
    import('../service/run-progress-line.ts'),
    import('../service/unanswered-agents.ts'),
  ])
  const request = {
    ...(at !== undefined && { at }),
    ...(live !== undefined && { live }),
    ...(model !== undefined && { model }),
    prompts: promptsNamed(prompt),
    strict,
  }
  return withClient(terminal, options, async ({ client, connection }) => {
    await connection.resume()
    const parent = await runNamed(client, named, at)
    const started = await client.fork(parent, request)
    if (started === null) throw failed(`there is no run "${parent}"; \`linernotes runs\` lists them`)
    const progress = terminal.errIsTerminal ? createProgress({ terminal, label: '' }) : noProgress
    const run = await waitForRun(client, started, progress, terminal.signal)
    if (run.status === 'failed' || run.status === 'cancelled') throw failed(whyEnded(run, parent))
    const diff = await client.diff(parent, run.id)
    const [{ diffText }, { costText }] = await Promise.all([
      import('../render/render-diff.ts'),
      import('../render/run-words.ts'),
    ])
    const { style, columns } = terminal
    const ended = [`${run.id} is ${run.status}`, costText(run)].filter(Boolean).join(', ')
    print({ run, diff }, { json: options.json, terminal }, () =>
      [
        diffText(diff, { style, columns, full: false }).trimEnd(),
        '',
        style.dim(`fork ${ended}; nothing of it is published`),
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
  // A recorded step can be reproduced only with the code that recorded it.
  const replay = why.startsWith('Diverged')
    ? `, \`linernotes replay ${parent}\` shows what today's code does differently`
    : ''
  return `the fork ${id} failed: ${why}; ${trace}${replay}`
}
