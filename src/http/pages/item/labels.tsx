import type { Evidence } from '../../../content/evidence/evidence.ts'
import type { Facet } from '../../../content/labels/label-types.ts'
import { clip } from '../../../content/text/clip.ts'
import { clock } from '../parts/page-words.ts'
import { Badge, RiskBadge, Score } from '../parts/small-parts.tsx'
import { placeId } from './label-places.ts'
import type { FacetView, LabelView } from './labels-view.ts'

/** How many quotes of one label are shown. The rest is folded away. */
const VISIBLE_QUOTES = 2
const MAX_QUOTE_CHARS = 220

export interface PlaceOf {
  /** The page that shows how a label came about. Null if that is not recorded. */
  why(facet: Facet, pointer: string): string | null
  /** False if the text is not in the page. Then quotes are not links. */
  transcript: boolean
}

/** A facet's labels, each with the quotes that support it. */
export function FacetSection({ view, place }: { view: FacetView; place: PlaceOf }) {
  const { facet, title, labels, abstained, unanswered } = view
  return (
    <section class="facet" aria-labelledby={facet}>
      <h2 id={facet}>{title}</h2>
      {abstained.map((reason) => (
        <p class="notice warn">
          <b>Not answered:</b> {reason}
        </p>
      ))}
      {labels.length === 0 && abstained.length === 0 && (
        <p class="nothing">{unanswered ? 'Not answered.' : emptyFacetText(facet)}</p>
      )}
      <ul class={facet === 'summary' ? 'labels claims' : 'labels'}>
        {labels.map((label) => (
          <Label label={label} place={place} why={place.why(facet, label.pointer)} />
        ))}
      </ul>
    </section>
  )
}

function emptyFacetText(facet: FacetView['facet']): string {
  return facet === 'suitability' ? 'Nothing that an advertiser would avoid was found.' : 'None was found.'
}

function Label({ label, place, why }: { label: LabelView; place: PlaceOf; why: string | null }) {
  const { id, name, detail, score, origin, contested, risk, evidence } = label
  const [shown, more] = [evidence.slice(0, VISIBLE_QUOTES), evidence.slice(VISIBLE_QUOTES)]
  return (
    <li class="label" id={id} data-label={id}>
      <div class="name">
        <b>
          <Name label={label} place={place} />
        </b>
        {risk !== null && <RiskBadge risk={risk} />}
        {contested && <Badge tone="warn">contested</Badge>}
        {origin !== null && origin !== 'model' && <Badge tone="good">{origin}</Badge>}
        {score !== null && <Score value={score} />}
      </div>
      <p class="detail">
        {detail !== '' && <span>{detail}</span>}
        {why !== null && (
          <a href={why} aria-label={`Why ${name}?`}>
            why?
          </a>
        )}
      </p>
      {evidence.length > 0 && <Quotes evidence={shown} label={label} place={place} />}
      {more.length > 0 && (
        <details>
          <summary>{more.length} more</summary>
          <Quotes evidence={more} label={label} place={place} />
        </details>
      )}
    </li>
  )
}

/** A label's name links to the first of its words. */
function Name({ label: { name, places }, place }: { label: LabelView; place: PlaceOf }) {
  const [first] = places
  if (!place.transcript || first === undefined) return <>{name}</>
  return (
    <a class="choose" href={`#${first.id}`}>
      {name}
    </a>
  )
}

function Quotes({ evidence, label, place }: { evidence: readonly Evidence[]; label: LabelView; place: PlaceOf }) {
  return (
    <ul class="quotes">
      {evidence.map((piece) => (
        <li>
          <Quote piece={piece} label={label} place={place} />
        </li>
      ))}
    </ul>
  )
}

function Quote({ piece, label, place }: { piece: Evidence; label: LabelView; place: PlaceOf }) {
  // If the claim is the quoted words themselves, the quote is not repeated.
  const same = piece.quote === label.name
  const words =
    piece.quote === undefined ? `characters ${piece.start} to ${piece.end}` : clip(piece.quote, MAX_QUOTE_CHARS)
  const where = [
    piece.source === 'transcript' ? '' : `in the ${piece.source}`,
    piece.startMs === null ? '' : `${piece.timing === 'interpolated' ? 'about ' : ''}${clock(piece.startMs)}`,
    piece.speaker ?? '',
    piece.match === 'drift' ? 'mended to the true words' : '',
  ]
    .filter(Boolean)
    .join(' · ')
  const content = (
    <>
      {same ? <span class="dim">in these words</span> : piece.quote === undefined ? words : <q>{words}</q>}
      {where !== '' && <span class="where"> {where}</span>}
    </>
  )
  if (!place.transcript || piece.source !== 'transcript') return <span class="quote">{content}</span>
  return (
    <a class="quote" href={`#${placeId(piece)}`} data-labels={label.id}>
      {content}
    </a>
  )
}
