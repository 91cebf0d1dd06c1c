import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../../src/http/app.ts'
import { createReplayers } from '../../../src/replay/process/replayers.ts'
import { ReplayReport } from '../../../src/replay/replay-report.ts'
import type { Service } from '../../../src/service.ts'
import { type CheckedApp, checkedApp } from '../../support/checked-app.ts'
import { silent } from '../../support/service.ts'
import { serviceWithRun } from '../../support/service-with-run.ts'

let service: Service
let app: CheckedApp
let run: string

beforeAll(async () => {
  ;({ service, app, run } = await serviceWithRun())
})
afterAll(() => service?.close())

describe('a replay over HTTP', () => {
  it('of a new run is identical, without a body and with one', { timeout: 60_000 }, async () => {
    const response = await app.request(`/v1/runs/${run}/replay`, { method: 'POST' })
    expect(response.status).toBe(200)
    expect(ReplayReport.parse(await response.json())).toMatchObject({ run, item: 'canal', identical: true })
    const again = await app.post(`/v1/runs/${run}/replay`, { nearest: true, derived: false })
    expect(ReplayReport.parse(await again.json())).toMatchObject({ identical: true, divergences: [] })
  })

  it('reports what another prompt changes, and counts what was allowed', { timeout: 60_000 }, async () => {
    const prompts = { topics: 'summary/v1' }
    const changed = ReplayReport.parse(await (await app.post(`/v1/runs/${run}/replay`, { prompts })).json())
    expect(changed).toMatchObject({ identical: false, stale: ['topics'] })
    expect(changed.divergences).toMatchObject([{ class: 'prompt-changed', exchange: 'topics.0.chat.0' }])
    const allow = ['prompt-changed']
    const allowed = ReplayReport.parse(await (await app.post(`/v1/runs/${run}/replay`, { prompts, allow })).json())
    expect(allowed.identical).toBe(true)
  })

  it('of one run is answered twice if two clients ask at once', { timeout: 60_000 }, async () => {
    const path = `/v1/runs/${run}/replay`
    const answers = await Promise.all([app.post(path, {}), app.post(path, { nearest: true })])
    for (const answer of answers)
      expect(ReplayReport.parse(await answer.json())).toMatchObject({ run, identical: true })
  })

  it('says so if its process ends before its time', { timeout: 60_000 }, async () => {
    const replayers = createReplayers({ size: 1, timeoutMs: 1 })
    const impatient = await checkedApp(createApp({ service: { ...service, replayers }, log: silent, version: '1.2.3' }))
    const response = await impatient.post(`/v1/runs/${run}/replay`, {})
    replayers.close()
    expect(response.status).toBe(500)
    expect(await response.json()).toMatchObject({
      type: '/problems/replay-failed',
      detail: expect.stringMatching(/^the process that replays took longer than/),
    })
  })

  it('says what is wrong with a request', { timeout: 60_000 }, async () => {
    const missing = await app.request('/v1/runs/nobody/replay', { method: 'POST' })
    expect(missing.status).toBe(404)
    const prompt = await app.post(`/v1/runs/${run}/replay`, { prompts: { topics: 'topics/v99' } })
    expect(prompt.status).toBe(422)
    expect(await prompt.json()).toMatchObject({ detail: expect.stringMatching(/no prompt "topics\/v99"/) })
    const call = await app.post(`/v1/runs/${run}/replay`, { substitute: { 'topics.0.chat.9': {} } })
    expect(await call.json()).toMatchObject({ status: 422, detail: expect.stringMatching(/topics\.0\.chat\.0/) })
    expect((await app.post(`/v1/runs/${run}/replay`, { allow: ['anything'] })).status).toBe(422)
  })
})
