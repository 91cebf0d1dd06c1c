import { understanding } from '../graphs/understanding.ts'
import { Item, type ItemInput } from '../src/content/item.ts'
import { createUseLiteEmbedder } from '../src/models/use-lite/use-lite-embedder.ts'
import { readRecording } from '../src/recordings/read/read-recording.ts'
import type { FleetReport } from '../src/replay/fleet/fleet-report.ts'
import { replayFleet } from '../src/replay/fleet/replay-fleet.ts'
import { memoisedAnalysis } from '../src/replay/process/memoised-analysis.ts'
import { createReplayers } from '../src/replay/process/replayers.ts'
import { replayRun } from '../src/replay/replay-run.ts'
import { createVectorShelf } from '../src/replay/served-vectors.ts'
import { loadTaxonomies } from '../src/taxonomy/taxonomy.ts'
import { createBareRun } from './bare-run.ts'
import { withDataFolder } from './data-folder.ts'
import { median, ms, range, seconds } from './figures.ts'
import { hourOfSpeech } from './hour-text.ts'
import { recordRuns } from './recordings.ts'
import type { Row } from './table.ts'

const WARM_UP = 15
const REPEATS = 15
const TEXTS = 100
/** Items of each text in the fleet: what a text is found to be is the same for all of them, what happened in their runs is not. */
const ITEMS_A_TEXT = 10
const WORKERS = 2
/** Words of one text of the fleet: some minutes of speech. */
const TEXT_WORDS = 400

/** Replays beside the bare graph, and fleets with and without what recordings bring along. */
export async function replay({ runs }: { runs: number }): Promise<Row[]> {
  return withDataFolder(async (folder) => [...(await besideBare(folder, runs)), ...(await fleets(folder))])
}

/** The same item through the bare graph and from its recording, in turn, in this process; analyses are at hand for both. */
async function besideBare(folder: string, runs: number): Promise<Row[]> {
  const text = `${hourOfSpeech('one')}\n${hourOfSpeech('two')}`.slice(0, 60_000)
  const item = itemOf('bench replay', text)
  const [file = ''] = await recordRuns([item], folder, null)
  const taxonomies = loadTaxonomies()
  const analysis = memoisedAnalysis()
  const today = { graph: understanding, taxonomies, taxonomyVersion: taxonomies.version, analysis, embedder: null }
  const understand = createBareRun(analysis)
  const parsed = Item.parse(item)
  const bare = () => understand(parsed)
  const times: { bare: number[]; read: number[]; replay: number[] } = { bare: [], read: [], replay: [] }
  let differing = 0
  for (let n = -WARM_UP; n < runs * REPEATS; n++) {
    const started = performance.now()
    await bare()
    const ran = performance.now()
    const recording = await readRecording(file)
    const read = performance.now()
    const report = await replayRun(recording, { ...today, vectors: createVectorShelf() })
    const replayed = performance.now()
    if (!report.identical) differing++
    if (n < 0) continue
    times.bare.push(ran - started)
    times.read.push(read - ran)
    times.replay.push(replayed - read)
  }
  const ratio = median(times.replay) / median(times.bare)
  return [
    {
      what: 'graph in process, bare',
      bar: '',
      figure: ms(median(times.bare)),
      holds: null,
      note: range(times.bare, ms),
    },
    {
      what: 'reading a recording, its long lines read before',
      bar: '',
      figure: ms(median(times.read)),
      holds: null,
      note: range(times.read, ms),
    },
    {
      what: 'replay / bare, without reading',
      bar: '<= 1.5',
      figure: ratio.toFixed(2),
      holds: ratio <= 1.5 && differing === 0,
      note: `${ms(median(times.replay))}, ${range(times.replay, ms)}; ${differing} of ${runs * REPEATS + WARM_UP} not identical`,
    },
  ]
}

async function fleets(folder: string): Promise<Row[]> {
  const words = hourOfSpeech('fleet').split(/\s+/)
  const textOf = (n: number) => [`Talk ${n}.`, ...words.slice(n * 80, n * 80 + TEXT_WORDS)].join(' ')
  const titles = Array.from({ length: TEXTS }, (_, n) => `bench fleet ${n}`)
  const items = titles.flatMap((title, n) =>
    Array.from({ length: ITEMS_A_TEXT }, (_, at) => ({ ...itemOf(`${title} ${at}`, textOf(n)), title })),
  )
  // It embeds each text once: there are fewer than it keeps.
  const embedder = createUseLiteEmbedder()
  const files = await recordRuns(items, folder, embedder)
  await embedder.close()
  const whole = await fleet(files, true)
  const again = await fleet(
    files.filter((_, n) => n % ITEMS_A_TEXT === 0),
    false,
  )
  const row = ({ report, startedMs }: Fleet, what: string, bar: Pick<Row, 'bar' | 'holds'>): Row => ({
    what,
    ...bar,
    figure: `${report.took.perSecond.toFixed(1)}/s`,
    note: `${report.recordings} recordings over ${TEXTS} texts, ${report.identical} identical; ${WORKERS} processes, which before that took ${seconds(startedMs)} to start`,
  })
  const holds = whole.report.took.perSecond >= 100 && whole.report.identical === files.length
  return [
    row(whole, 'fleet replay', { bar: '>= 100/s', holds }),
    row(again, 'fleet replay, segments and vectors computed again', { bar: '', holds: null }),
  ]
}

interface Fleet {
  report: FleetReport
  /** Until each process had replayed its first recording. */
  startedMs: number
}

async function fleet(files: readonly string[], derived: boolean): Promise<Fleet> {
  const replayers = createReplayers({ size: WORKERS })
  const [first = ''] = files
  const began = performance.now()
  await Promise.all(Array.from({ length: WORKERS }, () => replayers.replay(first)))
  const startedMs = performance.now() - began
  const members = files.map((file) => ({ name: file, file: async () => file }))
  try {
    return { report: await replayFleet(members, replayers, { request: { derived }, workers: WORKERS }), startedMs }
  } finally {
    replayers.close()
  }
}

function itemOf(id: string, text: string): ItemInput {
  return { id, kind: 'talk', title: id, language: 'en', transcripts: [{ text, type: 'text/plain' }] }
}
