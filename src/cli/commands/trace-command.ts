import type { CommandLine, CommonOptions } from '../command-line.ts'
import { runNamed } from '../service/named-ids.ts'
import type { ExchangeBodies, RunView, StepsView } from '../service/service-answers.ts'
import type { Client } from '../service/service-client.ts'
import { withClient } from '../service/with-client.ts'
import { badUse, EXIT, failed } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { print } from '../terminal/write-output.ts'

export function addTrace({ add, terminal, done }: CommandLine): void {
  const trace = add(
    'trace',
    'show what a run did: steps, calls, tools, retries, rejected answers; or one step, or one call',
  )
    .argument('[run]', 'its id or the beginning of it; `last` is the newest run that did something and has the part')
    .argument('[part]', 'a step (topics.0): state, conversation, findings; or a call (topics.0.chat.2): all of it')
    .enablePositionalOptions()
    .option('--follow', 'show what happens while it runs, until it ends')
    .option('--full', 'arguments and results, not shortened')
    .option('--json')
    .action(async (run: string | undefined, part: string | undefined, options: TraceOptions) =>
      done(await traceRun(run, part, options, terminal)),
    )
  add('diff <run> <other>', 'say which step of two runs differs first, and how their labels differ', trace)
    .option('--full', 'all differences, not shortened')
    .option('--json')
    .action(async (run: string, other: string, options: TraceOptions) =>
      done(await diffRuns(run, other, options, terminal)),
    )
}

interface TraceOptions extends CommonOptions {
  full?: boolean
  follow?: boolean
}

/** Shows the steps of a run with their calls, or one step with its state, or one call as it was recorded. */
async function traceRun(
  runId: string | undefined,
  part: string | undefined,
  options: TraceOptions,
  terminal: Terminal,
): Promise<number> {
  if (runId === undefined) throw badUse('name a run, or `last`; `linernotes runs` lists them')
  if (part !== undefined && options.follow === true) throw badUse('--follow shows a whole run; name no step or call')
  return withClient(terminal, options, async ({ client, connection }) => {
    const id = await runNamed(client, runId, part)
    const run = await client.run(id)
    if (run === null) throw unknownRun(id)
    if (part !== undefined) {
      await (isExchange(part) ? showExchange : showStep)(client, { id, part, options, terminal })
      return EXIT.done
    }
    if (options.follow === true) {
      const { follow } = await import('../service/follow-run.ts')
      return follow(run, { client, server: connection.server, json: options.json === true, terminal })
    }
    await showRun(client, run, { options, terminal })
    return EXIT.done
  })
}

/** Shows which step of two runs differs first, and how their understandings differ, label by label. */
function diffRuns(a: string, b: string, options: TraceOptions, terminal: Terminal): Promise<number> {
  return withClient(terminal, options, async ({ client }) => {
    const [from, to] = [await runNamed(client, a), await runNamed(client, b)]
    const diff = await client.diff(from, to)
    const { diffText } = await import('../render/render-diff.ts')
    const { style, columns } = terminal
    print(diff, { json: options.json, terminal }, () => diffText(diff, { style, columns, full: options.full === true }))
    return EXIT.done
  })
}

function unknownRun(id: string): Error {
  return failed(`there is no run "${id}"; \`linernotes runs\` lists them`)
}

/** `topics.0.chat.2` names a call, and `topics.0` a step. */
function isExchange(name: string): boolean {
  return /\.\d+\.[a-z]+\.\d+$/.test(name)
}

interface TraceOutput {
  options: TraceOptions
  terminal: Terminal
}

async function showRun(client: Client, run: RunView, { options, terminal }: TraceOutput): Promise<void> {
  const steps = await client.steps(run.id)
  if (steps === null) throw unknownRun(run.id)
  const bodies = options.json === true ? new Map<string, never>() : await conversations(client, run.id, steps)
  const { traceTree } = await import('../render/render-trace.ts')
  const { style, columns } = terminal
  print({ run, ...steps }, { json: options.json, terminal }, () =>
    traceTree(run, steps, bodies, { style, columns, full: options.full === true }),
  )
}

async function showStep(client: Client, { id, part, options, terminal }: TraceOutput & NamedPart): Promise<void> {
  const step = await client.step(id, part)
  const { stepText } = await import('../render/render-step.ts')
  const { style, columns } = terminal
  print(step, { json: options.json, terminal }, () => stepText(step, { style, columns, full: options.full === true }))
}

interface NamedPart {
  id: string
  part: string
}

async function showExchange(client: Client, { id, part, terminal }: TraceOutput & NamedPart): Promise<void> {
  const found = await client.exchange(id, part)
  if (found === null) throw failed(`run ${id} has no call "${part}"; \`linernotes trace ${id} --json\` names them all`)
  terminal.out(`${JSON.stringify(found, null, 2)}\n`)
}

/** Loads the bodies that are worth reading: conversations with models, and calls that failed. */
async function conversations(
  client: Client,
  runId: string,
  { steps, open }: StepsView,
): Promise<Map<string, ExchangeBodies>> {
  const all = [...steps.flatMap(({ exchanges }) => exchanges), ...open]
  const bodies = new Map<string, ExchangeBodies>()
  for (const { name, kind, outcome } of all) {
    if (kind !== 'chat' && outcome === 'ok') continue
    const found = await client.exchange(runId, name)
    if (found !== null) bodies.set(name, found)
  }
  return bodies
}
