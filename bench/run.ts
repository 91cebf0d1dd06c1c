import { parseArgs } from 'node:util'
import { hour } from './hour.ts'
import { overhead } from './overhead.ts'
import { pages } from './pages.ts'
import { replay } from './replay.ts'
import { secondRun } from './second-run.ts'
import { startup } from './startup.ts'
import { type Row, renderTable } from './table.ts'

const USAGE = `npm run bench -- [part …] [options]

Parts: overhead, hour, second-run, startup, replay, pages; all of them without a name.

  --runs <n>        interleaved runs of each side of overhead and replay, and of start-ups; 7 without it
  --talks <folder>  the longest transcripts below a folder in place of the generated hour of speech`

interface Options {
  runs: number
  folder: string | undefined
}

const PARTS: Record<string, (options: Options) => Promise<Row[]>> = {
  overhead,
  hour,
  'second-run': secondRun,
  startup,
  replay,
  pages,
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '7' }, talks: { type: 'string' }, help: { type: 'boolean' } },
})
const runs = Number(values.runs)
const unknown = positionals.filter((name) => !(name in PARTS))
if (values.help || unknown.length > 0 || !Number.isInteger(runs) || runs < 1) {
  console.error(USAGE)
} else {
  const rows: Row[] = []
  for (const [name, measure] of Object.entries(PARTS)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue
    console.error(`measuring ${name} …`)
    try {
      rows.push(...(await measure({ runs, folder: values.talks })))
    } catch (error) {
      // A part that cannot be measured is a line of the table: the others still are.
      const note = error instanceof Error ? error.message : String(error)
      rows.push({ what: name, bar: '', figure: 'not measured', holds: null, note })
    }
  }
  console.log(renderTable(rows))
}
