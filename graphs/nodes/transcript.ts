import type { PublisherChapter } from '../../src/content/item.ts'
import { keepable } from '../../src/content/signed-url.ts'
import { makeText } from '../../src/content/text/text.ts'
import { messageOf } from '../../src/content/validation/error-message.ts'
import { readChapters } from '../../src/ingest/chapters-file.ts'
import { showUrl } from '../../src/ingest/fetch/address-guard.ts'
import { isFatal } from '../../src/ledger/interruptions.ts'
import { emptyReading } from '../../src/signals/reading/reading.ts'
import { askAgent } from '../agents/ask-agent.ts'
import { transcriptChoice } from '../agents/transcript-choice.ts'
import { boundChapters } from '../labels/publisher-chapters.ts'
import type { TranscriptOrigin } from '../state.ts'
import type { NodeFunction, NodeRun } from '../step.ts'
import { chaptersUrls, linkedTranscripts } from '../transcripts/linked-urls.ts'
import {
  type Candidate,
  fromSource,
  fromTranscription,
  isSound,
  rank,
  summarise,
} from '../transcripts/transcript-candidates.ts'

const TRANSCRIPT_BYTES = 32 * 1024 * 1024
const CHAPTERS_BYTES = 4 * 1024 * 1024
const FETCH_MS = 30_000

/**
 * Chooses among inline text, the publisher's transcripts and transcription. Code ranks and checks them. The agent is asked only if several
 * candidates are left and none is sound.
 */
export const transcript: NodeFunction = async (_state, run) => {
  const { workspace } = run
  const declared = await fetchChapters(run)
  const { candidates, failures, validators } = await gatherCandidates(run)
  const ranked = rank(candidates)
  const { chosen, durationMs } = await chooseOrTranscribe(ranked, failures, run)
  const { chapters, notes } = boundChapters(declared.chapters, durationMs)
  const text = chosen === null ? null : makeText('transcript', chosen.read.transcript.text)
  workspace.transcript.set({
    transcript: chosen?.read.transcript ?? null,
    text,
    publisherChapters: chapters,
    durationMs,
    validators: { ...declared.validators, ...validators },
  })
  const allNotes = [...declared.notes, ...notes]
  const considered = [
    ...ranked.map(({ origin, problems }) => ({ origin, problems })),
    ...failures.map(({ origin, problem }) => ({ origin, problems: [problem] })),
  ]
  const noteUpdate = allNotes.length === 0 ? {} : { notes: allNotes }
  const searched = { considered, chapters: declared.lacking }
  if (chosen === null || text === null) {
    const again = failures.some((failure) => failure.again)
    return {
      transcriptOrigin: { chosen: null, missing: whyNoTranscript(run, failures), again, ...searched },
      ...noteUpdate,
    }
  }
  return {
    transcriptOrigin: { chosen: chosen.origin, missing: null, again: false, ...searched },
    texts: { transcript: { hash: text.hash, chars: text.text.length, normaliser: text.normaliser } },
    ...noteUpdate,
  }
}

interface Failure {
  origin: string
  problem: string
  again?: boolean
}

type Validators = Record<string, unknown>

async function gatherCandidates(
  run: NodeRun,
): Promise<{ candidates: Candidate[]; failures: Failure[]; validators: Validators }> {
  const { item, ports } = run
  const validators: Validators = {}
  const { maxTranscriptChars } = run.settings
  const candidates: Candidate[] = []
  const failures: Failure[] = []
  const add = (origin: string, read: () => Candidate) => {
    try {
      candidates.push(read())
    } catch (error) {
      failures.push({ origin, problem: messageOf(error) })
    }
  }
  item.transcripts.forEach((source, n) => {
    if (source.text !== undefined)
      add(`transcripts/${n}`, () => fromSource(`transcripts/${n}`, source.text ?? '', source, item, maxTranscriptChars))
  })
  for (const source of linkedTranscripts(item)) {
    const origin = keepable(source.url)
    if (ports.fetcher === null) {
      failures.push({ origin, problem: 'fetching is switched off' })
      continue
    }
    try {
      const fetched = await ports.fetcher.fetch(
        { url: source.url, accept: [], maxBytes: TRANSCRIPT_BYTES, timeoutMs: FETCH_MS },
        { signal: run.signal },
      )
      validators[origin] = fetched.validators
      add(origin, () =>
        fromSource(
          origin,
          fetched.bytes,
          { ...source, type: source.type ?? fetched.contentType ?? undefined },
          item,
          maxTranscriptChars,
        ),
      )
    } catch (error) {
      if (isFatal(error) || run.signal.aborted) throw error
      failures.push({ origin, problem: messageOf(error) })
    }
  }
  return { candidates, failures, validators }
}

/** The transcriber may be the first to learn how long the item is. */
async function chooseOrTranscribe(
  ranked: readonly Candidate[],
  failures: Failure[],
  run: NodeRun,
): Promise<{ chosen: Candidate | null; durationMs: number | null }> {
  const declared = run.item.durationMs ?? null
  const chosen = await choose(ranked, run)
  if (chosen !== null) return { chosen, durationMs: declared }
  const heard = await transcribedCandidate(run, failures)
  return { chosen: heard?.candidate ?? null, durationMs: declared ?? heard?.durationMs ?? null }
}

async function choose(ranked: readonly Candidate[], run: NodeRun): Promise<Candidate | null> {
  const [best, ...others] = ranked
  if (best === undefined) return null
  if (isSound(best) || others.length === 0) return best
  const options = ranked.map((candidate, n) => summarise(candidate, n))
  const model = run.ports.chat('transcript')
  const metadataOnly = {
    ...emptyReading,
    kind: run.item.kind,
    title: run.item.title,
    description: run.item.description,
    language: run.item.language ?? null,
  }
  const answer = await askAgent(
    {
      agent: transcriptChoice(options),
      model,
      reading: metadataOnly,
      block: '',
      durationMs: run.item.durationMs ?? null,
      neighbourhood: { unavailable: 'not asked', space: null, items: [] },
      claims: [],
      findings: [],
      round: 0,
      previous: null,
      transcript: 'whole',
    },
    run,
  )
  return (answer.kind === 'answered' ? ranked[answer.result.candidate] : undefined) ?? best
}

async function transcribedCandidate(
  run: NodeRun,
  failures: Failure[],
): Promise<{ candidate: Candidate; durationMs: number | null } | null> {
  const { item, ports, settings } = run
  if (item.audio === undefined || settings.ports.transcriber === null) return null
  try {
    const transcription = await ports.transcribe({ url: item.audio.url, language: item.language ?? null })
    return { candidate: fromTranscription(transcription, item), durationMs: transcription.durationMs }
  } catch (error) {
    if (isFatal(error) || run.signal.aborted) throw error
    failures.push({
      origin: `transcription by ${settings.ports.transcriber}`,
      problem: messageOf(error),
      again: true,
    })
    return null
  }
}

interface DeclaredChapters {
  chapters: readonly PublisherChapter[]
  validators: Validators
  notes: string[]
  /** What the document says about linked chapters that could not be fetched or read. */
  lacking: TranscriptOrigin['chapters']
}

async function fetchChapters({ item, ports, signal }: NodeRun): Promise<DeclaredChapters> {
  const [url] = chaptersUrls(item)
  const declared = { chapters: item.chapters, notes: [], lacking: null }
  if (url === undefined || ports.fetcher === null) return { ...declared, validators: {} }
  const validators: Validators = {}
  let fetched = false
  try {
    const file = await ports.fetcher.fetch(
      { url, accept: [], maxBytes: CHAPTERS_BYTES, timeoutMs: FETCH_MS },
      { signal },
    )
    fetched = true
    validators[keepable(url)] = file.validators
    return { chapters: readChapters(file.bytes), validators, notes: [], lacking: null }
  } catch (error) {
    if (isFatal(error) || signal.aborted) throw error
    const reason = `the publisher's chapters could not be read: ${messageOf(error)}`
    // Another attempt cannot help until the file changes, and then its validators tell.
    return { ...declared, validators, notes: [reason], lacking: { reason, again: !fetched } }
  }
}

function whyNoTranscript({ item, settings }: NodeRun, failures: readonly Failure[]): string {
  const reasons = failures.map(reasonOf)
  if (item.transcripts.length === 0) reasons.unshift('the item has no transcript')
  if (item.audio !== undefined && settings.ports.transcriber === null) reasons.push('no transcriber is configured')
  if (item.audio === undefined) reasons.push('there is no audio to transcribe')
  return reasons.join('; ')
}

/** Names the source once, without its query string: that may contain a signature. */
function reasonOf({ origin, problem }: Failure): string {
  const source = URL.canParse(origin) ? showUrl(new URL(origin)) : origin
  const reason = problem.replace(/\.$/, '')
  return reason.includes(source) ? reason : `${source}: ${reason}`
}
