import { userInfo } from 'node:os'
import { z } from 'zod'
import type { DecisionAction } from '../../content/decision-action.ts'
import { Evidence } from '../../content/evidence/evidence.ts'
import { quotes } from '../render/render-evidence.ts'
import { safe } from '../render/terminal-layout.ts'
import { waitForRun } from '../service/run-item.ts'
import { noProgress } from '../service/run-progress-line.ts'
import type { ReviewView } from '../service/service-answers.ts'
import { withClient } from '../service/with-client.ts'
import { badUse, EXIT, failed } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { print } from '../terminal/write-output.ts'

interface Common {
  json?: boolean | undefined
  debug?: boolean | undefined
}

/** `review list`: questions to people, oldest first. */
export function listReviews(
  { status, item, limit, ...options }: Common & { status?: string; item?: string; limit: number },
  terminal: Terminal,
): Promise<number> {
  return withClient(terminal, options, async ({ client }) => {
    const found = await client.reviews({ status, item }, limit)
    print(found, { json: options.json, terminal }, () =>
      found.length === 0 ? 'no reviews\n' : found.map((review) => reviewText(review, terminal)).join('\n'),
    )
    return EXIT.done
  })
}

const Question = z.object({
  title: z.string().catch(''),
  label: z
    .object({ name: z.string(), risk: z.string().optional(), treatment: z.string().optional() })
    .optional()
    .catch(undefined),
  findings: z.array(z.object({ message: z.string() })).catch([]),
  evidence: z.array(Evidence).catch([]),
})

function reviewText({ id, itemId, facet, key, question, decision }: ReviewView, { style, columns }: Terminal): string {
  const asked = Question.safeParse(question).data
  const label = [asked?.label?.name ?? key, asked?.label?.risk, asked?.label?.treatment].filter(
    (part) => part !== undefined,
  )
  const answer = decision === null ? style.warn('open') : `${decision.action} by ${safe(decision.by)}`
  return [
    `${style.bold(id)}  ${answer}`,
    `  ${facet}: ${label.map(safe).join(' · ')} ${style.dim(`in ${safe(asked?.title || itemId)}`)}`,
    ...(asked?.findings ?? []).map(({ message }) => style.dim(`  why: ${safe(message)}`)),
    ...quotes(asked?.evidence ?? [], { style, columns, indent: '  ', most: 3 }),
    '',
  ].join('\n')
}

export interface DecideOptions extends Common {
  value?: string
  note?: string
  by?: string
}

/** `review decide <id> <action>`: the decision lasts; the version that it makes is waited for. */
export function decideReview(
  id: string,
  action: DecisionAction,
  { value, note, by, ...options }: DecideOptions,
  terminal: Terminal,
): Promise<number> {
  if ((action === 'amend') !== (value !== undefined))
    throw badUse('amend needs --value with what changes, as JSON, such as {"treatment":"news"}; only amend takes one')
  const label = value === undefined ? {} : { value: parse(value) }
  return withClient(terminal, options, async ({ client }) => {
    const decided = await client.decide(id, { action, ...label, note, by: by ?? userName() })
    if (decided === null) throw failed(`there is no review "${id}"; \`linernotes review list\` shows them`)
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
    throw badUse(`--value is no JSON: ${value.slice(0, 60)}`)
  }
}

function userName(): string {
  try {
    return userInfo().username || 'cli'
  } catch {
    return 'cli'
  }
}
