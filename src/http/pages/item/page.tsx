import type { Understanding } from '../../../content/understanding-schema.ts'
import type { ItemRecord, Review, RunRecord, VersionSummary } from '../../../database/records.ts'
import { itemPage, itemVersionPage, reviewAnchor, runPage, whyPage, withQuery } from '../parts/page-paths.ts'
import { clock, count, dollars, durationText, kindName, shortId } from '../parts/page-words.ts'
import { Page, Trail } from '../parts/shell.tsx'
import { Badge, Facts, Moment, Nothing } from '../parts/small-parts.tsx'
import { RunTable } from '../runs/page.tsx'
import { Timeline } from './label-timeline.tsx'
import { FacetSection, type PlaceOf } from './labels.tsx'
import { commonAbstentions, type FacetView } from './labels-view.ts'
import type { TimelineView } from './timeline-view.ts'
import { Transcript } from './transcript-text.tsx'
import type { SectionView } from './transcript-view.ts'

export interface ItemPageProps {
  record: ItemRecord
  document: Understanding
  facets: readonly FacetView[]
  timeline: TimelineView | null
  sections: readonly SectionView[]
  versions: readonly VersionSummary[]
  reviews: readonly Review[]
  runs: readonly RunRecord[]
  similar: readonly { id: string; title: string; score: number }[]
}

/** One item: what was understood, beside the words that support it. */
export function ItemPage(props: ItemPageProps) {
  const { record, document, facets, timeline, sections, reviews } = props
  const title = record.title || record.id
  const place: PlaceOf = {
    transcript: sections.length > 0,
    why: (_, pointer) => whyPage(record.id, pointer, document.version),
  }
  return (
    <Page title={title} section="items" wide>
      <Trail steps={[{ href: '/items', text: 'Items' }]} here={title} />
      <h1>
        {title} <Badge tone={document.status === 'complete' ? 'good' : 'warn'}>{document.status}</Badge>
      </h1>
      <Head {...props} />
      {commonAbstentions(document).map(({ facets: unanswered, reason }) => (
        <p class="notice warn">
          <b>Not answered ({unanswered.join(', ')}):</b> {reason}
        </p>
      ))}
      {reviews.map((review) => (
        <p class="notice">
          A person is asked about <b>{review.key}</b> ({review.facet}). <a href={reviewAnchor(review.id)}>Decide</a>
        </p>
      ))}
      {sections.length > 0 && (
        <p class="jump">
          <a href="#transcript">To the transcript</a>
        </p>
      )}
      {timeline !== null && (
        <section aria-labelledby="timeline">
          <h2 id="timeline">Timeline</h2>
          <Timeline view={timeline} />
        </section>
      )}
      <div class="beside">
        <div class="understood">
          {document.summary !== null && <p class="lead">{document.summary.short}</p>}
          {facets.map((view) => (
            <FacetSection view={view} place={place} />
          ))}
          <Notes document={document} />
        </div>
        <section class="words" aria-labelledby="transcript">
          <h2 id="transcript">Transcript</h2>
          <Words {...props} />
        </section>
      </div>
      <Related {...props} />
    </Page>
  )
}

function Head({ record, document, versions }: ItemPageProps) {
  const { provenance, item, version } = document
  const { parent } = item
  return (
    <Facts
      facts={[
        ['Kind', kindName(item.kind)],
        ['From', [parent?.title, parent?.publisher].filter(Boolean).join(', ')],
        ['Duration', item.durationMs === null ? null : clock(item.durationMs)],
        ['Language', item.language],
        ['Version', <Versions record={record} version={version} versions={versions} />],
        ['Made by', <a href={runPage(provenance.runId)}>{provenance.engine}</a>],
        ['Effort', provenance.effort],
        ['Took', durationText(provenance.ms)],
        [
          'Cost',
          provenance.costUsd === null ? 'unknown' : provenance.costUsd === 0 ? null : dollars(provenance.costUsd),
        ],
      ]}
    />
  )
}

function Versions({ record, version, versions }: Pick<ItemPageProps, 'record' | 'versions'> & { version: number }) {
  const others = versions.filter((other) => other.version !== version)
  return (
    <>
      <b aria-current="true">{version}</b>
      {others.length > 0 && <span class="dim"> also</span>}
      {others.map((other) => (
        <>
          {' '}
          <a href={itemVersionPage(record.id, other.version)}>{other.version}</a>
        </>
      ))}
    </>
  )
}

function Words({ record, document, sections }: ItemPageProps) {
  const { rights } = record.item
  if (sections.length === 0)
    return (
      <Nothing>
        {document.texts.transcript === undefined
          ? 'There is no transcript. The item was understood from its metadata.'
          : 'No label points into the transcript, and the rights of this item do not allow it to be shown.'}
      </Nothing>
    )
  return (
    <>
      {rights !== 'full' && (
        <p class="notice">
          {rights === 'offsets'
            ? 'The rights of this item allow no quotes. The places that labels point at are shown without their words.'
            : 'The rights of this item allow only short quotes. The places that labels point at are shown without the words around them.'}
        </p>
      )}
      <Transcript sections={sections} />
    </>
  )
}

/** The notes of the run, and what verifier and critic found. */
function Notes({ document }: { document: Understanding }) {
  const { critique, provenance } = document
  const { verbatim, drift, fabricated } = critique.evidence
  return (
    <section class="facet" aria-labelledby="notes">
      <h2 id="notes">How it was checked</h2>
      <p>
        {count(verbatim, 'quote')} verbatim, {drift} mended to the true words, {fabricated} made up and left out.
        Critique: {critique.verdict}
        {critique.revisions > 0 && `, after ${count(critique.revisions, 'revision')}`}.
      </p>
      {[...critique.findings.map(({ agent, message }) => `${agent}: ${message}`), ...provenance.notes].length > 0 && (
        <ul class="notes">
          {critique.findings.map(({ agent, message, by }) => (
            <li>
              <b>{agent}</b> {message} <span class="dim">{by}</span>
            </li>
          ))}
          {provenance.notes.map((note) => (
            <li>{note}</li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Related({ record, document, runs, similar }: ItemPageProps) {
  const self = `/v1/items/${encodeURIComponent(record.id)}`
  return (
    <>
      {similar.length > 0 && (
        <section aria-labelledby="similar">
          <h2 id="similar">Similar items</h2>
          <ul class="unmarked">
            {similar.map(({ id, title, score }) => (
              <li>
                <a href={itemPage(id)}>{title || id}</a> <span class="dim">{score.toFixed(2)}</span>
                {id === document.duplicateOf && <Badge tone="warn">the same content</Badge>}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="runs">
        <h2 id="runs">Runs</h2>
        <RunTable named="Run" runs={runs.map((run) => ({ run, title: shortId(run.id) }))} />
        <p class="actions">
          <a href={withQuery('/runs', { item: record.id })}>All runs of this item</a>
          <a href={`${self}/understanding?version=${document.version}&format=json`}>JSON</a>
          <a href={`${self}/understanding?version=${document.version}&format=openrtb`}>OpenRTB</a>
          <a href={`${self}/understanding?version=${document.version}&format=jsonld`}>JSON-LD</a>
          <a href={`${self}/understanding?version=${document.version}&format=chapters`}>Chapters</a>
        </p>
      </section>
    </>
  )
}

/** An item without anything published. */
export function UnpublishedPage({ record, runs }: Pick<ItemPageProps, 'record' | 'runs'>) {
  const title = record.title || record.id
  return (
    <Page title={title} section="items">
      <Trail steps={[{ href: '/items', text: 'Items' }]} here={title} />
      <h1>{title}</h1>
      <Facts
        facts={[
          ['Kind', kindName(record.kind)],
          ['Given', <Moment at={record.updatedAt} />],
        ]}
      />
      <Nothing>Nothing is published of this item yet.</Nothing>
      {runs.length > 0 && <RunTable named="Run" runs={runs.map((run) => ({ run, title: shortId(run.id) }))} />}
    </Page>
  )
}
