import { openDatabase } from '../../../src/database/engine/connection.ts'
import { acquireLock } from '../../../src/database/folder/folder-lock.ts'
import { createOpenAiChat } from '../../../src/models/openai/openai-chat.ts'
import { pgvectorSchema } from '../../../src/similarity/pgvector/pgvector-schema.ts'
import { openDesk } from '../../support/desk.ts'
import { talk } from '../../support/talk.ts'

// A process that understands one item with a model behind HTTP, on a database on disk: starts the run, or goes on with the one
// that another process has left. Says on stdout what has become durable, and how the run ended.
const [dataDir = '', baseUrl = ''] = process.argv.slice(2)
const say = (line: Record<string, unknown>) => process.stdout.write(`${JSON.stringify(line)}\n`)

const result = await acquireLock(dataDir, { waitMs: 10_000 })
if (result.kind !== 'owned') throw new Error('the lock is taken')
const { lock } = result
const database = await openDatabase({ lock }, [pgvectorSchema])
const model = createOpenAiChat({ baseUrl, model: 'counted', maxRetries: 0 })
const desk = openDesk(database, {
  tenant: 'default',
  chat: () => model,
  store: (store) => ({
    ...store,
    async append(writes) {
      const done = await store.append(writes)
      const chats = writes.flatMap(({ exchanges }) => exchanges.filter(({ kind }) => kind === 'chat'))
      if (chats.length > 0) say({ recorded: chats.length })
      return done
    },
  }),
})
if ((await desk.runs.resume()) === 0) await desk.runs.submit(talk(), { effort: 'thorough' })
await desk.runs.idle()
const [run] = (await desk.repositories.runs.list({}, {})).entries
const versions = await desk.repositories.understandings.versions('looms', {})
const exchanges = run === undefined ? [] : (await desk.repositories.trace.load(run.id)).exchanges
say({
  ended: {
    status: run?.status,
    error: run?.error,
    attempt: run?.attempt,
    published: versions.entries.length,
    chats: exchanges.filter(({ kind }) => kind === 'chat').length,
  },
})
await database.close()
process.exit(0)
