import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import type { Service } from '../../../src/service.ts'
import type { CheckedApp } from '../../support/checked-app.ts'
import { serviceWithRun } from '../../support/service-with-run.ts'

let service: Service
let app: CheckedApp
let run: string

beforeAll(async () => {
  ;({ service, app, run } = await serviceWithRun())
})
afterAll(() => service?.close())

it('a fork over HTTP is a run of its own that publishes nothing and can be compared', { timeout: 60_000 }, async () => {
  const response = await app.post(`/v1/runs/${run}/fork`, { at: 'topics' })
  expect(response.status).toBe(202)
  const { id } = z.looseObject({ id: z.string() }).parse(await response.json())
  expect(response.headers.get('location')).toBe(`/v1/runs/${id}`)
  await service.runs.wait(id)
  const fork = await (await app.request(`/v1/runs/${id}`)).json()
  expect(fork).toMatchObject({ parentRunId: run, version: null, error: null, config: { fork: { at: 'topics.0' } } })
  const diff = await (await app.request(`/v1/runs/${run}/diff/${id}`)).json()
  expect(diff).toMatchObject({ labels: [] })
})

it('a fork that is not possible is refused with the reason', { timeout: 60_000 }, async () => {
  expect((await app.post('/v1/runs/nobody/fork', { at: 'topics' })).status).toBe(404)
  const never = await app.post(`/v1/runs/${run}/fork`, { at: 'revise.0' })
  expect(await never.json()).toMatchObject({
    status: 422,
    detail: expect.stringMatching(/^revise\.0 was never visited/),
  })
  expect((await app.post(`/v1/runs/${run}/fork`, {})).status).toBe(422)
  expect((await app.post(`/v1/runs/${run}/fork`, { live: 'embed' })).status).toBe(422)
})
