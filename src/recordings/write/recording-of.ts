import { z } from 'zod'
import { keepableItem } from '../../content/keepable-item.ts'
import { withKeepableUrls } from '../../content/signed-url.ts'
import type { Sha256 } from '../../content/text/hash.ts'
import { TextHash } from '../../content/text/text.ts'
import type { Derived, RunRecord } from '../../database/records.ts'
import type { Repositories } from '../../database/repositories.ts'
import { type RecordedRun, recordedValue } from '../../ledger/recorded-run.ts'
import type { RecordedRunHead, Recording } from '../recording.ts'
import { RecordingError } from '../recording-errors.ts'
import { RunConfiguration } from '../run-configuration-schema.ts'
import { documentOfRun } from '../run-document.ts'
import { documentWithoutSecrets, stepWithoutSecrets } from './without-secrets.ts'

type Sources = Pick<Repositories, 'runs' | 'trace' | 'texts' | 'understandings'>

/**
 * The recording of a run that is over, from the database. What signs a URL, and users and passwords in URLs, are left out.
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
  const configuration = configurationOf(record)
  const [item, recorded] = await Promise.all([repositories.runs.item(runId), repositories.trace.load(runId)])
  const document = await documentOfRun(repositories, record, recorded)
  if (item === null || (document === null && record.version !== null))
    throw new RecordingError(
      'incomplete',
      `the ${item === null ? 'item' : 'document'} of run ${runId} is no longer in the database; understand the item again and record that run`,
    )
  return {
    run: headOf(record),
    configuration,
    item: keepableItem(item),
    document: document === null ? null : documentWithoutSecrets(document),
    derived: await derivedOf(repositories, record, recorded, configuration),
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

function configurationOf({ id, config }: RunRecord): RunConfiguration {
  const parsed = RunConfiguration.safeParse(config)
  if (parsed.success) return parsed.data
  throw new RecordingError(
    'incomplete',
    `run ${id} was made by a version of linernotes that did not keep the whole configuration with a run; understand the item again and record that run`,
    { cause: parsed.error },
  )
}

/** What updates of steps say about texts and segments. */
const Handles = z.looseObject({
  texts: z.record(z.string(), z.looseObject({ hash: TextHash })).optional(),
  segmentation: z.looseObject({ segmenter: z.int() }).nullish(),
})

/** Segments and local vectors of the run's texts, as far as they were kept. */
async function derivedOf(
  { texts }: Sources,
  { itemId }: RunRecord,
  recorded: RecordedRun,
  {
    settings: {
      ports: { embedder },
    },
  }: RunConfiguration,
): Promise<Derived[]> {
  const hashes = new Set<Sha256>()
  const versions = new Map<'segments' | 'vectors', string>()
  if (embedder?.local) versions.set('vectors', embedder.space)
  for (const { update } of recorded.steps) {
    const handles = update === null ? undefined : Handles.safeParse(recordedValue(recorded, update)).data
    for (const { hash } of Object.values(handles?.texts ?? {})) hashes.add(hash)
    if (handles?.segmentation) versions.set('segments', `segmenter@${handles.segmentation.segmenter}`)
  }
  const wanted = [...hashes].flatMap((textHash) =>
    [...versions].map(([kind, version]) => texts.getDerived(itemId, { textHash, kind, version })),
  )
  return (await Promise.all(wanted)).filter((found) => found !== null)
}
