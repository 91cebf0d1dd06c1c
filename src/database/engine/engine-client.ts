import type { Worker } from 'node:worker_threads'
import { messageOf } from '../../content/validation/error-message.ts'
import { startWorker, workerEntry } from '../../threads/start-worker.ts'
import { EngineStream } from './engine-stream.ts'

/** Where an engine has its files (null: in memory), and the image that a new engine starts from (null: it has files, or makes them itself). */
export interface EngineFiles {
  dataDir: string | null
  image: string | null
}

export type EngineRequest = { kind: 'open' } | { kind: 'packet'; packet: Uint8Array<ArrayBuffer> } | { kind: 'close' }

export type EngineReply =
  | { data: Uint8Array<ArrayBuffer> | null }
  | { error: { name: string; message: string; code?: string; errno?: number } }

/** The embedded engine on a thread of its own. A slow statement holds up other statements, but no request. */
export interface Engine {
  /** Opens a connection that behaves like a socket. The engine has one session, so never open a second before the first has ended. */
  connect(): EngineStream
  /** Waits for what is under way, then ends the engine and its thread. */
  close(): Promise<void>
}

interface Waiting {
  done(data: Uint8Array | null): void
  failed(error: Error): void
}

/** Starts the engine. @throws {Error} the error of the engine, with its `code` or `errno` if it has one */
export async function openEngine(files: EngineFiles): Promise<Engine> {
  const worker = startWorker(workerEntry('engine-worker', import.meta.url), files)
  const ask = asking(worker)
  try {
    await ask({ kind: 'open' })
  } catch (error) {
    await worker.terminate()
    throw error
  }
  return {
    connect: () => new EngineStream(async (packet) => (await ask({ kind: 'packet', packet })) ?? new Uint8Array()),
    async close() {
      await ask({ kind: 'close' })
      await worker.terminate()
    },
  }
}

/** Requests are answered in their order. The process stays alive only while requests are under way. */
function asking(worker: Worker): (request: EngineRequest) => Promise<Uint8Array | null> {
  const waiting: Waiting[] = []
  let gone: Error | undefined
  worker.on('message', (reply: EngineReply) => {
    const first = waiting.shift()
    if (waiting.length === 0) worker.unref()
    if ('error' in reply) first?.failed(Object.assign(new Error(reply.error.message), reply.error))
    else first?.done(reply.data)
  })
  const end = (error: Error) => {
    gone ??= error
    for (const { failed } of waiting.splice(0)) failed(gone)
  }
  worker.on('error', (error) => end(new Error(`PGlite is closed: ${messageOf(error)}`)))
  worker.on('exit', () => end(new Error('PGlite is closed')))
  return (request) =>
    new Promise((done, failed) => {
      if (gone !== undefined) return failed(gone)
      waiting.push({ done, failed })
      worker.ref()
      worker.postMessage(request, request.kind === 'packet' ? [request.packet.buffer] : [])
    })
}
