import { clock, count, grouped } from '../parts/page-words.ts'
import type { Lane, TimelineView } from './timeline-view.ts'

const percent = (part: number) => `${Math.round(part * 10_000) / 100}%`

/** Chapters and lanes of labels over the whole duration. Each tick links to its words. */
export function Timeline({ view }: { view: TimelineView }) {
  const { lanes, more } = view
  const kinds = new Set([...lanes, ...more].flatMap(({ ticks }) => ticks.map(({ kind }) => kind)))
  return (
    <>
      <Table view={view} caption="Where the chapters and labels are in the item" />
      {more.length > 0 && (
        <details class="more-lanes">
          <summary>{count(more.length, 'more label')}</summary>
          <Table view={{ ...view, chapters: [], lanes: more }} caption="Where further labels are in the item" />
        </details>
      )}
      {kinds.size > 0 && (
        <p class="legend">
          <span>
            <Sample kind="quoted" /> quoted: the label rests on these words
          </span>
          {kinds.has('said') && (
            <span>
              <Sample kind="said" /> said: its name stands here too
            </span>
          )}
        </p>
      )}
    </>
  )
}

function Table({ view: { chapters, lanes, span }, caption }: { view: Omit<TimelineView, 'more'>; caption: string }) {
  return (
    <table class="timeline">
      <caption class="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="visually-hidden">What</span>
          </th>
          <th scope="col" class="axis">
            <span>{'durationMs' in span ? '0:00' : 'start of the text'}</span>
            <span>{'durationMs' in span ? clock(span.durationMs) : `${grouped(span.chars)} characters`}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {chapters.length > 0 && <ChapterRow chapters={chapters} />}
        {lanes.map((lane, n) => (
          <LaneRow lane={lane} first={lanes[n - 1]?.facet !== lane.facet} />
        ))}
      </tbody>
    </table>
  )
}

function ChapterRow({ chapters }: Pick<TimelineView, 'chapters'>) {
  return (
    <tr class="chapters">
      <th scope="row">Chapters</th>
      <td>
        <svg width="100%" height="24" role="graphics-object">
          <title>{count(chapters.length, 'chapter')}</title>
          {chapters.map(({ from, to, number, title, startMs, href }) => (
            <a href={href ?? undefined} aria-label={`${number}. ${title}`}>
              <svg x={percent(from)} width={percent(to - from)} height="24" class={number % 2 ? 'odd' : 'even'}>
                <title>{`${number}. ${title}${startMs === null ? '' : `, ${clock(startMs)}`}`}</title>
                <rect width="100%" height="24" />
                <foreignObject width="100%" height="24">
                  <span class="name">
                    <span>
                      {number} <span class="title">{title}</span>
                    </span>
                  </span>
                </foreignObject>
              </svg>
            </a>
          ))}
        </svg>
      </td>
    </tr>
  )
}

/**
 * Ticks are named by their titles. One tab stop leads into a lane. Its quotes can be reached from there, and with scripts the arrow keys
 * reach all of its ticks.
 */
function LaneRow({ lane: { facet, label, risk, text, ticks }, first }: { lane: Lane; first: boolean }) {
  return (
    <tr class={`${facet}${first ? ' first' : ''}`}>
      <th scope="row">
        <a href={`#${label.id}`}>{label.name}</a>
      </th>
      <td>
        <svg width="100%" height="14" role="graphics-object" class={risk === null ? 'lane' : `lane risk-${risk}`}>
          <title>{text}</title>
          <rect y="6.5" width="100%" height="1" class="rail" />
          {ticks.map(({ kind, from, to, href, text }) => (
            <a href={href} data-labels={label.id} tabindex={kind === 'said' ? -1 : undefined}>
              <title>{text}</title>
              <Mark kind={kind} x={percent(from)} width={percent(to - from)} />
            </a>
          ))}
        </svg>
      </td>
    </tr>
  )
}

/** A quote fills the lane. Other mentions are half as high and paler. */
function Mark({ kind, x, width }: { kind: 'quoted' | 'said'; x: string; width: string }) {
  return kind === 'quoted' ? (
    <rect x={x} y="1" width={width} height="12" rx="1.5" class="tick" />
  ) : (
    <rect x={x} y="4" width={width} height="6" class="tick said" />
  )
}

function Sample({ kind }: { kind: 'quoted' | 'said' }) {
  return (
    <svg width="10" height="14" aria-hidden="true" class="timeline">
      <Mark kind={kind} x="4" width="2" />
    </svg>
  )
}
