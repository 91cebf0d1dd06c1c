import type { Item } from '../../src/content/item.ts'
import type { Chapter } from '../../src/content/labels/chapter-label.ts'
import type { FacetLabels } from '../../src/content/labels/label-types.ts'
import { sha256 } from '../../src/content/text/hash.ts'
import type { NodeRun } from '../step.ts'
import { chapterLabels } from './chapter-labels.ts'
import { placeChapters } from './publisher-chapters.ts'

/** Why the chapters agent does not run. */
export const PUBLISHER_CHAPTERS = "the publisher's chapters stand"

/** Whether the publisher declares chapters: a list, or headings in the transcript. */
export function hasPublisherChapters({ workspace }: NodeRun): boolean {
  const { publisherChapters, transcript } = workspace.transcript.get()
  return publisherChapters.length > 0 || (transcript?.headings.length ?? 0) > 0
}

/** The publisher's chapters as labels: declared ones by time, otherwise the headings of the transcript by place. */
export function publisherChapterLabels(run: NodeRun): Chapter[] {
  return run.workspace.transcript.get().publisherChapters.length > 0 ? declaredChapters(run) : headingChapters(run)
}

function declaredChapters({ workspace }: NodeRun): Chapter[] {
  const { publisherChapters, durationMs } = workspace.transcript.get()
  const segments = workspace.segment.get()
  return placeChapters(publisherChapters, durationMs).map(({ title, startMs, endMs }) => {
    const ownSegments =
      startMs === null
        ? []
        : segments.filter(
            (segment) =>
              segment.startMs !== null && segment.startMs >= startMs && (endMs === null || segment.startMs < endMs),
          )
    return {
      key: sha256(`${startMs}\n${title}`),
      title,
      startMs,
      endMs,
      timing: startMs === null ? null : ('source' as const),
      firstSegment: ownSegments[0]?.index ?? null,
      lastSegment: ownSegments.at(-1)?.index ?? null,
      origin: 'publisher' as const,
    }
  })
}

function headingChapters({ workspace }: NodeRun): Chapter[] {
  const { transcript, durationMs } = workspace.transcript.get()
  const { reading } = workspace.neighbours.get()
  const starts = (transcript?.headings ?? []).flatMap(({ title, start }) => {
    const segment = reading.segments.find(({ end }) => end > start)
    return segment === undefined ? [] : [{ title, firstSegment: segment.index }]
  })
  return chapterLabels(starts, reading, 'publisher', durationMs)
}

/** If the publisher says that an item is explicit, that overrides a measurement. */
export function withPublisherAttributes(labels: FacetLabels | undefined, { explicit }: Item): FacetLabels {
  const measured = labels?.facet === 'attributes' ? labels.labels : []
  if (explicit !== true) return { facet: 'attributes', labels: measured }
  const declaredExplicit = {
    key: 'explicit',
    name: 'explicit' as const,
    value: 'explicit',
    score: 1,
    contested: false,
    origin: 'publisher' as const,
    refs: [],
  }
  return {
    facet: 'attributes',
    labels: [...measured.filter(({ key }) => key !== declaredExplicit.key), declaredExplicit],
  }
}
