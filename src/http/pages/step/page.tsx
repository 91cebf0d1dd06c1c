import type { RunRecord } from '../../../database/records.ts'
import type { PatchOperation } from '../../../ledger/json-patch.ts'
import type { AgentRound } from '../../../trace/agent-rounds.ts'
import type { StepDetail } from '../../../trace/step-detail.ts'
import { Json } from '../parts/json-view.tsx'
import { exchangePage, forkPage, runPage, stepPage } from '../parts/page-paths.ts'
import { durationText, shortId, tokens } from '../parts/page-words.ts'
import { Page, Trail } from '../parts/shell.tsx'
import { Badge, Facts, Moment, Nothing } from '../parts/small-parts.tsx'
import { EMBEDDED_HERE, isLive, type StepLine } from '../run/view.ts'
import { Conversation } from './conversation-view.tsx'

export interface StepPageProps {
  run: RunRecord
  line: StepLine
  /** Null if the step has not ended. */
  state: StepDetail['state']
  rounds: readonly AgentRound[]
  /** Names of the steps before and after. */
  before: string | undefined
  after: string | undefined
}

/** One node's execution: its conversation, its calls, what it changed. */
export function StepPage({ run, line, state, rounds, before, after }: StepPageProps) {
  return (
    <Page title={`${line.name} of run ${shortId(run.id)}`} section="runs">
      <Trail
        steps={[
          { href: '/runs', text: 'Runs' },
          { href: runPage(run.id), text: `Run ${shortId(run.id)}` },
        ]}
        here={line.name}
      />
      <h1>
        {line.node} {line.visit > 0 && <span class="dim">round {line.visit}</span>} <State line={line} />
      </h1>
      <Facts
        facts={[
          ['Superstep', line.superstep === null ? 'not ended' : String(line.superstep)],
          ['Started', <Moment at={(run.startedAt ?? run.createdAt) + line.from} />],
          ['Into the run', durationText(line.from)],
          ['Took', durationText(line.ms)],
          ['Of that', line.readingMs === null ? null : `${durationText(line.readingMs)}: ${EMBEDDED_HERE}`],
          ['Tokens', tokens(line.tokens) || null],
        ]}
      />
      {line.reason !== null && <p class={`notice ${line.state === 'failed' ? 'bad' : 'warn'}`}>{line.reason}</p>}
      <nav class="pager" aria-label="Steps">
        {before !== undefined && <a href={stepPage(run.id, before)}>← {before}</a>}
        {after !== undefined && <a href={stepPage(run.id, after)}>{after} →</a>}
      </nav>
      {!isLive(run.status) && <ForkForm run={run.id} step={line.name} />}
      {rounds.length > 0 && (
        <section aria-labelledby="conversation">
          <h2 id="conversation">Conversation</h2>
          <Conversation rounds={rounds} run={run.id} />
        </section>
      )}
      <section aria-labelledby="calls">
        <h2 id="calls">Calls</h2>
        {line.calls.length === 0 ? (
          <Nothing>It made no calls: this step only runs code.</Nothing>
        ) : (
          <Calls line={line} run={run.id} />
        )}
      </section>
      <section aria-labelledby="state">
        <h2 id="state">State</h2>
        {state === null ? (
          <Nothing>The step has not ended. What it changes is recorded at its end.</Nothing>
        ) : (
          <>
            <Changes patch={state.patch} />
            <Json value={state.before} label="Before" open={false} />
            <Json value={state.update} label="Update" open={false} />
            <Json value={state.after} label="After" open={false} />
          </>
        )}
      </section>
    </Page>
  )
}

function State({ line }: { line: StepLine }) {
  switch (line.state) {
    case 'failed':
      return <Badge tone="bad">failed</Badge>
    case 'abstained':
      return <Badge tone="warn">abstained</Badge>
    case 'open':
      return <Badge tone="busy">under way</Badge>
    case 'done':
      return <Badge tone="good">done</Badge>
  }
}

function Calls({ line, run }: { line: StepLine; run: string }) {
  return (
    <table class="list">
      <thead>
        <tr>
          <th scope="col">Call</th>
          <th scope="col">Outcome</th>
          <th scope="col">What happened</th>
          <th scope="col" class="num">
            Into the run
          </th>
          <th scope="col" class="num">
            Took
          </th>
        </tr>
      </thead>
      <tbody>
        {line.calls.map((call) => (
          <tr>
            <th scope="row">
              <a href={exchangePage(run, call.name)}>{call.name}</a>
            </th>
            <td>{call.outcome === 'ok' ? 'ok' : <Badge tone="bad">{call.outcome}</Badge>}</td>
            <td>
              {call.note}
              {call.served && (
                <span class="dim">{call.note !== null && ' · '}served from the run that this one was made of</span>
              )}
            </td>
            <td class="num" data-name="at">
              {call.served ? '–' : durationText(call.from)}
            </td>
            <td class="num" data-name="took">
              {durationText(call.ms)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const MAX_OPERATIONS = 200

/** What the step changed in the state, as operations of a JSON Patch. */
function Changes({ patch }: { patch: readonly PatchOperation[] }) {
  if (patch.length === 0) return <Nothing>It changed nothing in the state.</Nothing>
  return (
    <table class="list patch">
      <caption>
        What it changed, as a JSON Patch
        {patch.length > MAX_OPERATIONS && `; the first ${MAX_OPERATIONS} of ${patch.length}`}
      </caption>
      <thead>
        <tr>
          <th scope="col">Operation</th>
          <th scope="col">Place</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {patch.slice(0, MAX_OPERATIONS).map((operation) => (
          <tr>
            <td>{operation.op}</td>
            <th scope="row">
              <code>{operation.path}</code>
            </th>
            <td>{operation.op === 'remove' ? '' : <Value value={operation.value} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Short values are shown whole, long ones folded. */
function Value({ value }: { value: unknown }) {
  const text = JSON.stringify(value) ?? ''
  return text.length <= 120 ? <code>{text}</code> : <Json value={value} label={`${text.slice(0, 60)}…`} open={false} />
}

/** Asks for a fork of a run at one of its steps. */
function ForkForm({ run, step }: { run: string; step: string }) {
  return (
    <form method="post" action={forkPage(run)} class="inline">
      <input type="hidden" name="at" value={step} />
      <button type="submit">Fork from here</button>
      <label>
        with the model <input name="model" maxlength={200} placeholder="as configured" size={16} />
      </label>
      <span class="dim">
        The fork is a run of its own. This step and those after it go live, and the rest is served from this run. It
        publishes nothing.
      </span>
    </form>
  )
}
