import { userInfo } from 'node:os'
import { Argument, Option } from 'commander'
import type { DecisionAction } from '../../content/decision-action.ts'
import type { CommandLine, CommonOptions } from '../command-line.ts'
import { ACTIONS, limit, REVIEW_STATUS_NAMES } from '../input/option-values.ts'
import { itemNamed, reviewNamed } from '../service/named-ids.ts'
import { withClient } from '../service/with-client.ts'
import { badUse, EXIT, failed } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { print } from '../terminal/write-output.ts'

export function addReview({ add, group, terminal, done }: CommandLine): void {
  const review = group('review', 'answer questions about contested labels')
  add('list', 'list questions, oldest first', review)
    .addOption(new Option('--status <status>').choices(REVIEW_STATUS_NAMES).default('open'))
    .option('--item <id>', 'only those of one item')
    .addOption(limit(20))
    .option('--json')
    .action(async (options: ListOptions) => done(await listReviews(options, terminal)))
  add('decide', 'decide about one; the decision lasts, and the next version is published with it', review)
    .argument('<review>', 'its id or the beginning of it')
    .addArgument(new Argument('<action>').choices(ACTIONS))
    .option('--value <json>', 'what to change of prevalence, treatment and risk, as JSON; only with amend')
    .option('--note <text>', 'the reason')
    .option('--by <name>', 'who decides; by default the user of this machine')
    .option('--json')
    .action(async (id: string, action: DecisionAction, options: DecideOptions) =>
      done(await decideReview(id, action, options, terminal)),
    )
}

interface ListOptions extends CommonOptions {
  status?: string
  item?: string
  limit: number
}

/** Lists reviews, oldest first. */
function listReviews({ status, item, limit, ...options }: ListOptions, terminal: Terminal): Promise<number> {
  return withClient(terminal, options, async ({ client }) => {
    const of = item === undefined ? undefined : await itemNamed(client, item)
    const found = await client.reviews({ status, item: of }, limit)
    const { reviewText } = await import('../render/render-review.ts')
    print(found, { json: options.json, terminal }, () =>
      found.length === 0 ? 'no reviews\n' : found.map((review) => reviewText(review, terminal)).join('\n'),
    )
    return EXIT.done
  })
}

interface DecideOptions extends CommonOptions {
  value?: string
  note?: string
  by?: string
}

/** Records a decision, which lasts, and waits for the version that it makes. */
function decideReview(
  review: string,
  action: DecisionAction,
  { value, note, by, ...options }: DecideOptions,
  terminal: Terminal,
): Promise<number> {
  if ((action === 'amend') !== (value !== undefined))
    throw badUse('amend needs --value with what changes, as JSON, such as {"treatment":"news"}; only amend takes one')
  const label = value === undefined ? {} : { value: parse(value) }
  return withClient(terminal, options, async ({ client }) => {
    const id = await reviewNamed(client, review)
    const decided = await client.decide(id, { action, ...label, note, by: by ?? userName() })
    if (decided === null) throw failed(`there is no review "${id}"; \`linernotes review list\` shows them`)
    const { waitForRun, noProgress } = await import('../service/run-item.ts')
    const run = decided.run === null ? null : await waitForRun(client, decided.run, noProgress, terminal.signal)
    print({ review: decided.review, run }, { json: options.json, terminal }, () =>
      run === null
        ? 'decided; there is no item left to publish\n'
        : `decided; run ${run.id} ended ${run.status}${run.version === null ? '' : ` with version ${run.version}`}\n`,
    )
    return run?.status === 'failed' ? EXIT.failed : EXIT.done
  })
}

function parse(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    throw badUse(`--value is not JSON: ${value.slice(0, 60)}`)
  }
}

function userName(): string {
  try {
    return userInfo().username || 'cli'
  } catch {
    return 'cli'
  }
}
