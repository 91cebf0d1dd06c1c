import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'
import { serveJobs } from '../models/worker-jobs.ts'
import type { EngineJob, EngineMessage } from './engine.ts'

let engine: PGlite | undefined

serveJobs<EngineJob, EngineMessage[]>(async (job) => {
  switch (job.do) {
    case 'open':
      engine = await PGlite.create({
        extensions: { vector },
        ...(job.dataDir === null ? {} : { dataDir: job.dataDir }),
      })
      return []
    case 'exchange': {
      if (engine === undefined) throw new Error('the database engine has stopped; start again')
      const messages = await engine.execProtocolStream(job.bytes, { throwOnError: false })
      // Messages are instances of classes, errors among them: only their fields cross the thread.
      return messages.map((message) => ({
        ...message,
        name: message.name,
        ...(message instanceof Error ? { message: message.message } : {}),
      }))
    }
    case 'close':
      await engine?.close()
      engine = undefined
      return []
  }
})
