import type { Outgoing, Ports } from '../../graphs/context.ts'
import type { State } from '../../graphs/state.ts'
import type { NodeRun } from '../../graphs/step.ts'
import { type ChosenTranscript, createWorkspace, type Intake, type Surroundings } from '../../graphs/workspace.ts'
import type { Item } from '../../src/content/item.ts'
import { makeText, NORMALISER_VERSION } from '../../src/content/text/text.ts'
import { segment } from '../../src/content/transcript/segmenter.ts'
import { SEGMENTER_VERSION } from '../../src/content/transcript/segments.ts'
import { readTranscript } from '../../src/ingest/transcripts/parse-transcript.ts'
import type { GraphSettings } from '../../src/ledger/run-configuration-schema.ts'
import { identitiesOf } from '../../src/runs/run-configuration.ts'
import { emptyReading } from '../../src/signals/reading/reading.ts'
import { bareRun } from './bare-run.ts'
import { analysis, cast } from './desk.ts'
import { talk } from './talk.ts'

/** What a test says of a run in which one node is performed. */
export interface Situation {
  item?: Item
  state?: Partial<State>
  ports?: Partial<Ports>
  settings?: Partial<GraphSettings>
  run?: Partial<Omit<NodeRun, 'item' | 'ports' | 'settings' | 'workspace'>>
  /** What the nodes before it have left, besides the texts of the item. */
  intake?: Partial<Intake>
  chosen?: Partial<ChosenTranscript>
  /** Null: the node `neighbours` has not run. */
  surroundings?: Partial<Surroundings> | null
}

const nowhere = { unavailable: null, space: null, items: [] }

const FIRST: State = {
  round: 0,
  outcome: null,
  intakeHash: null,
  texts: {},
  transcriptOrigin: null,
  segmentation: null,
  planned: null,
  nearby: null,
  drafts: {},
  assembled: null,
  verification: null,
  judgement: null,
  abstentions: [],
  notes: [],
  published: null,
}

/** State and run of an item whose first inline transcript is read and cut into segments, and what is published of it. */
export function situation(given: Situation = {}): { state: State; run: NodeRun; outgoing: Outgoing[] } {
  const { item = talk() } = given
  const outgoing: Outgoing[] = []
  const title = makeText('title', item.title)
  const description = makeText('description', item.description)
  const said = item.transcripts[0]?.text
  const transcript = said === undefined ? null : readTranscript(said, { name: 'talk' }).transcript
  const text = transcript === null ? null : makeText('transcript', transcript.text)
  const segments = transcript === null ? [] : segment(transcript)
  const reading = {
    ...emptyReading,
    kind: item.kind,
    language: transcript === null ? (item.language ?? null) : 'en',
    title: title.text,
    description: description.text,
    text: text?.text ?? '',
    segments,
    vectors: segments.map(() => null),
  }

  const workspace = createWorkspace()
  workspace.intake.set({
    title,
    description,
    earlier: new Map(),
    decisions: [],
    configuration: 'as today',
    ...given.intake,
  })
  workspace.transcript.set({
    transcript,
    text,
    publisherChapters: item.chapters,
    durationMs: item.durationMs ?? null,
    validators: {},
    ...given.chosen,
  })
  workspace.segment.set(segments)
  if (given.surroundings !== null)
    workspace.neighbours.set({ reading, neighbourhood: nowhere, vectorsAway: false, ...given.surroundings })

  const bare = bareRun({ item })
  const ports: Ports = { ...bare.ports, chat: cast({}).model, ...given.ports }
  const settings: GraphSettings = {
    ...bare.settings,
    engine: 'openai:cast',
    ports: identitiesOf({ ...ports, secondOpinion: ports.secondOpinion(), transcriber: null }, true),
    ...given.settings,
  }
  const run: NodeRun = {
    ...bare,
    run: { id: 'this-run', parentId: null },
    itemId: item.id ?? bare.itemId,
    taxonomyVersion: bare.taxonomies.version,
    analysis,
    at: () => ({ settings, ports }),
    async publish(made) {
      outgoing.push(made)
      return { version: 1, seq: 1 }
    },
    ...given.run,
    workspace,
    settings,
    ports,
  }
  const texts = [...(text === null ? [] : [text]), title, description].filter(({ text }) => text !== '')
  const state: State = {
    ...FIRST,
    texts: Object.fromEntries(
      texts.map(({ source, hash, text }) => [source, { hash, chars: text.length, normaliser: NORMALISER_VERSION }]),
    ),
    segmentation:
      transcript === null
        ? null
        : {
            segmenter: SEGMENTER_VERSION,
            count: segments.length,
            words: segments.reduce((sum, { words }) => sum + words, 0),
            language: 'en',
            timed: false,
            roles: {},
          },
    ...given.state,
  }
  return { state, run, outgoing }
}
