import type { Child } from 'hono/jsx'
import { clock } from '../parts/page-words.ts'
import { Badge } from '../parts/small-parts.tsx'
import type { Piece, SectionView, SegmentView } from './transcript-view.ts'

/** The transcript, with marks where labels point. Sections out of sight cost no layout. */
export function Transcript({ sections }: { sections: readonly SectionView[] }) {
  return (
    <>
      {sections.map(({ chapter, segments }) => (
        <section class="stretch" aria-labelledby={chapter === null ? undefined : `chapter-${chapter.number}`}>
          {chapter !== null && (
            <h3 id={`chapter-${chapter.number}`}>
              <span class="dim">{chapter.number}</span> {chapter.title}
            </h3>
          )}
          {segments.map((segment) => (
            <Segment segment={segment} />
          ))}
        </section>
      ))}
    </>
  )
}

function Segment({ segment }: { segment: SegmentView }) {
  const { index, startMs, speaker, role, pieces } = segment
  const quiet = role !== 'content' && role !== 'unknown'
  return (
    <p class={quiet ? 'segment quiet' : 'segment'} id={`s-${index}`}>
      <a class="at" href={`#s-${index}`}>
        {startMs === null ? `§${index}` : clock(startMs)}
      </a>
      {speaker !== null && <b class="speaker">{speaker}</b>}
      {quiet && <Badge tone="plain">{role}</Badge>}{' '}
      {pieces.map((piece) => (
        <Words piece={piece} />
      ))}
    </p>
  )
}

/** Places that start at the same character are nested, so that each has its own address. */
function Words({ piece: { text, labels, quoted, anchors } }: { piece: Piece }) {
  if (labels.length === 0) return <>{text}</>
  const marked: Child = (
    <mark class={quoted ? undefined : 'said'} data-labels={labels.join(' ')}>
      {text}
    </mark>
  )
  return (
    <>
      {anchors.reduce(
        (inner, id) => (
          <span id={id}>{inner}</span>
        ),
        marked,
      )}
    </>
  )
}
