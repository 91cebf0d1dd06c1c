import { setTimeout as delay } from 'node:timers/promises'
import type { Item } from '../../content/item.ts'
import type { Understanding } from '../../content/understanding-schema.ts'
import { CliError, EXIT, failed } from '../terminal/exit-code.ts'
import type { RunView } from './service-answers.ts'
import type { Client, Submission } from './service-client.ts'

/** A line on stderr that shows how far a run has come; nothing where stderr is no terminal. */
export interface Progress {
  tick(): Promise<void>
  end(): void
}

export const noProgress: Progress = { tick: async () => {}, end: () => {} }

const FIRST_POLL_MS = 10
const LAST_POLL_MS = 200

/**
 * Resolves when a run has ended. Rejects with the signal's reason.
 * @throws {CliError} where it is gone: its item was erased meanwhile.
 */
export async function waitForRun(
  client: Client,
  run: RunView,
  progress: Progress,
  signal: AbortSignal,
): Promise<RunView> {
  let current = run
  let pause = FIRST_POLL_MS
  try {
    while (current.status === 'queued' || current.status === 'running') {
      await delay(pause, undefined, { signal }).catch(() => signal.throwIfAborted())
      pause = Math.min(LAST_POLL_MS, pause * 2)
      await progress.tick()
      const found = await client.run(current.id)
      if (found === null) throw failed(`run ${current.id} is not there any more: its item "${run.itemId}" was erased`)
      current = found
    }
    return current
  } finally {
    progress.end()
  }
}

/**
 * Understands one item: starts a run, waits for its end, reads what it published.
 * @throws {CliError} where the run failed or was cancelled, naming it.
 */
export async function runItem(
  item: Item,
  submission: Submission,
  { client, progressOf, signal }: { client: Client; progressOf: (runId: string) => Progress; signal: AbortSignal },
): Promise<{ run: RunView; understanding: Understanding }> {
  const started = await client.submit(item, submission)
  const run = await waitForRun(client, started, progressOf(started.id), signal)
  if (run.status === 'failed')
    throw failed(
      `the run failed: ${run.error ?? 'no reason was recorded'}; \`linernotes trace ${run.id}\` shows how far it came`,
    )
  if (run.status === 'cancelled') throw new CliError(EXIT.failed, `run ${run.id} was cancelled; nothing was published`)
  const understanding = await client.understanding(run.itemId, run.version ?? undefined)
  if (understanding === null)
    throw failed(`run ${run.id} ended ${run.status}, but nothing is published of item "${run.itemId}"`)
  return { run, understanding }
}
