import { describe, expect, it } from 'vitest'
import type { Usage } from '../../../graphs/agents/agent-draft.ts'
import { addTokens, addUsage, budgetNotes, estimateNotes, nothingUsed } from '../../../graphs/agents/usage.ts'

const used = (change: Partial<Usage> = {}): Usage => ({
  model: 'openai:m',
  prompt: 'topics/v1',
  rounds: 2,
  toolCalls: 3,
  rejected: 1,
  tokens: { input: 100, cached: 10, output: 5 },
  costUsd: 0.25,
  ms: 400,
  ...change,
})
const estimated = { input: 1, cached: 0, output: 1, estimated: true as const }

describe('what conversations for one facet used together', () => {
  it('is the sum, under the model and the prompt of the last one', () => {
    expect(addUsage(used({ model: 'openai:first', prompt: 'topics/v0' }), used())).toEqual({
      model: 'openai:m',
      prompt: 'topics/v1',
      rounds: 4,
      toolCalls: 6,
      rejected: 2,
      tokens: { input: 200, cached: 20, output: 10 },
      costUsd: 0.5,
      ms: 800,
    })
  })

  it.each([null, undefined])('is what the only one used if there was none before (%s)', (earlier) => {
    expect(addUsage(earlier, used())).toEqual(used())
  })

  it('does not change by a model that was not asked, and such a model costs nothing', () => {
    const nothing = nothingUsed('openai:m', 'topics/v1')
    expect(nothing.costUsd).toBe(0)
    expect(addUsage(nothing, used())).toEqual(used())
  })

  it('has no known cost if the cost of one is not known', () => {
    expect(addUsage(used({ costUsd: null }), used()).costUsd).toBeNull()
    expect(addUsage(used(), used({ costUsd: null })).costUsd).toBeNull()
  })

  it('is an estimate if one of the two is', () => {
    const { tokens } = used()
    expect(addTokens(tokens, estimated)).toEqual({ input: 101, cached: 10, output: 6, estimated: true })
    expect(addTokens(estimated, tokens)).toMatchObject({ estimated: true })
    expect(addTokens(tokens, tokens)).not.toHaveProperty('estimated')
  })
})

describe('the notes of a run', () => {
  it('name each model without a price that was asked, once, and no other', () => {
    const asked = [used(), used(), used({ model: 'openai:idle', rounds: 0 }), null, undefined]
    expect(budgetNotes(asked, ['openai:idle', 'openai:m', 'openai:unused'])).toEqual([
      'no price is known for openai:m: the budget in dollars does not limit what it costs',
    ])
    expect(budgetNotes(asked, [])).toEqual([])
  })

  it('name each model whose tokens are estimated, once, by the alphabet', () => {
    const usages = ['openai:z', 'openai:a', 'openai:z'].map((model) => used({ model, tokens: estimated }))
    expect(estimateNotes([...usages, used(), null, undefined])).toEqual([
      expect.stringMatching(/^openai:a does not report its tokens: they are estimated/),
      expect.stringMatching(/^openai:z does not report its tokens/),
    ])
  })
})
