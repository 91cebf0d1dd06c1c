import type { Child } from 'hono/jsx'
import type { Risk } from '../../../content/labels/suitability-label.ts'
import type { RunStatus } from '../../../ledger/run-end.ts'
import { stamp } from './page-words.ts'

/** A moment, readable by people and programs. */
export function Moment({ at }: { at: number | null }) {
  if (at === null) return <span class="dim">–</span>
  return <time datetime={new Date(at).toISOString()}>{stamp(at)}</time>
}

type Tone = 'good' | 'warn' | 'bad' | 'busy' | 'plain'

const TONES: Record<RunStatus, Tone> = {
  queued: 'busy',
  running: 'busy',
  complete: 'good',
  partial: 'warn',
  unchanged: 'plain',
  cancelled: 'plain',
  failed: 'bad',
}

export function Badge({ tone, children }: { tone: Tone; children?: Child }) {
  return <span class={`badge ${tone}`}>{children}</span>
}

export function StatusBadge({ status }: { status: RunStatus }) {
  return <Badge tone={TONES[status]}>{status}</Badge>
}

const RISK_TONES: Record<Risk, Tone> = { floor: 'bad', high: 'bad', medium: 'warn', low: 'plain' }

export function RiskBadge({ risk }: { risk: Risk }) {
  return <Badge tone={RISK_TONES[risk]}>{risk === 'floor' ? 'floor' : `${risk} risk`}</Badge>
}

/** A score as a bar with its number. */
export function Score({ value }: { value: number }) {
  const percent = `${Math.round(value * 100)}%`
  return (
    <span class="score">
      <svg width="56" height="6" aria-hidden="true">
        <rect width="100%" height="6" rx="3" class="rail" />
        <rect width={percent} height="6" rx="3" class="fill" />
      </svg>
      <span class="num">{value.toFixed(2)}</span>
    </span>
  )
}

/** Facts about one thing, as pairs. Facts without a value are left out. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: Child])[] }) {
  return (
    <dl class="facts">
      {facts
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value]) => (
          <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

/** Links to the next page of a listing, and back to its start. */
export function Pager({ next, first }: { next: string | null; first: string | null }) {
  if (next === null && first === null) return null
  return (
    <nav class="pager" aria-label="Pages">
      {first !== null && <a href={first}>Newest</a>}
      {next !== null && (
        <a href={next} rel="next">
          Older →
        </a>
      )}
    </nav>
  )
}

/** What to say and do if there is nothing to show. */
export function Nothing({ children }: { children?: Child }) {
  return <p class="nothing">{children}</p>
}
