import type { ReplayReport } from '../../../replay/replay-report.ts'
import { Differences } from '../parts/differences.tsx'
import { LabelList } from '../parts/label-list.tsx'
import { itemPage, runPage } from '../parts/page-paths.ts'
import { count, dollars, durationText, grouped, shortId } from '../parts/page-words.ts'
import { Page, Trail } from '../parts/shell.tsx'
import { Badge, Facts, Nothing } from '../parts/small-parts.tsx'
import { DivergenceView, SIDES } from './divergence.tsx'
import { ReplayForm } from './replay-form.tsx'

export interface ReplayPageProps {
  report: ReplayReport
  /** The names of the recorded steps and calls, which have pages. */
  recorded: ReadonlySet<string>
}

/** What today's code does with what a run has recorded. */
export function ReplayPage({ report, recorded }: ReplayPageProps) {
  const { run, item, title, identical, divergences, served, ms, saved, stopped } = report
  const [first, ...rest] = divergences
  return (
    <Page title={`Replay of run ${shortId(run)}`} section="runs" wide>
      <Trail
        steps={[
          { href: '/runs', text: 'Runs' },
          { href: runPage(run), text: `Run ${shortId(run)}` },
        ]}
        here="Replay"
      />
      <h1>
        Replay of {title || item}{' '}
        <Badge tone={identical ? 'good' : 'bad'}>{identical ? 'identical' : 'diverged'}</Badge>
      </h1>
      <Facts
        facts={[
          ['Item', <a href={itemPage(item)}>{item}</a>],
          ['Run', <a href={runPage(run)}>{shortId(run)}</a>],
          ['Answers served', grouped(served)],
          ['Took', durationText(ms)],
          [
            'Asking again would cost',
            saved.tokens === 0 ? null : `${dollars(saved.usd)}, ${grouped(saved.tokens)} tokens`,
          ],
        ]}
      />
      {first === undefined ? (
        <p class="notice good">Today's code asks for the same and makes the same of the answers.</p>
      ) : (
        <>
          <p class="notice bad">
            Today's code does something else in {count(divergences.length, 'place')}
            {stopped && ', and the replay ended there: what would have come after is not known'}.
          </p>
          <section aria-labelledby="first">
            <h2 id="first">First</h2>
            <DivergenceView run={run} divergence={first} recorded={recorded} />
          </section>
        </>
      )}
      {rest.length > 0 && (
        <section aria-labelledby="then">
          <h2 id="then">Then</h2>
          {rest.map((divergence) => (
            <DivergenceView run={run} divergence={divergence} recorded={recorded} />
          ))}
        </section>
      )}
      <Labels labels={report.labels} />
      <Configuration report={report} />
      <section aria-labelledby="again">
        <h2 id="again">Again</h2>
        {stopped && <ReplayForm run={run} nearest />}
        <ReplayForm run={run} />
      </section>
    </Page>
  )
}

function Labels({ labels }: Pick<ReplayReport, 'labels'>) {
  if (labels === null) return null
  return (
    <section aria-labelledby="labels">
      <h2 id="labels">Labels</h2>
      {labels.gained.length + labels.lost.length === 0 ? (
        <Nothing>They are the same.</Nothing>
      ) : (
        <div class="pair">
          <LabelList title="Lost" labels={labels.lost} />
          <LabelList title="Gained" labels={labels.gained} />
        </div>
      )}
    </section>
  )
}

/** Which settings differ from those of the run, and which facets would run again because of that. */
function Configuration({ report: { configuration, stale } }: Pick<ReplayPageProps, 'report'>) {
  if (configuration.length + stale.length === 0) return null
  return (
    <section aria-labelledby="configuration">
      <h2 id="configuration">Configuration</h2>
      {stale.length > 0 && <p>Would run again today: {stale.join(', ')}.</p>}
      <Differences differences={configuration} sides={SIDES} more={0} />
    </section>
  )
}
