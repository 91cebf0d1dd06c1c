// Opens the data folder and writes until it is killed; says the number of each text once it is committed.
import { openDatabase } from '../../../src/database/connection.ts'
import { acquireLock } from '../../../src/database/lock.ts'
import { migrate } from '../../../src/database/migrate.ts'
import { createRepositories } from '../../../src/database/tenant-repositories.ts'
import { sampleItem, submitItem } from '../samples.ts'

const result = await acquireLock(process.argv[2] ?? '')
if (result.kind !== 'owned') throw new Error('the lock is taken')
const db = await openDatabase({ lock: result.lock })
await migrate(db)
const repositories = createRepositories(db).for('default')
for (let n = 0; ; n++) {
  await submitItem(repositories, `item-${n}`, sampleItem(), n)
  process.stdout.write(`${n}\n`)
}
