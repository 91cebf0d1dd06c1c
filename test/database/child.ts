import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A script of `children/` in a process of its own. Its lines are read one by one. */
export interface Child {
  readonly pid: number
  line(): Promise<string>
  kill(): Promise<void>
  /** Ends its stdin and waits until it exits. */
  end(): Promise<void>
}

export function startChild(script: string, args: readonly string[]): Child {
  const path = fileURLToPath(new URL(`children/${script}`, import.meta.url))
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', path, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const { stdout, pid } = child
  if (stdout === null || pid === undefined) throw new Error(`${script} did not start`)
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]()
  const gone = once(child, 'exit')
  return {
    pid,
    async line() {
      const next = await lines.next()
      if (next.done) throw new Error(`${script} ended without a word`)
      return next.value
    },
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
    async end() {
      child.stdin?.end()
      await gone
    },
  }
}
