import { spawn } from 'node:child_process'
import { withDataFolder } from './data-folder.ts'
import { median, range, seconds } from './figures.ts'
import { CLI, startProduct } from './product.ts'
import { timeGet } from './requests.ts'
import type { Row } from './table.ts'

/** How long the built command line takes to say how it is used, and its server until it is ready on an existing folder. */
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
    return [row('linernotes --help', '<= 0.4 s', 400, help), row('linernotes serve until ready', '<= 4 s', 4000, serve)]
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
