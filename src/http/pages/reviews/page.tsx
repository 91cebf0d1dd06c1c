import { Prevalence, Risk, Treatment } from '../../../content/labels/suitability-label.ts'
import type { Review } from '../../../database/records.ts'
import { placeId } from '../item/label-places.ts'
import { itemPage, runPage, withQuery } from '../parts/page-paths.ts'
import { clock, shortId } from '../parts/page-words.ts'
import { Page } from '../parts/shell.tsx'
import { Badge, Moment, Nothing, Pager, RiskBadge } from '../parts/small-parts.tsx'
import { type QuestionView, viewQuestion } from './view.ts'

export interface ReviewsPageProps {
  reviews: readonly Review[]
  status: 'open' | 'decided'
  next: string | null
  /** The review that was just decided, with the run that publishes it. */
  decided: { review: Review; run: string | null } | null
}

/** Questions to people, oldest first, each with its evidence and the ways to decide. */
export function ReviewsPage({ reviews, status, next, decided }: ReviewsPageProps) {
  return (
    <Page title="Reviews" section="reviews">
      <h1>Reviews</h1>
      {decided !== null && <Done {...decided} />}
      <nav class="tabs" aria-label="Which reviews">
        <a href="/reviews" aria-current={status === 'open' ? 'page' : undefined}>
          Open
        </a>
        <a href="/reviews?status=decided" aria-current={status === 'decided' ? 'page' : undefined}>
          Decided
        </a>
      </nav>
      {reviews.length === 0 && (
        <Nothing>
          {status === 'open'
            ? 'Nothing waits for a person. Contested labels that matter are asked about here.'
            : 'Nothing has been decided yet.'}
        </Nothing>
      )}
      {reviews.map((review) => (
        <Question review={review} />
      ))}
      <Pager next={next === null ? null : withQuery('/reviews', { status, cursor: next })} first={null} />
    </Page>
  )
}

function Done({ review, run }: { review: Review; run: string | null }) {
  return (
    <p class="notice good" role="status">
      {review.decision?.by} decided: <b>{review.decision?.action}</b>. It lasts over later versions.{' '}
      {run !== null && (
        <>
          <a href={runPage(run)}>This run</a> publishes the next version of{' '}
          <a href={itemPage(review.itemId)}>the item</a>.
        </>
      )}
    </p>
  )
}

function Question({ review }: { review: Review }) {
  const view = viewQuestion(review)
  const { label, findings, evidence, title } = view
  return (
    <article class="review" id={`review-${review.id}`} aria-labelledby={`name-${review.id}`}>
      <h2 id={`name-${review.id}`}>
        {label?.name ?? review.key} {label?.risk !== undefined && <RiskBadge risk={label.risk} />}
      </h2>
      <p class="dim">
        {review.facet} of <a href={itemPage(review.itemId)}>{title || review.itemId}</a> · asked by{' '}
        <a href={runPage(review.runId)}>run {shortId(review.runId)}</a> · <Moment at={review.openedAt} />
        {label?.prevalence !== undefined && ` · ${label.prevalence}, ${label.treatment}`}
      </p>
      {findings.map(({ by, message }) => (
        <p class="notice warn">
          <b>{by}:</b> {message}
        </p>
      ))}
      <ul class="quotes">
        {evidence.map((piece) => (
          <li>
            <a class="quote" href={`${itemPage(review.itemId)}#${placeId(piece)}`}>
              {piece.quote === undefined ? `characters ${piece.start} to ${piece.end}` : <q>{piece.quote}</q>}
              <span class="where">
                {' '}
                {[piece.startMs === null ? '' : clock(piece.startMs), piece.speaker ?? ''].filter(Boolean).join(' · ')}
              </span>
            </a>
          </li>
        ))}
      </ul>
      {review.decision === null ? <Decide review={review} view={view} /> : <Decided decision={review.decision} />}
    </article>
  )
}

function Decided({ decision }: { decision: NonNullable<Review['decision']> }) {
  return (
    <p>
      <Badge tone={decision.action === 'reject' ? 'bad' : 'good'}>{decision.action}</Badge> by {decision.by},{' '}
      <Moment at={decision.at} />
      {decision.note !== null && `: ${decision.note}`}
    </p>
  )
}

/** One form with three buttons. Pressing enter in a field approves nothing: a button has to be pressed. */
function Decide({ review, view }: { review: Review; view: QuestionView }) {
  const { label } = view
  return (
    <form method="post" action={`/reviews/${encodeURIComponent(review.id)}`} class="decide">
      <div class="filters">
        <label>
          Who decides
          <input name="by" required maxlength={200} autocomplete="name" data-keep="by" />
        </label>
        <label class="grow">
          Note
          <input name="note" maxlength={2000} placeholder="the reason, kept with the decision" />
        </label>
      </div>
      <div class="actions">
        <button name="action" value="approve" class="primary" type="submit">
          Approve
        </button>
        <button name="action" value="reject" type="submit">
          Reject
        </button>
      </div>
      {label !== undefined && (
        <details>
          <summary>Amend it instead</summary>
          <div class="filters">
            <Choice name="prevalence" text="Prevalence" options={Prevalence.options} chosen={label.prevalence} />
            <Choice name="treatment" text="Treatment" options={Treatment.options} chosen={label.treatment} />
            <Choice name="risk" text="Risk" options={Risk.options} chosen={undefined} none="follows from both" />
            <button name="action" value="amend" type="submit">
              Publish as amended
            </button>
          </div>
        </details>
      )}
    </form>
  )
}

function Choice({
  name,
  text,
  options,
  chosen,
  none,
}: {
  name: string
  text: string
  options: readonly string[]
  chosen: string | undefined
  none?: string
}) {
  return (
    <label>
      {text}
      <select name={name}>
        {none !== undefined && <option value="">{none}</option>}
        {options.map((option) => (
          <option value={option} selected={option === chosen}>
            {option}
          </option>
        ))}
      </select>
    </label>
  )
}
