import type { Call, Exchange, StepName } from './exchange.ts'

/** `nearest`: the call diverges, and is served what the recording holds at the same position, if anything. */
export type Verdict = 'serve' | 'perform' | 'diverge' | 'nearest' | 'refuse'

/** Decides a call that the run's own ledger cannot answer. `base` is the same call in the recording being replayed, if it is there. */
export type Policy = (call: Call, base: Exchange | undefined) => Verdict

/** Performs what is not recorded: crash-resume needs nothing more. */
export const live: Policy = () => 'perform'

/** Serves the recording and nothing else. */
export const replay: Policy = (_call, base) => (base ? 'serve' : 'diverge')

/** Replays, and goes on past a call that differs with the recorded answer at its position: later divergences show too. */
export const replayNearest: Policy = (_call, base) => (base ? 'serve' : 'nearest')

/** Whether a call belongs to a step or to what comes after it; the order of nodes is data, given by the graph. */
export type IsAtOrDownstream = (call: StepName, at: StepName) => boolean

/**
 * Replays up to a step; that step and everything downstream of it goes live. A step that the recording does not hold to its end is
 * served what there is of it, and goes live after that. What was known of the item is served wherever it is recorded: today the item is
 * known by what the parent has published.
 */
export const forkAt =
  (at: StepName, isAtOrDownstream: IsAtOrDownstream, isWhole: (step: StepName) => boolean): Policy =>
  (call, base) => {
    if (call.kind === 'known' && base) return 'serve'
    if (isAtOrDownstream(call, at)) return 'perform'
    return base ? 'serve' : isWhole(call) ? 'diverge' : 'perform'
  }

/** Lets models answer anew while everything else that the recording holds is served. */
export const liveModel: Policy = (call, base) => (call.kind !== 'chat' && base ? 'serve' : 'perform')

/** The same, but a call of another kind that the recording does not hold diverges. */
export const onlyModelLive: Policy = (call, base) => (call.kind === 'chat' ? 'perform' : replay(call, base))

/** What a run may spend in all. */
export interface Budget {
  usd: number | null
  tokens: number | null
}

/** What a run has spent as a budget counts it: by estimate where a far side reports no tokens, and nothing where no price is known. */
export interface Counted {
  usd: number
  tokens: number
}

/** Refuses calls that cost money once the budget is spent; what is served costs nothing and is never refused. */
export const within =
  (budget: Budget, counted: () => Counted, policy: Policy): Policy =>
  (call, base) => {
    const verdict = policy(call, base)
    if (verdict !== 'perform' || (call.kind !== 'chat' && call.kind !== 'transcribe' && call.kind !== 'embed'))
      return verdict
    const { usd, tokens } = counted()
    const broke = budget.usd !== null && usd >= budget.usd
    const full = budget.tokens !== null && tokens >= budget.tokens
    return broke || full ? 'refuse' : 'perform'
  }
