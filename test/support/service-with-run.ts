import { createApp } from '../../src/http/app.ts'
import type { Service } from '../../src/service.ts'
import { type CheckedApp, checkedApp } from './checked-app.ts'
import { memoryService, silent } from './service.ts'

/** A service with its interface, and the id of one run of a short talk that it has understood. */
export async function serviceWithRun(): Promise<{ service: Service; app: CheckedApp; run: string }> {
  const service = await memoryService({ LINERNOTES_EFFORT: 'quick' })
  const app = await checkedApp(createApp({ service, log: silent, version: '1.2.3' }))
  const text = 'A canal is dug by hand, and the water comes through the lock. '.repeat(30)
  const item = { id: 'canal', kind: 'talk', title: 'Canals', language: 'en', transcripts: [{ text }] }
  const answer = await app.post('/v1/items', item, { prefer: 'wait=120' })
  return { service, app, run: answer.headers.get('linernotes-run') ?? '' }
}
