import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Understanding } from '../../../src/content/understanding-schema.ts'
import { ProblemDocument } from '../../../src/http/schemas/problem-schemas.ts'
import { type CheckedApp, checkedApp } from '../../support/checked-app.ts'
import { openSite, type Site } from '../../support/site.ts'

const CRIME = 'crime-harmful-acts'
const UNDERSTANDING = '/v1/items/looms/understanding'
const QUOTE = 'they burned several of the new looms in the public square'
let site: Site
let app: CheckedApp
let review: string

beforeAll(async () => {
  site = await openSite()
  app = await checkedApp(site.app)
  const { entries } = await site.service.repositories.reviews.list({ status: 'open', itemId: 'looms' }, {})
  review = entries[0]?.id ?? ''
})
afterAll(() => site?.close())

const amend = (value: unknown) => app.post(`/v1/reviews/${review}`, { action: 'amend', by: 'me', value })

async function refused(value: unknown) {
  const response = await amend(value)
  expect(response.status).toBe(422)
  const { type, detail, errors } = ProblemDocument.parse(await response.json())
  expect(type).toBe('/problems/bad-decision')
  expect(detail).not.toContain('\n')
  return errors ?? []
}

describe('while a review is open', () => {
  it('OpenRTB says so, lists its label as contested, and does not call the item suitable for everybody', async () => {
    const content = await (await app.request(`${UNDERSTANDING}?format=openrtb`)).json()
    expect(content).toMatchObject({
      ext: { linernotes: { version: 1, status: 'partial', awaitingReview: ['suitability'] } },
    })
    expect(content).toHaveProperty(
      'ext.linernotes.suitability',
      expect.arrayContaining([expect.objectContaining({ category: CRIME, contested: true })]),
    )
    expect(content).not.toHaveProperty('qagmediarating', 1)
  })
})

describe('a question', () => {
  it('shows the words that support its label as evidence, which rights have shortened, and no quotes of the agent', async () => {
    const page = await (await app.request('/v1/reviews?item=looms')).json()
    expect(page).toMatchObject({
      entries: [{ question: { label: { category: CRIME }, evidence: [{ quote: expect.any(String) }] } }],
    })
    expect(page).not.toHaveProperty('entries.0.question.label.refs')
  })
})

describe('an amendment', () => {
  it.each(['category', 'key', 'name', 'taxonomy'])(
    'cannot turn a label into another one by its %s, and says what to do',
    async (field) => {
      const [error, ...more] = await refused({ [field]: 'hate-speech-aggression' })
      expect(error).toMatchObject({ pointer: `/value/${field}`, message: expect.stringContaining('reject the label') })
      expect(more).toEqual([])
    },
  )

  it.each(['score', 'confidence', 'contested', 'origin', 'refs', 'evidence'])(
    'cannot set the %s, which is not decided by people',
    async (field) => {
      const errors = await refused({ treatment: 'news', [field]: [{ segment: 0, quote: 'invented' }] })
      expect(errors).toEqual([{ pointer: `/value/${field}`, message: expect.stringContaining('leave it out') }])
    },
  )

  it('is answered with every mistake at its own place, in plain words', async () => {
    const value = { name: 'Totally safe', score: 1, refs: [], prevalence: 'everywhere', risk: null, 'a/b': 1 }
    const errors = await refused(value)
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual([
      '/value/a~1b',
      '/value/name',
      '/value/prevalence',
      '/value/refs',
      '/value/risk',
      '/value/score',
    ])
    expect(errors).toContainEqual({
      pointer: '/value/prevalence',
      message: 'must be one of passing, recurring, dominant',
    })
    expect(errors).toContainEqual({
      pointer: '/value/a~1b',
      message: 'there is no such field; prevalence, treatment and risk can be amended',
    })
    for (const { message } of errors) expect(message).not.toContain('\n')
  })

  it.each([['low'], [['low']], [1]])('is refused unless it is an object: %j', async (value) =>
    expect(await refused(value)).toEqual([{ pointer: '/value', message: expect.stringContaining('an object') }]),
  )

  it('leaves the review open if it is refused; a valid one is published, with the evidence unchanged', async () => {
    const { entries } = await site.service.repositories.reviews.list({ status: 'open', itemId: 'looms' }, {})
    expect(entries.map(({ id }) => id)).toEqual([review])
    expect((await amend({ treatment: 'glamorising' })).status).toBe(200)
    await site.service.runs.idle()
    const next = Understanding.parse(await (await app.request(UNDERSTANDING)).json())
    expect(next.suitability.find(({ category }) => category === CRIME)).toMatchObject({
      prevalence: 'passing',
      treatment: 'glamorising',
      risk: 'high',
      origin: 'person',
      evidence: [{ segment: 2, quote: QUOTE }],
    })
  })
})
