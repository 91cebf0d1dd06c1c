import { clock, grouped } from '../parts/page-words.ts'
import type { Lane, TimelineView } from './timeline-view.ts'

const percent = (part: number) => `${Math.round(part * 10_000) / 100}%`

/** Chapters and lanes of labels over the whole duration. Each tick leads to its words. */
export function Timeline({ view }: { view: TimelineView }) {
  const { chapters, lanes, span } = view
  return (
    <table class="timeline">
      <caption class="visually-hidden">Where chapters and labels stand in the item</caption>
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
        {chapters.length > 0 && (
          <tr class="chapters">
            <th scope="row">Chapters</th>
            <td>
              <svg width="100%" height="24">
                <title>Chapters</title>
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
        )}
        {lanes.map((lane, n) => (
          <LaneRow lane={lane} first={lanes[n - 1]?.facet !== lane.facet} />
        ))}
      </tbody>
    </table>
  )
}

function LaneRow({ lane, first }: { lane: Lane; first: boolean }) {
  return (
    <tr class={`${lane.facet}${first ? ' first' : ''}`}>
      <th scope="row">
        <a href={`#${lane.label.id}`}>{lane.label.name}</a>
      </th>
      <td>
        <svg width="100%" height="14" class={lane.risk === null ? undefined : `risk-${lane.risk}`}>
          <title>{`Where ${lane.label.name} is said`}</title>
          <rect y="6.5" width="100%" height="1" class="rail" />
          {lane.ticks.map(({ from, to, href }) => (
            <a href={href} data-labels={lane.label.id} tabindex={-1}>
              <rect x={percent(from)} y="1" width={percent(to - from)} height="12" rx="1.5" class="tick" />
            </a>
          ))}
        </svg>
      </td>
    </tr>
  )
}
