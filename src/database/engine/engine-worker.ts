import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'
import { readImage, unpackImage } from './database-image.ts'
import type { EngineFiles, EngineReply, EngineRequest } from './engine-client.ts'

/** Holds the embedded engine on a thread of its own and answers packets of the wire protocol, one after another. */
const port = parentPort
if (port === null) throw new Error('this module runs in the thread that openEngine starts')
const { dataDir, image }: EngineFiles = workerData

const opening = open()
// The first request gets the error.
opening.catch(() => undefined)

async function open(): Promise<PGlite> {
  const extensions = { vector }
  if (dataDir === null) {
    const loadDataDir = image === null ? null : new Blob([new Uint8Array(readImage(image))])
    return PGlite.create({ ...(loadDataDir !== null && { loadDataDir }), extensions })
  }
  if (image !== null) unpackImage(image, dataDir)
  return PGlite.create({ dataDir, extensions })
}

async function answer(request: EngineRequest): Promise<EngineReply> {
  try {
    const engine = await opening
    switch (request.kind) {
      case 'open':
        return { data: null }
      case 'packet':
        // This copies the answer into memory of its own, so that it can be handed over.
        return { data: new Uint8Array(await engine.execProtocolRaw(request.packet)) }
      case 'close':
        await engine.close()
        return { data: null }
    }
  } catch (error) {
    return { error: plain(error) }
  }
}

/** An error as a plain object. Errors of the engine's file system are not instances of `Error`, and real ones lose their fields when they are copied. */
function plain(error: unknown): Extract<EngineReply, { error: unknown }>['error'] {
  if (typeof error !== 'object' || error === null) return { name: 'Error', message: String(error) }
  const { name = 'Error', message = String(error), code, errno }: Partial<Record<string, unknown>> = { ...error }
  const own = error instanceof Error ? { name: error.name, message: error.message } : { name, message }
  return {
    ...{ name: String(own.name), message: String(own.message) },
    ...(typeof code === 'string' && { code }),
    ...(typeof errno === 'number' && { errno }),
  }
}

let last = Promise.resolve()
port.on('message', (request: EngineRequest) => {
  last = last.then(async () => {
    const reply = await answer(request)
    const moved = 'data' in reply && reply.data !== null ? [reply.data.buffer] : []
    port.postMessage(reply, moved)
  })
})
