import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** What a measured process says of itself: milliseconds of CPU, worker threads included. */
export const Usage = z.object({
  cpuMs: z.number(),
})
export type Usage = z.infer<typeof Usage>

const Reply = z.union([z.object({ ready: z.object({ port: z.number() }) }), z.object({ usage: Usage })])

/** A server under measurement, in a process of its own, so that the client's work is not counted as its. */
export interface MeasuredServer {
  readonly url: string
  usage(): Promise<Usage>
  stop(): Promise<void>
}

/** Starts one of the modules in `servers/`. @throws {Error} where it ends before it is ready. */
export async function startServer(module: string, args: readonly string[]): Promise<MeasuredServer> {
  const file = fileURLToPath(new URL(`./servers/${module}.ts`, import.meta.url))
  const child = fork(file, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const first = await nextReply(child)
  if (!('ready' in first)) throw new Error(`${module} did not say that it is ready`)
  return {
    url: `http://127.0.0.1:${first.ready.port}`,
    async usage() {
      const reply = nextReply(child)
      child.send('usage')
      const said = await reply
      if (!('usage' in said)) throw new Error(`${module} did not tell its usage`)
      return said.usage
    },
    async stop() {
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
      child.send('stop')
      await ended
    },
  }
}

function nextReply(child: ChildProcess): Promise<z.infer<typeof Reply>> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: unknown) => {
      child.off('exit', onExit)
      resolve(Reply.parse(message))
    }
    const onExit = (code: number | null) => {
      child.off('message', onMessage)
      reject(new Error(`the measured process ended with code ${code}`))
    }
    child.once('message', onMessage)
    child.once('exit', onExit)
  })
}
