import { describe, expect, it } from 'vitest'
import { ForkRequest } from '../../../src/replay/fork/fork-request.ts'

/** The field that a request is refused for, with what is said about it. */
const refusal = (request: unknown) =>
  ForkRequest.safeParse(request).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)

describe('what a fork should do differently', () => {
  it('is a step that goes live, or all models, with nothing else unless that is asked for', () => {
    expect(ForkRequest.parse({ at: 'topics.0' })).toEqual({ at: 'topics.0', strict: false, prompts: {} })
    expect(ForkRequest.parse({ live: 'chat' })).toEqual({ live: 'chat', strict: false, prompts: {} })
    expect(ForkRequest.parse({ live: 'chat', strict: true, prompts: { topics: 'topics/v1' }, model: 'm' })).toEqual({
      live: 'chat',
      strict: true,
      prompts: { topics: 'topics/v1' },
      model: 'm',
    })
  })

  it('is refused where it names neither, or both', () => {
    for (const request of [{}, { model: 'm' }, { at: 'topics', live: 'chat' }])
      expect(refusal(request)).toEqual([
        expect.stringMatching(/^at: name the step .+ "live": "chat" .+ one of the two$/),
      ])
  })

  it('is refused where it is strict at a step: what is upstream is served in any case', () => {
    expect(refusal({ at: 'topics', strict: true })).toEqual([
      expect.stringMatching(/^strict: "strict" belongs to "live"/),
    ])
    expect(refusal({ at: 'topics', strict: false })).toBeUndefined()
  })

  it('is refused where something is empty or unknown', () => {
    expect(refusal({ at: '' })).toHaveLength(1)
    expect(refusal({ live: 'embed' })).toHaveLength(1)
    expect(refusal({ at: 'topics', model: '' })).toHaveLength(1)
    expect(refusal({ at: 'topics', promts: {} })).toEqual([expect.stringContaining('"promts"')])
  })
})
