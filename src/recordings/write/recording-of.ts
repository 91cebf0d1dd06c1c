import { keepableItem } from '../../content/keepable-item.ts'
import { keepable, withKeepableUrls } from '../../content/signed-url.ts'
import type { Understanding } from '../../content/understanding-schema.ts'
import type { RunRecord } from '../../database/records.ts'
import type { Repositories } from '../../database/repositories.ts'
import type { Step } from '../../ledger/exchange.ts'
import type { RecordedRunHead, Recording } from '../recording.ts'
import { RecordingError } from '../recording-errors.ts'
import { documentOfRun } from '../run-document.ts'

type Sources = Pick<Repositories, 'runs' | 'trace' | 'understandings'>

/**
 * Reads the recording of a run that is over from the database. Signatures, users and passwords in URLs are left out.
 * @throws {RecordingError} `no-such-run`, `unfinished`, `incomplete`
 */
export async function recordingOf(repositories: Sources, runId: string): Promise<Recording> {
  const record = await repositories.runs.get(runId)
  if (record === null)
    throw new RecordingError('no-such-run', `there is no run "${runId}"; list the runs to find its id`)
  if (record.status === 'queued' || record.status === 'running')
    throw new RecordingError(
      'unfinished',
      `run ${runId} is still ${record.status === 'queued' ? 'waiting' : 'under way'}; record it when it is over, or cancel it first`,
    )
  const { runs, trace } = repositories
  const [item, recorded, derived] = await Promise.all([runs.item(runId), trace.load(runId), runs.derived(runId)])
  const document = await documentOfRun(repositories, record, recorded)
  if (item === null || (document === null && record.version !== null))
    throw new RecordingError(
      'incomplete',
      `the ${item === null ? 'item' : 'document'} of run ${runId} is no longer in the database; understand the item again and record that run`,
    )
  return {
    run: headOf(record),
    configuration: record.config,
    item: keepableItem(item),
    document: document === null ? null : documentWithoutSecrets(document),
    derived,
    redacted: false,
    steps: recorded.steps.map(stepWithoutSecrets),
    exchanges: recorded.exchanges,
    blob: recorded.blob,
  }
}

function headOf(record: RunRecord): RecordedRunHead {
  const { id, itemId, parentRunId, status, createdAt, startedAt, finishedAt, error, version } = record
  const said = error === null ? null : withKeepableUrls(error)
  return { id, itemId, parentRunId, status, createdAt, startedAt, finishedAt, error: said, version }
}

/** The document that would come from an item without secrets. */
function documentWithoutSecrets(document: Understanding): Understanding {
  const { timeline } = document
  if (timeline.audioUrl === null) return document
  return { ...document, timeline: { ...timeline, audioUrl: keepable(timeline.audioUrl) } }
}

/** Error messages may hold addresses. */
function stepWithoutSecrets(step: Step): Step {
  return step.error === null ? step : { ...step, error: withKeepableUrls(step.error) }
}
