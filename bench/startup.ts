import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startServer } from './child.ts'
import { withDataFolder } from './data-folder.ts'
import { median, range, seconds } from './figures.ts'
import { timeGet } from './requests.ts'
import type { Row } from './table.ts'

const CLI = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url))

/** How long the built command line takes to say how it is used, and its server until it is ready on an existing folder. */
export async function startup({ runs }: { runs: number }): Promise<Row[]> {
  if (!existsSync(CLI)) throw new Error('there is no dist/src/cli/main.js: npm run build first')
  return withDataFolder(async (folder) => {
    const help: number[] = []
    for (let run = 0; run < runs; run++) help.push(await timeHelp())
    // Created by a service that is not measured.
    await (await startServer('service', [folder])).stop()
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
  const port = 20_000 + (process.pid % 20_000)
  const started = performance.now()
  const child = spawn(process.execPath, [CLI, 'serve'], {
    stdio: 'ignore',
    env: { ...process.env, PORT: String(port), LINERNOTES_DATA_DIR: folder, LOG_LEVEL: 'error' },
  })
  let ended = false
  const exit = new Promise<void>((resolve) =>
    child.once('exit', () => {
      ended = true
      resolve()
    }),
  )
  try {
    for (;;) {
      if (ended) throw new Error('serve ended before it was ready')
      const ready = await timeGet(`http://127.0.0.1:${port}/health/ready`).catch(() => null)
      if (ready !== null) return performance.now() - started
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  } finally {
    child.kill('SIGTERM')
    await exit
  }
}
