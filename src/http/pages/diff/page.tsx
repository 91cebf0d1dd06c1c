import type { RunRecord } from '../../../database/records.ts'
import type { LabelChange, StepPair, TraceDiff } from '../../../trace/trace-diff.ts'
import { Differences } from '../parts/differences.tsx'
import { LabelList } from '../parts/label-list.tsx'
import { itemPage, runPage, stepPage } from '../parts/page-paths.ts'
import { count, durationText, shortId } from '../parts/page-words.ts'
import { Page, Trail } from '../parts/shell.tsx'
import { Badge, Moment, Nothing, StatusBadge } from '../parts/small-parts.tsx'

export interface DiffPageProps {
  a: RunRecord
  b: RunRecord
  titles: readonly [string, string]
  diff: TraceDiff
}

/** How many differences of one step are shown. */
const MAX_DIFFERENCES = 12

/** Two runs side by side: which step differs first, and which labels were lost or gained. */
export function DiffPage({ a, b, titles, diff: { pairs, first, labels } }: DiffPageProps) {
  return (
    <Page title={`Runs ${shortId(a.id)} and ${shortId(b.id)}`} section="runs" wide>
      <Trail steps={[{ href: '/runs', text: 'Runs' }]} here={`Runs ${shortId(a.id)} and ${shortId(b.id)}`} />
      <h1>Two runs side by side</h1>
      <div class="pair">
        <Head run={a} title={titles[0]} name="A" />
        <Head run={b} title={titles[1]} name="B" />
      </div>
      {a.itemId !== b.itemId && <p class="notice warn">These are runs of two items: most of what differs is that.</p>}
      {first === null ? (
        <p class="notice good">Every step left the same.</p>
      ) : (
        <section aria-labelledby="first">
          <h2 id="first">First difference: {first.name}</h2>
          <What pair={first} />
          <Differing differences={first.differences} />
          {first.calls.map(({ name, how, differences }) => (
            <>
              <h3>
                {name}: {CALLS[how]}
              </h3>
              <Differing differences={differences} />
            </>
          ))}
        </section>
      )}
      <Labels labels={labels} />
      <section aria-labelledby="steps">
        <h2 id="steps">All steps</h2>
        <table class="list">
          <thead>
            <tr>
              <th scope="col">Step</th>
              <th scope="col">Outcome</th>
              <th scope="col" class="num">
                A took
              </th>
              <th scope="col" class="num">
                B took
              </th>
            </tr>
          </thead>
          <tbody>
            {pairs.map((pair) => (
              <tr>
                <th scope="row">{pair.name}</th>
                <td>
                  <How pair={pair} />
                </td>
                <td class="num" data-name="A">
                  <StepDuration run={a} pair={pair} ms={pair.ms[0]} />
                </td>
                <td class="num" data-name="B">
                  <StepDuration run={b} pair={pair} ms={pair.ms[1]} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Page>
  )
}

function Head({ run, title, name }: { run: RunRecord; title: string; name: string }) {
  return (
    <div>
      <h2>
        {name}: <a href={runPage(run.id)}>run {shortId(run.id)}</a> <StatusBadge status={run.status} />
      </h2>
      <p class="dim">
        <a href={itemPage(run.itemId)}>{title || run.itemId}</a> · {run.effort} · <Moment at={run.createdAt} />
        {run.version !== null && ` · version ${run.version}`}
      </p>
    </div>
  )
}

function StepDuration({ run, pair, ms }: { run: RunRecord; pair: StepPair; ms: number | null }) {
  return ms === null ? <>–</> : <a href={stepPage(run.id, pair.name)}>{durationText(ms)}</a>
}

function How({ pair }: { pair: StepPair }) {
  switch (pair.how) {
    case 'same':
      return <span class="dim">the same</span>
    case 'differs':
      return <Badge tone="warn">{count(pair.differences.length, 'difference')}</Badge>
    case 'asked':
      return <Badge tone="plain">the same, after other calls</Badge>
    case 'provenance':
      return <Badge tone="plain">the same, made with something else</Badge>
    case 'only-a':
      return <Badge tone="bad">in A only</Badge>
    case 'only-b':
      return <Badge tone="bad">in B only</Badge>
  }
}

function What({ pair }: { pair: StepPair }) {
  switch (pair.how) {
    case 'same':
    case 'differs':
      return <p>Both ran it, with different results.</p>
    case 'asked':
      return <p>Both have the same result, but asked or were answered something else on the way.</p>
    case 'provenance':
      return <p>Both have the same result, made with another prompt, model or version.</p>
    case 'only-a':
      return <p>A ran it, and B did not: what it reads had not changed, or it was not needed.</p>
    case 'only-b':
      return <p>B ran it, and A did not: what it reads had not changed, or it was not needed.</p>
  }
}

const CALLS = {
  asked: 'asked something else',
  answered: 'answered otherwise',
  'only-a': 'asked by A only',
  'only-b': 'asked by B only',
} as const

function Differing({ differences }: Pick<StepPair, 'differences'>) {
  const more = Math.max(0, differences.length - MAX_DIFFERENCES)
  return <Differences differences={differences.slice(0, MAX_DIFFERENCES)} sides={['A', 'B']} more={more} />
}

function Labels({ labels }: Pick<TraceDiff, 'labels'>) {
  const of = (how: LabelChange['how']) => (labels ?? []).filter((change) => change.how === how)
  return (
    <section aria-labelledby="labels">
      <h2 id="labels">Labels</h2>
      {labels === null ? (
        <Nothing>One of the two published nothing of its own.</Nothing>
      ) : labels.length === 0 ? (
        <Nothing>Both have the same labels.</Nothing>
      ) : (
        <>
          <div class="pair">
            <LabelList title="Only in A" labels={of('removed')} />
            <LabelList title="Only in B" labels={of('added')} />
          </div>
          <h3>In both, and not the same</h3>
          {of('changed').length === 0 && <Nothing>None.</Nothing>}
          {of('changed').map(({ facet, name, differences }) => (
            <>
              <p>
                <span class="dim">{facet}</span> {name}
              </p>
              <Differing differences={differences} />
            </>
          ))}
        </>
      )}
    </section>
  )
}
