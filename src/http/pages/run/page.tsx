import type { Item } from '../../../content/item.ts'
import type { RunRecord } from '../../../database/records.ts'
import type { ForkConfiguration, RunConfiguration } from '../../../ledger/run-configuration-schema.ts'
import type { GraphShape } from '../../../trace/graph-shape.ts'
import { groupBy } from '../parts/group-by.ts'
import { diffPage, itemPage, itemVersionPage, runPage } from '../parts/page-paths.ts'
import { dollars, durationText, shortId, tokens } from '../parts/page-words.ts'
import { Page, Trail } from '../parts/shell.tsx'
import { Facts, Moment, Nothing, StatusBadge } from '../parts/small-parts.tsx'
import { GraphPicture } from './graph-picture.tsx'
import { RunActions } from './run-actions.tsx'
import type { RunView } from './view.ts'
import { Waterfall } from './waterfall.tsx'

export interface RunPageProps {
  run: RunRecord
  view: RunView
  item: Pick<Item, 'title'> | null
  shape: GraphShape
  /** Other runs of the item, for comparing. */
  others: readonly RunRecord[]
  /** The run that it follows or is a fork of. Null if there is none, or if that run is gone. */
  parent: RunRecord | null
}

/** One run: its status, its way through the graph, and every step and call over time. */
export function RunPage({ run, view, item, shape, others, parent }: RunPageProps) {
  const title = item?.title || run.itemId
  const { fork } = run.config
  return (
    <Page title={`Run of ${title}`} section="runs" wide follows={view.live ? run.id : undefined}>
      <Trail steps={[{ href: '/runs', text: 'Runs' }]} here={`Run ${shortId(run.id)}`} />
      <div data-part="head">
        <h1>
          {title} <StatusBadge status={run.status} />
        </h1>
        <Head run={run} view={view} fork={fork} parent={parent} />
        {fork !== null && (
          <p class="notice">
            A fork: nothing of it is published. What is marked as served was answered by the run it was made of.{' '}
            {parent !== null && <a href={diffPage(parent.id, run.id)}>How the two differ</a>}
          </p>
        )}
        {run.error !== null && <p class="notice bad">{run.error}</p>}
        {run.cancelRequested && view.live && <p class="notice">Asked to stop; it ends with the call under way.</p>}
      </div>
      <section aria-labelledby="graph" data-part="graph">
        <h2 id="graph">Graph</h2>
        <GraphPicture shape={shape} run={view} />
      </section>
      <section aria-labelledby="steps" data-part="steps">
        <h2 id="steps">Steps and calls</h2>
        {view.steps.length === 0 ? <Nothing>{nothingYet(run)}</Nothing> : <Waterfall run={view} />}
      </section>
      <Configuration of={run.config} />
      <RunActions run={run} live={view.live} others={others} />
    </Page>
  )
}

interface HeadProps extends Pick<RunPageProps, 'run' | 'view' | 'parent'> {
  fork: ForkConfiguration | null
}

function Head({ run, view, fork, parent }: HeadProps) {
  const { totals } = view
  const length =
    run.startedAt === null
      ? null
      : run.finishedAt === null
        ? `${durationText(view.spanMs)} so far`
        : durationText(run.finishedAt - run.startedAt)
  const { version } = run
  return (
    <Facts
      facts={[
        ['Item', <a href={itemPage(run.itemId)}>{run.itemId}</a>],
        ['Published', version === null ? null : <a href={itemVersionPage(run.itemId, version)}>version {version}</a>],
        ['Run', <code>{run.id}</code>],
        ['Started', <Moment at={run.startedAt ?? run.createdAt} />],
        ['Took', length],
        ['Effort', run.effort],
        ['Calls', String(totals.calls)],
        ['Tokens', tokens(totals) || null],
        ['Cost', totals.inputTokens + totals.outputTokens === 0 ? null : dollars(totals.usd)],
        ['Attempt', run.attempt > 1 ? `${run.attempt}: taken up again after its process ended` : null],
        [
          fork === null ? 'Follows' : 'Fork of',
          run.parentRunId === null ? null : <Parent {...{ run, parent, fork }} />,
        ],
      ]}
    />
  )
}

function Parent({ run: { parentRunId }, parent, fork }: Omit<HeadProps, 'view'>) {
  const name = `run ${shortId(parentRunId ?? '')}`
  return (
    <>
      {parent === null ? `${name}, which is deleted` : <a href={runPage(parent.id)}>{name}</a>}
      {fork !== null && (fork.at === null ? ', models live' : `, live at ${fork.at}`)}
    </>
  )
}

function nothingYet({ status }: RunRecord): string {
  return status === 'queued' ? 'It waits for its turn.' : 'Nothing is recorded of this run.'
}

/** What determined the run besides its item. */
function Configuration({ of: { settings, taxonomyVersion } }: { of: RunConfiguration }) {
  const { ports } = settings
  const models = [...groupBy(Object.entries(ports.models), ([, { name }]) => name)]
  return (
    <section aria-labelledby="configuration">
      <h2 id="configuration">Configuration</h2>
      <Facts
        facts={[
          ['Engine', settings.engine],
          ...models.map(([model, agents]) => {
            const whom = models.length === 1 ? 'all agents' : agents.map(([agent]) => agent).join(', ')
            return ['Model', `${model}: ${whom}`] as const
          }),
          ['Second opinion', ports.secondOpinion?.name ?? null],
          ['Prompts', Object.values(settings.prompts).join(', ')],
          ['Requested', settings.requested.join(', ')],
          ['Embedder', ports.embedder?.space ?? 'none'],
          ['Taxonomies', <code>{taxonomyVersion.slice(0, 19)}</code>],
          ['Fetching', ports.fetch ? null : 'off: no address of the item was fetched'],
        ]}
      />
    </section>
  )
}
