// Opens the data folder and writes until it is killed; says the number of each text once it is committed.
import { openDatabase } from '../../../src/database/engine/connection.ts'
import { migrate } from '../../../src/database/engine/migrate.ts'
import { acquireLock } from '../../../src/database/folder/folder-lock.ts'
import { createRepositories } from '../../../src/database/repositories/tenant-repositories.ts'
import { sampleItem, submitItem } from '../database-samples.ts'

const result = await acquireLock(process.argv[2] ?? '')
if (result.kind !== 'owned') throw new Error('the lock is taken')
const db = await openDatabase({ lock: result.lock })
await migrate(db)
const repositories = createRepositories(db).for('default')
for (let n = 0; ; n++) {
  await submitItem(repositories, `item-${n}`, sampleItem(), n)
  process.stdout.write(`${n}\n`)
}
