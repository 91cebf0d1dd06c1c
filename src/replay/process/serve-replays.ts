import { readRecording } from '../../recordings/read/read-recording.ts'
import { type ReplayDeps, replayRun } from '../replay-run.ts'
import { substituted } from '../substitute.ts'
import { forgetAttempt, notedAttempt } from './denied-attempts.ts'
import { Job, type Reply } from './replay-messages.ts'

/** Answers jobs of the parent process, one after another: reads a recording, replays it and reports what it found. */
export function serveReplays(deps: ReplayDeps): void {
  process.on('message', async (message: unknown) => {
    const reply = await perform(message, deps).catch(failed)
    process.send?.(reply)
  })
  // The parent process is gone, so there is nobody to answer.
  process.on('disconnect', () => process.exit(0))
}

async function perform(message: unknown, deps: ReplayDeps): Promise<Reply> {
  const { file, request } = Job.parse(message)
  forgetAttempt()
  const { substitute, ...options } = request
  const recording = substituted(await readRecording(file), substitute)
  const outcome = await replayRun(recording, deps, options).then((report): Reply => ({ ok: true, report }), failed)
  // An attempt counts whatever the outcome was: the code may have caught what the guard threw.
  const tried = notedAttempt()
  if (tried === null) return outcome
  return failure('NetworkDenied', null, `the replay tried to ${tried}; a replay reaches nothing outside of its process`)
}

function failed(error: unknown): Reply {
  if (!(error instanceof Error)) return failure('Error', null, String(error))
  const kind = 'kind' in error && typeof error.kind === 'string' ? error.kind : null
  return failure(error.name, kind, error.message)
}

function failure(error: string, kind: string | null, message: string): Reply {
  return { ok: false, error, kind, message }
}
