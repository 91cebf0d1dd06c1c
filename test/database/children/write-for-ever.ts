// Opens the data folder and writes until it is killed. It says the number of each text when the text is committed.
import { openDatabase } from '../../../src/database/engine/connection.ts'
import { acquireLock } from '../../../src/database/folder/folder-lock.ts'
import { createRepositories } from '../../../src/database/repositories/tenant-repositories.ts'
import { pgvectorSchema } from '../../../src/similarity/pgvector/pgvector-schema.ts'
import { sampleItem, submitItem } from '../database-samples.ts'

const result = await acquireLock(process.argv[2] ?? '')
if (result.kind !== 'owned') throw new Error('the lock is taken')
const db = await openDatabase({ lock: result.lock }, [pgvectorSchema])
const repositories = createRepositories(db).for('default')
for (let n = 0; ; n++) {
  await submitItem(repositories, `item-${n}`, sampleItem(), n)
  process.stdout.write(`${n}\n`)
}
