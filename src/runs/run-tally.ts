import { type Cost, exchangeName, type Step, type StepName, stepName } from '../ledger/exchange.ts'
import type { LedgerWrite } from '../ledger/ledger-store.ts'
import type { LedgerWriter } from '../ledger/ledger-writer.ts'
import { type RecordedRun, recordedValue } from '../ledger/recorded-run.ts'
import type { RunSummary } from '../ledger/run-end.ts'
import { draftsIn, judgementIn, type RecordedUsage } from '../trace/recorded-state.ts'
import { stepOutcome } from '../trace/step-outcome.ts'

/** Counts what a run does while it does it, so that its end need not read the ledger. */
export interface RunTally {
  /** A writer that counts the exchanges that pass through it. */
  counting(writer: LedgerWriter): LedgerWriter
  step(step: Omit<Step, 'update'>, update: unknown): void
  summary(spent: Cost): RunSummary
}

export interface TallyDeps {
  /** Adds what earlier attempts have recorded. It counts once, even though the run goes through it again. */
  own: RecordedRun
  /** The name of the model that a step asks. */
  modelOf(step: StepName): string
  /** The version of an agent's prompt, if it is known. */
  prompts: Readonly<Record<string, string>>
}

export function createRunTally({ own, modelOf, prompts }: TallyDeps): RunTally {
  const steps = new Set<string>()
  const exchanges = new Set<string>()
  const failed = new Set<string>()
  const models = new Set<string>()
  const versions = new Set<string>()

  function count({ exchanges: rows }: Pick<LedgerWrite, 'exchanges'>): void {
    for (const exchange of rows) {
      exchanges.add(exchangeName(exchange))
      if (exchange.kind !== 'chat') continue
      models.add(modelOf(exchange))
      const prompt = prompts[exchange.node]
      if (prompt !== undefined) versions.add(prompt)
    }
  }

  function step(done: Omit<Step, 'update'>, update: unknown): void {
    steps.add(stepName(done))
    if (done.error !== null) failed.add(done.node)
    if (stepOutcome(done.node, update)?.again === true) failed.add(done.node)
    for (const { usage } of draftsIn(update).values()) used(usage)
    used(judgementIn(update)?.usage)
  }

  function used(usage: RecordedUsage | null | undefined): void {
    if (!usage?.rounds) return
    if (usage.model !== undefined) models.add(usage.model)
    if (usage.prompt !== undefined) versions.add(usage.prompt)
  }

  count(own)
  for (const done of own.steps) step(done, done.update === null ? undefined : recordedValue(own, done.update))
  return {
    counting: (writer) => ({
      ...writer,
      append(write, durable) {
        count(write)
        return writer.append(write, durable)
      },
    }),
    step,
    summary: ({ usd, inputTokens, cachedTokens, outputTokens, estimatedUsd }) => ({
      usd,
      inputTokens,
      cachedTokens,
      outputTokens,
      estimated: estimatedUsd !== undefined,
      steps: steps.size,
      exchanges: exchanges.size,
      failedNodes: [...failed].sort(),
      models: [...models].sort(),
      prompts: [...versions].sort(),
    }),
  }
}
