import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { compose } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { createApp } from '../../src/http/app.ts'
import type { Service } from '../../src/service.ts'
import { silent } from '../support/service.ts'
import { talk } from '../support/talk.ts'
import { type QdrantServer, startQdrantServer } from '../wire/qdrant-server.ts'

let qdrant: QdrantServer
let service: Service
const logged: string[] = []

beforeAll(async () => {
  qdrant = await startQdrantServer()
  const config = readConfig({ QDRANT_URL: qdrant.url, QDRANT_COLLECTION_PREFIX: 'radio', LINERNOTES_EFFORT: 'quick' })
  service = await compose(config, { memory: true }, (level, message, fields) =>
    logged.push(`${level} ${message} ${JSON.stringify(fields)}`),
  )
})
afterAll(async () => {
  await service?.close()
  await qdrant?.close()
})
afterEach(() => {
  qdrant.fault = () => undefined
})

const understood = async (id: string, title: string) => {
  const run = await service.runs.wait((await service.runs.submit(talk({ id, title }))).id)
  expect(run).toMatchObject({ error: null })
  const document = await service.repositories.understandings.current(id)
  if (document === null) throw new Error(`nothing was published of ${id}`)
  return document
}
const indexed = () => {
  const items = [...qdrant.collections.values()].flatMap(({ points }) => [...points.values()])
  return [...new Set(items.map(({ payload }) => String(payload.item)))].sort()
}

const ready = async (): Promise<unknown> =>
  (await createApp({ service, log: silent, version: '1.2.3' }).request('/health/ready')).json()

describe('Qdrant', { timeout: 120_000 }, () => {
  it('away from the start: the run goes on, and the document says that neighbours were not looked at', async () => {
    qdrant.fault = () => 'drop'
    const { status, provenance, summary, similar, abstentions } = await understood('one', 'Looms')
    expect(status).toBe('partial')
    expect(similar).toEqual([])
    expect(abstentions).toEqual([
      { facet: 'similar', reason: expect.stringMatching(/^neighbours were not looked at: Qdrant at http/) },
    ])
    expect(provenance.notes).toContainEqual(expect.stringMatching(/^without neighbours: Qdrant at http/))
    expect(summary).not.toBeNull()
    await service.catchUp()
    expect(logged.join('\n')).toMatch(/warn the similarity index is behind and will be tried again .*QDRANT_URL/)
    expect(indexed()).toEqual([])
  })

  it('back again: what was published meanwhile is indexed without another publication', async () => {
    await service.catchUp()
    expect(indexed()).toEqual(['one'])
    expect([...qdrant.collections.keys()]).toEqual([expect.stringMatching(/^radio\./)])
  })

  it('the item coming again is looked at again, and is then complete', async () => {
    expect(await understood('one', 'Looms')).toMatchObject({ version: 2, status: 'complete', abstentions: [] })
    const again = await service.runs.submit(talk({ id: 'one', title: 'Looms' }))
    expect(await service.runs.wait(again.id)).toMatchObject({ status: 'unchanged' })
    await service.catchUp()
  })

  it('away in the middle: neighbours were found, the index follows with the next item', async () => {
    qdrant.fault = ({ method, path }) => (method === 'PUT' && path.endsWith('/points') ? 'drop' : undefined)
    const { similar, provenance, status } = await understood('two', 'Numbers')
    expect(status).toBe('complete')
    expect(provenance.notes.join()).not.toContain('neighbours')
    expect(similar.map(({ itemId }) => itemId)).toEqual(['one'])
    await service.catchUp()
    expect(indexed()).toEqual(['one'])
    expect(await ready()).toMatchObject({ status: 'degraded', similarity: { status: 'behind' } })
    qdrant.fault = () => undefined
    await understood('three', 'Cards')
    await service.catchUp()
    expect(indexed()).toEqual(['one', 'three', 'two'])
    expect(await ready()).toMatchObject({ status: 'ready', similarity: { status: 'ok' } })
  })
})
