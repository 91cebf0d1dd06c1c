import { compose, type Log } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { acquireLock } from '../../src/database/lock.ts'
import { createApp } from '../../src/http/app.ts'
import { listen } from './listen.ts'

/** The product's service with the embedded engine, on the data folder given; further arguments are `agent=prompt`. */
const [folder = '', ...prompts] = process.argv.slice(2)
const log: Log = (level, message, fields) => {
  if (level === 'warn' || level === 'error') console.error(message, fields)
}
const lock = await acquireLock(folder)
if (lock.kind !== 'owned') throw new Error(`${folder} belongs to another process`)
const config = readConfig({
  LINERNOTES_DATA_DIR: folder,
  ...(prompts.length === 0 ? {} : { LINERNOTES_PROMPTS: prompts.join(',') }),
})
const service = await compose(config, lock, log)
listen(createApp({ service, log, version: '0' }), async () => {
  await service.close()
  lock.lock.release()
})
