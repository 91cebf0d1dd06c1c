import type { Call, Exchange, StepName } from './exchange.ts'

/** `nearest`: the call diverges and gets the recorded answer at the same position, if there is one. */
export type Verdict = 'serve' | 'perform' | 'diverge' | 'nearest' | 'refuse'

/** Decides a call that the run's own ledger cannot answer. `base` is the same call in the replayed recording, if it has one. */
export type Policy = (call: Call, base: Exchange | undefined) => Verdict

/** Performs calls that are not recorded. This is all that resuming after a crash needs. */
export const live: Policy = () => 'perform'

/** Serves only the recording. */
export const replay: Policy = (_call, base) => (base ? 'serve' : 'diverge')

/** Replays. A call that differs gets the recorded answer at its position, so that later divergences show too. */
export const replayNearest: Policy = (_call, base) => (base ? 'serve' : 'nearest')

/** Whether a call belongs to a step or to a later one; the graph gives the order of nodes as data. */
export type IsAtOrDownstream = (call: StepName, at: StepName) => boolean

/**
 * Replays up to a step; that step and everything downstream of it run live. A step that the recording holds only in part is served
 * that part and then runs live. The recorded knowledge about the item is always served, because at present that knowledge is what
 * the parent has published.
 */
export const forkAt =
  (at: StepName, isAtOrDownstream: IsAtOrDownstream, isWhole: (step: StepName) => boolean): Policy =>
  (call, base) => {
    if (call.kind === 'known' && base) return 'serve'
    if (isAtOrDownstream(call, at)) return 'perform'
    return base ? 'serve' : isWhole(call) ? 'diverge' : 'perform'
  }

/** Lets models answer again and serves all other recorded calls. */
export const liveModel: Policy = (call, base) => (call.kind !== 'chat' && base ? 'serve' : 'perform')

/** The same, but an unrecorded call of another kind diverges. */
export const onlyModelLive: Policy = (call, base) => (call.kind === 'chat' ? 'perform' : replay(call, base))

/** The total that a run may spend. */
export interface Budget {
  usd: number | null
  tokens: number | null
}

/** The spending that a budget counts: an estimate if the far side reports no tokens, and nothing if no price is known. */
export interface BudgetSpending {
  usd: number
  tokens: number
}

/** Refuses calls that cost money once the budget is spent. A served call costs nothing and is never refused. */
export const withinBudget =
  (budget: Budget, counted: () => BudgetSpending, policy: Policy): Policy =>
  (call, base) => {
    const verdict = policy(call, base)
    if (verdict !== 'perform' || (call.kind !== 'chat' && call.kind !== 'transcribe' && call.kind !== 'embed'))
      return verdict
    const { usd, tokens } = counted()
    const broke = budget.usd !== null && usd >= budget.usd
    const full = budget.tokens !== null && tokens >= budget.tokens
    return broke || full ? 'refuse' : 'perform'
  }
