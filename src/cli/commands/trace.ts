import type { ExchangeBodies, StepsView } from '../answers.ts'
import type { Client } from '../client.ts'
import { EXIT, failed } from '../exit-code.ts'
import { print } from '../output.ts'
import type { Terminal } from '../terminal.ts'
import { withClient } from '../with-client.ts'

export interface TraceOptions {
  json?: boolean | undefined
  full?: boolean | undefined
  debug?: boolean | undefined
}

/** `trace <run> [exchange]`: the steps of a run with their calls, or one call as it was recorded. */
export function trace(
  runId: string,
  exchange: string | undefined,
  options: TraceOptions,
  terminal: Terminal,
): Promise<number> {
  return withClient(terminal, options, async ({ client }) => {
    const id = runId === 'last' ? await lastRun(client) : runId
    const [run, steps] = [await client.run(id), await client.steps(id)]
    if (run === null || steps === null) throw failed(`there is no run "${id}"; \`linernotes runs\` lists them`)
    if (exchange !== undefined) {
      await showExchange(client, id, exchange, terminal)
      return EXIT.done
    }
    const bodies = await conversations(client, id, steps)
    const { traceTree } = await import('../render/trace.ts')
    const { style, columns } = terminal
    print({ run, ...steps }, { json: options.json, terminal }, () =>
      traceTree(run, steps, bodies, { style, columns, full: options.full === true }),
    )
    return EXIT.done
  })
}

async function lastRun(client: Client): Promise<string> {
  const [run] = await client.runs({}, 1)
  if (run === undefined) throw failed('there are no runs yet; `linernotes understand <file>` makes one')
  return run.id
}

async function showExchange(client: Client, runId: string, name: string, terminal: Terminal): Promise<void> {
  const found = await client.exchange(runId, name)
  if (found === null)
    throw failed(`run ${runId} has no call "${name}"; \`linernotes trace ${runId} --json\` names them all`)
  terminal.out(`${JSON.stringify(found, null, 2)}\n`)
}

/** Bodies of what is worth reading: conversations with models, and calls that failed. */
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
