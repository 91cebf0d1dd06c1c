import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { withDataFolder } from './data-folder.ts'
import { median, megabytes, range, seconds } from './figures.ts'
import { CLI, startProduct, usageOf } from './product.ts'
import { timeGet } from './requests.ts'
import type { Row } from './table.ts'

/**
 * How long the built command line takes to say how it is used, its server until it is ready on an existing folder, and the first command
 * of somebody who is new: the bundled interview, understood in a folder that has to be created. The last two also with their memory.
 */
export async function startup({ runs }: { runs: number }): Promise<Row[]> {
  return withDataFolder(async (folder) => {
    const help: number[] = []
    for (let run = 0; run < runs; run++) help.push(await timeHelp())
    // Created by a service that is not measured.
    await (await startProduct(folder)).stop()
    const serve: number[] = []
    for (let run = 0; run < runs; run++) serve.push(await timeServe(folder))
    const row = (what: string, bar: string, most: number, times: number[]): Row => ({
      what,
      bar,
      figure: seconds(median(times)),
      holds: median(times) <= most,
      note: `median of ${times.length}: ${range(times, seconds)}`,
    })
    const first: First[] = []
    for (let run = 0; run < runs; run++) first.push(await withDataFolder(firstUnderstanding))
    const firstMs = first.map(({ ms }) => ms)
    return [
      row('linernotes --help', '<= 0.4 s', 400, help),
      row('linernotes serve until ready', '<= 4 s', 4000, serve),
      {
        what: 'first understanding, in an empty folder',
        bar: '',
        figure: seconds(median(firstMs)),
        holds: null,
        note: `median of ${first.length}: ${range(firstMs, seconds)}; CPU ${seconds(median(first.map(({ cpuMs }) => cpuMs)))}`,
      },
      {
        what: 'the same, peak RSS',
        bar: '',
        figure: megabytes(median(first.map(({ peakRss }) => peakRss))),
        holds: null,
        note: `creating a folder alone: ${megabytes(await withDataFolder(createdBy))}`,
      },
    ]
  })
}

async function timeHelp(): Promise<number> {
  const started = performance.now()
  const child = spawn(process.execPath, [CLI, '--help'], { stdio: 'ignore' })
  await new Promise((resolve) => child.once('exit', resolve))
  return performance.now() - started
}

async function timeServe(folder: string): Promise<number> {
  const started = performance.now()
  const { url, stop } = await startProduct(folder)
  await timeGet(`${url}/health/ready`)
  const took = performance.now() - started
  await stop()
  return took
}

const INTERVIEW = fileURLToPath(new URL('../examples/pollinator-corridor.vtt', import.meta.url))
const LOOK_EVERY_MS = 20

interface First {
  ms: number
  cpuMs: number
  peakRss: number
}

async function firstUnderstanding(folder: string): Promise<First> {
  const started = performance.now()
  const env = { ...process.env, LINERNOTES_DATA_DIR: folder }
  const child = spawn(process.execPath, [CLI, 'understand', INTERVIEW], { stdio: 'ignore', env })
  let usage = { cpuMs: 0, peakRss: 0 }
  const looking = setInterval(() => {
    const now = usageOf(child.pid ?? 0)
    // A process that is ending has given its memory back, and says nothing of it.
    if (now.peakRss > 0) usage = now
  }, LOOK_EVERY_MS)
  const code = await new Promise((resolve) => child.once('exit', resolve))
  clearInterval(looking)
  if (code !== 0) throw new Error(`understand ended with exit code ${code}`)
  return { ms: performance.now() - started, ...usage }
}

async function createdBy(folder: string): Promise<number> {
  const { usage, stop } = await startProduct(folder)
  const { peakRss } = usage()
  await stop()
  return peakRss
}
