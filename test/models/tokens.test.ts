import { describe, expect, it } from 'vitest'
import { estimateMessages, estimateTokens } from '../../src/models/tokens.ts'

describe('the estimate of tokens', () => {
  it('counts four ASCII characters as one token, and other scripts as more', () => {
    expect(estimateTokens('')).toBe(0)
    expect(estimateTokens('a'.repeat(400))).toBe(100)
    expect(estimateTokens('я'.repeat(400))).toBe(200)
    expect(estimateTokens('語'.repeat(400))).toBe(400)
    expect(estimateTokens('😀')).toBe(2)
  })

  it('counts messages with their wrapping, calls and pictures', () => {
    const messages = ['You label what is said.', 'Bees dance.'].map((content) => ({ role: 'user' as const, content }))
    const text = messages.reduce((sum, { content }) => sum + estimateTokens(content), 0)
    expect(estimateMessages(messages)).toBeGreaterThan(text)
    const seen = estimateMessages([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'x' },
          { type: 'image', url: 'data:,' },
        ],
      },
    ])
    expect(seen).toBeGreaterThan(1000)
    const call = { id: 'c0', name: 'read_transcript', args: { from: 0, to: 'y'.repeat(4000) } }
    expect(estimateMessages([{ role: 'assistant', content: '', toolCalls: [call] }])).toBeGreaterThan(1000)
  })
})
