import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** The built command line. */
export const CLI = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url))

/** The built product as `linernotes serve` runs it, in a process of its own. */
export interface Product {
  readonly url: string
  /** Of the whole process up to now, its threads included: milliseconds of CPU, and bytes. Linux only. */
  usage(): { cpuMs: number; peakRss: number }
  stop(): Promise<void>
}

/**
 * Serves a data folder until it is stopped. `cli` is another copy's command line, `prompts` what `LINERNOTES_PROMPTS` takes.
 * @throws {Error} where it ends before it listens, or nothing is built.
 */
export async function startProduct(
  folder: string,
  { cli = CLI, prompts }: { cli?: string; prompts?: string } = {},
): Promise<Product> {
  if (!existsSync(cli)) throw new Error('there is no dist/src/cli/main.js: npm run build first')
  const child = spawn(process.execPath, [cli, 'serve', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      LINERNOTES_DATA_DIR: folder,
      LOG_LEVEL: 'error',
      ...(prompts === undefined ? {} : { LINERNOTES_PROMPTS: prompts }),
    },
  })
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = await firstLine(child)
  if (url === undefined) throw new Error('serve ended before it was listening')
  return {
    url,
    usage: () => usageOf(child.pid ?? 0),
    async stop() {
      child.kill('SIGTERM')
      await exit
    },
  }
}

async function firstLine({ stdout }: ChildProcess): Promise<string | undefined> {
  if (stdout === null) return undefined
  for await (const line of createInterface({ input: stdout })) return line
  return undefined
}

/** Clock ticks a second in `/proc`, on every Linux that Node runs on. */
const TICKS = 100

/** See {@link Product.usage}. */
export function usageOf(pid: number): { cpuMs: number; peakRss: number } {
  // The command's name, in brackets, may hold spaces; user and system time are the 12th and 13th field behind it.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return {
    cpuMs: ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS,
    peakRss: Number(peak?.[1]) * 1024,
  }
}
