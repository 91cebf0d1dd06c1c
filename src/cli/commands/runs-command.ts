import { Option } from 'commander'
import type { CommandLine, CommonOptions } from '../command-line.ts'
import { limit, RUN_STATUS_NAMES } from '../input/option-values.ts'
import { itemNamed, runNamed } from '../service/named-ids.ts'
import type { RunsFilter } from '../service/service-client.ts'
import { withClient } from '../service/with-client.ts'
import { EXIT, failed } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { print } from '../terminal/write-output.ts'

export function addRuns({ add, terminal, done }: CommandLine): void {
  const runs = add('runs', 'list runs, newest first')
    .enablePositionalOptions()
    .option('--item <id>', 'of one item')
    .addOption(new Option('--status <status>', 'with this status').choices(RUN_STATUS_NAMES))
    .option('--failed <node>', 'in which this node failed, or this agent got no answer: topics')
    .option('--model <name>', 'that asked this model: openai:gpt-5-mini')
    .option('--prompt <version>', 'that used this prompt: topics/v1')
    .option('--since <time>', 'begun since: 2026-01-31, 24h, 7d')
    .option('--cost-over <usd>', 'that cost more than this many US dollars')
    .addOption(limit(20))
    .option('--json')
    .action(async (options: RunsOptions) => done(await listRuns(options, terminal)))
  add('cancel <run>', 'stop a run; nothing of it is published', runs)
    .option('--json')
    .action(async (run: string, options: CommonOptions) => done(await cancelRun(run, options, terminal)))
}

interface RunsOptions extends CommonOptions, RunsFilter {
  limit: number
}

/** Lists runs, newest first. */
async function listRuns(options: RunsOptions, terminal: Terminal): Promise<number> {
  const { limit, item, status, failed: node, model, prompt, since, costOver } = options
  const { runsFilter } = await import('../input/runs-filter.ts')
  const filter = runsFilter({ item, status, failed: node, model, prompt, since, costOver }, Date.now())
  return withClient(terminal, options, async ({ client }) => {
    const of = filter.item === undefined ? filter : { ...filter, item: await itemNamed(client, filter.item) }
    const found = await client.runs(of, limit)
    const anyFilter = Object.values(filter).some((value) => value !== undefined)
    const none = anyFilter ? 'no run is like this\n' : 'no runs; `linernotes understand <file>` makes one\n'
    const { runTable } = await import('../render/render-listings.ts')
    print(found, { json: options.json, terminal }, () => (found.length === 0 ? none : runTable(found, terminal)))
    return EXIT.done
  })
}

/** Asks a run to stop. Nothing of it is published. */
function cancelRun(runId: string, options: CommonOptions, terminal: Terminal): Promise<number> {
  return withClient(terminal, options, async ({ client }) => {
    const id = await runNamed(client, runId)
    const run = await client.cancel(id)
    if (run === null) throw failed(`there is no run "${id}"; \`linernotes runs\` lists them`)
    print(run, { json: options.json, terminal }, () =>
      run.status === 'running'
        ? `run ${id} was asked to stop; \`linernotes runs --item\` shows when it has stopped\n`
        : run.status === 'cancelled'
          ? `run ${id} is cancelled\n`
          : `run ${id} had already ended: ${run.status}; nothing was changed\n`,
    )
    return EXIT.done
  })
}
