import { LRUCache } from 'lru-cache'
import { type Sha256, sha256 } from '../../content/text/hash.ts'
import { checkRecording } from '../check-recording.ts'
import type { Recording } from '../recording.ts'
import type { NamedBlobs } from '../recording-bodies.ts'
import { RecordingError } from '../recording-errors.ts'
import type { Counts, Frame, FrameName, FrameOf } from '../recording-format.ts'
import { countsOf } from '../recording-frames.ts'
import type { RecordingLimits } from './recording-limits.ts'

/** The hashes of the blobs that were hashed last, by text. Recordings of one item share most of their blobs. */
const hashes = new LRUCache<string, Sha256>({
  maxSize: 16 * 1024 * 1024,
  sizeCalculation: (_, text) => text.length + 1,
  memoMethod: (text) => sha256(text),
})

/** The order of the lines. Of the repeated ones there may be any number. */
const ORDER: readonly FrameName[] = [
  'header',
  'run',
  'item',
  'configuration',
  'document',
  'step',
  'exchange',
  'derived',
  'blob',
  'footer',
]
const REPEATED: ReadonlySet<FrameName> = new Set(['step', 'exchange', 'derived', 'blob'])

/** Takes the lines of a recording in their order and makes a recording of them. */
export interface FrameCollector {
  /** @throws {RecordingError} `malformed` if the line does not belong here; `tampered` if a blob is not what its hash says */
  add(number: number, frame: Frame): void
  /** @throws {RecordingError} `malformed`, `too-large` if the lines together do not make a recording */
  recording(): { recording: Recording; createdBy: string }
}

export function collectFrames({ depth }: Pick<RecordingLimits, 'depth'>): FrameCollector {
  let at = -1
  let header: FrameOf<'header'> | undefined
  let run: FrameOf<'run'> | undefined
  let item: FrameOf<'item'> | undefined
  let configuration: FrameOf<'configuration'> | undefined
  let document: FrameOf<'document'> | undefined
  let footer: FrameOf<'footer'> | undefined
  const steps: Recording['steps'][number][] = []
  const exchanges: Recording['exchanges'][number][] = []
  const derived: Recording['derived'][number][] = []
  const blobs = new Map<Sha256, string>()

  function place(number: number, name: FrameName): void {
    const next = ORDER.indexOf(name)
    const skipped = ORDER.slice(at + 1, next).find((between) => !REPEATED.has(between))
    if (next < at || (next === at && !REPEATED.has(name)) || skipped !== undefined)
      throw malformed(`line ${number} is a ${name} where none belongs`)
    at = next
  }

  function keepBlob({ hash, text }: FrameOf<'blob'>): void {
    if (blobs.has(hash)) throw malformed(`blob ${hash} is there twice`)
    // In a redacted recording the hash is that of the text that was left out.
    if (header?.redacted === false && hashes.memo(text) !== hash)
      throw new RecordingError('tampered', `blob ${hash} is not what its hash says; record the run again`)
    blobs.set(hash, text)
  }

  return {
    add(number, frame) {
      place(number, frame.frame)
      switch (frame.frame) {
        case 'header':
          header = frame
          return
        case 'run':
          run = frame
          return
        case 'item':
          item = frame
          return
        case 'configuration':
          configuration = frame
          return
        case 'document':
          document = frame
          return
        case 'step': {
          const { frame: _, ...step } = frame
          steps.push(step)
          return
        }
        case 'exchange': {
          const { frame: _, ...exchange } = frame
          exchanges.push({ ...exchange, requestHash: exchange.request })
          return
        }
        case 'derived': {
          const { frame: _, ...entry } = frame
          derived.push(entry)
          return
        }
        case 'blob':
          keepBlob(frame)
          return
        case 'footer':
          footer = frame
          return
        default:
          frame satisfies never
      }
    },
    recording() {
      if (!header || !run || !item || !configuration || !document || !footer)
        throw malformed('lines that every recording has are missing')
      const { frame: _, ...head } = run
      const recording: Recording = {
        run: head,
        configuration: configuration.configuration,
        item: item.item,
        document: document.document,
        steps,
        exchanges,
        derived,
        redacted: header.redacted,
        blob: (hash) => blobs.get(hash),
      }
      check(recording, [header.counts, footer.counts])
      return { recording, createdBy: header.createdBy }
    },
  }

  /** Checks that the lines agree with one another, and that something names each blob. */
  function check(recording: Recording, claimed: readonly Counts[]): void {
    const named = agreeing(recording, depth)
    for (const hash of blobs.keys())
      if (!named.bodies.has(hash) && !named.texts.has(hash)) throw malformed(`nothing names blob ${hash}`)
    const counts = countsOf(recording, named)
    for (const claim of claimed)
      for (const name of ['steps', 'exchanges', 'derived', 'blobs'] as const)
        if (claim[name] !== counts[name])
          throw malformed(`it says that it has ${claim[name]} ${name}, and it has ${counts[name]}`)
  }
}

function agreeing(recording: Recording, depth: number): NamedBlobs {
  try {
    return checkRecording(recording, depth)
  } catch (error) {
    if (error instanceof RecordingError && error.kind !== 'too-large') throw malformed(error.message, error)
    throw error
  }
}

function malformed(what: string, cause?: unknown): RecordingError {
  return new RecordingError(
    'malformed',
    `the recording contradicts itself: ${what}; it was changed, or not written by linernotes; record the run again`,
    { cause },
  )
}
