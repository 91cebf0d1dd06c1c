import { z } from 'zod'
import type { RunRecord } from '../../../database/records.ts'
import { type Exchange, exchangeName, stepName } from '../../../ledger/exchange.ts'
import { RecordedAnswer, RecordedRequest } from '../../../trace/conversation.ts'
import { Json, LongText } from '../parts/json-view.tsx'
import { exchangePage, runPage, stepPage } from '../parts/page-paths.ts'
import { dollars, durationText, shortId, tokens } from '../parts/page-words.ts'
import { Page, Trail } from '../parts/shell.tsx'
import { Badge, Facts, Moment } from '../parts/small-parts.tsx'

export interface ExchangePageProps {
  run: RunRecord
  exchange: Exchange
  request: unknown
  response: unknown
  before: Exchange | undefined
  after: Exchange | undefined
}

/** One call with all that was asked and answered. */
export function ExchangePage({ run, exchange, request, response, before, after }: ExchangePageProps) {
  const name = exchangeName(exchange)
  const { outcome, cost, retries } = exchange
  return (
    <Page title={`${name} of run ${shortId(run.id)}`} section="runs">
      <Trail
        steps={[
          { href: '/runs', text: 'Runs' },
          { href: runPage(run.id), text: `Run ${shortId(run.id)}` },
          { href: stepPage(run.id, stepName(exchange)), text: stepName(exchange) },
        ]}
        here={name}
      />
      <h1>
        {name} <Badge tone={outcome === 'ok' ? 'good' : 'bad'}>{outcome}</Badge>
      </h1>
      <Facts
        facts={[
          ['Started', <Moment at={exchange.startedAt} />],
          ['Took', durationText(exchange.ms)],
          ['Tokens', cost === null ? null : tokens(cost)],
          ['Cost', cost === null || tokens(cost) === '' ? null : dollars(cost.usd)],
          ['Retries', retries === 0 ? null : String(retries)],
          ['Request', <code>{exchange.requestHash.slice(0, 19)}</code>],
        ]}
      />
      <nav class="pager" aria-label="Calls">
        {before !== undefined && <a href={exchangePage(run.id, exchangeName(before))}>← {exchangeName(before)}</a>}
        {after !== undefined && <a href={exchangePage(run.id, exchangeName(after))}>{exchangeName(after)} →</a>}
      </nav>
      <section aria-labelledby="request">
        <h2 id="request">Request</h2>
        <Messages request={request} />
        <Json value={request} label="As it was recorded" open={!RecordedRequest.safeParse(request).success} />
      </section>
      <section aria-labelledby="response">
        <h2 id="response">Response</h2>
        <Answer response={response} />
        <Json value={response} label="As it was recorded" open={!RecordedAnswer.safeParse(response).success} />
      </section>
    </Page>
  )
}

/** A conversation up to this call; what is no conversation is shown as JSON alone. */
function Messages({ request }: { request: unknown }) {
  const messages = RecordedRequest.safeParse(request).data?.messages
  if (messages === undefined) return null
  return (
    <ol class="messages">
      {messages.map(({ role, name, content, toolCalls }) => (
        <li class={role}>
          {textOf(content) !== '' && (
            <LongText text={textOf(content)} label={[role, name].filter(Boolean).join(': ')} />
          )}
          {toolCalls?.map((call) => (
            <Json value={call.args} label={`${role} called ${call.name}`} />
          ))}
        </li>
      ))}
    </ol>
  )
}

const Parts = z.array(
  z.union([z.object({ type: z.literal('text'), text: z.string() }), z.looseObject({ type: z.string() })]),
)

/** Text of a message; its pictures are named by their kind alone. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  const parts = Parts.safeParse(content).data
  if (parts === undefined) return JSON.stringify(content) ?? ''
  return parts
    .map((part) => ('text' in part && typeof part.text === 'string' ? part.text : `[${part.type}]`))
    .join('\n')
}

function Answer({ response }: { response: unknown }) {
  const answer = RecordedAnswer.safeParse(response).data
  if (answer === undefined) return null
  return (
    <div class="messages">
      {answer.content.trim() !== '' && <LongText text={answer.content} label="said" />}
      {answer.toolCalls.map((call) => (
        <Json value={call.args} label={`called ${call.name}`} />
      ))}
    </div>
  )
}
