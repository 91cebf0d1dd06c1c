import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createApp } from '../../../src/http/app.ts'
import { RunEventData } from '../../../src/http/schemas/events-schemas.ts'
import { type Listening, serve } from '../../../src/http/serve.ts'
import type { Service } from '../../../src/service.ts'
import { type CheckedApp, checkedApp } from '../../support/checked-app.ts'
import { type CountingEndpoint, countingEndpoint } from '../../support/counting-endpoint.ts'
import { memoryService, silent } from '../../support/service.ts'
import { talk } from '../../support/talk.ts'

let endpoint: CountingEndpoint
let service: Service
let listening: Listening
let app: CheckedApp

beforeAll(async () => {
  endpoint = await countingEndpoint(
    {},
    {
      topics: { topics: [] },
      entities: { entities: [] },
      chapters: { chapters: [] },
      suitability: { categories: [] },
      summary: { claims: [] },
      critique: { findings: [] },
    },
  )
  service = await memoryService({
    LINERNOTES_EFFORT: 'quick',
    LINERNOTES_MODEL: 'm',
    OPENAI_BASE_URL: endpoint.url,
    LINERNOTES_MODEL_RETRIES: '0',
  })
  const created = createApp({ service, log: silent, version: '1.2.3' })
  app = await checkedApp(created)
  listening = await serve({ app: created, service, host: '127.0.0.1', port: 0, log: silent })
})
afterAll(async () => {
  endpoint?.release()
  await listening?.stop()
  await endpoint?.close()
})

const Submitted = z.object({ id: z.string() })

async function submit(id: string): Promise<string> {
  const response = await app.post('/v1/items', talk({ id }), { prefer: 'respond-async' })
  return Submitted.parse(await response.json()).id
}

interface Message {
  event: string
  id: string
  data: unknown
}

/** Server-sent events as a browser reads them: blocks of `name: value`, lines that begin with a colon passed over. */
function messages(text: string): Message[] {
  return text.split('\n\n').flatMap((block) => {
    const fields = new Map(
      block
        .split('\n')
        .map((line): [string, string] => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
    )
    const [event, id, data] = [fields.get('event'), fields.get('id'), fields.get('data')]
    return event === undefined || id === undefined || data === undefined ? [] : [{ event, id, data: JSON.parse(data) }]
  })
}

const follow = async (run: string, after?: string): Promise<Response> =>
  app.request(`/v1/runs/${run}/events`, after === undefined ? {} : { headers: { 'last-event-id': after } })

describe('GET /v1/runs/{id}/events', () => {
  it('sends the whole run in the shapes of the interface, and nothing to a client that has had the end', async () => {
    const run = await submit('whole')
    await service.runs.idle()
    const response = await follow(run)
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
    const text = await response.text()
    expect(text).toMatch(/^retry: \d+\n\n/)
    const all = messages(text)
    const shapes: Record<string, z.ZodType> = RunEventData
    for (const { event, data } of all) expect(shapes[event]?.safeParse(data).error).toBeUndefined()
    expect(all[0]).toMatchObject({ event: 'run', data: { status: 'complete' } })
    expect(all.at(-1)).toEqual({ event: 'end', id: 'end', data: { status: 'complete', version: 1, error: null } })
    expect((await follow(run, 'end')).status).toBe(204)
    const again = messages(await (await follow(run, all.at(-3)?.id)).text())
    expect(again.map(({ id }) => id).slice(1)).toEqual(all.slice(-2).map(({ id }) => id))
  })

  it('answers with 404 for a run that does not exist', async () => {
    expect((await follow('none')).status).toBe(404)
  })

  it('sends events while the run goes on, and leaves nothing behind if the client disconnects', async () => {
    const held = endpoint.holdAt(3)
    const run = await submit('dropped')
    await held
    const gone = new AbortController()
    const response = await fetch(`${listening.url}/v1/runs/${run}/events`, { signal: gone.signal })
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    while (!text.includes('"name":"summary.0"')) text += (await reader?.read())?.value ?? ''
    expect(messages(text).some(({ event }) => event === 'end')).toBe(false)
    expect(service.live.followers()).toBe(1)
    gone.abort()
    await expect.poll(() => service.live.followers()).toBe(0)
    endpoint.release()
    await service.runs.idle()
  })

  it('answers HEAD at once while the run goes on, with the headers of GET, and leaves nothing behind', async () => {
    const held = endpoint.holdAt(3)
    const run = await submit('headed')
    await held
    const response = await fetch(`${listening.url}/v1/runs/${run}/events`, { method: 'HEAD' })
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
    expect(await response.text()).toBe('')
    await expect.poll(() => service.live.followers()).toBe(0)
    endpoint.release()
    await service.runs.idle()
  })

  it('ends for a client if the run is erased with its item', async () => {
    const held = endpoint.holdAt(3)
    const run = await submit('erased')
    await held
    const text = (await fetch(`${listening.url}/v1/runs/${run}/events`)).text()
    await expect.poll(() => service.live.followers()).toBe(1)
    expect((await app.request('/v1/items/erased', { method: 'DELETE' })).status).toBe(204)
    const end = { event: 'end', data: { status: expect.stringMatching(/^(cancelled|deleted)$/) } }
    expect(messages(await text).at(-1)).toMatchObject(end)
    await expect.poll(() => service.live.followers()).toBe(0)
    expect((await follow(run)).status).toBe(404)
    endpoint.release()
  })

  it('does not delay a server that stops, and clients continue at the next one', async () => {
    const held = endpoint.holdAt(3)
    const run = await submit('stopped')
    await held
    const response = await fetch(`${listening.url}/v1/runs/${run}/events`)
    const text = response.text()
    await expect.poll(() => service.live.followers()).toBe(1)
    await listening.stop()
    expect(messages(await text).some(({ event }) => event === 'end')).toBe(false)
  })
})
