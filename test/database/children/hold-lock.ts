// Takes the lock of the named folder and says so. It keeps the lock until stdin ends, and then exits, or until it is killed.
import { acquireLock } from '../../../src/database/folder/folder-lock.ts'

const [dataDir = '', waitMs = '0', url = ''] = process.argv.slice(2)
try {
  const result = await acquireLock(dataDir, { waitMs: Number(waitMs) })
  if (result.kind === 'owned' && url !== '') result.lock.updateLock(url)
  process.stdout.write(`${result.kind}\n`)
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`)
}
process.stdin.resume()
process.stdin.on('end', () => process.exit(0))
