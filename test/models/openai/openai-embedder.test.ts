import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createOpenAiEmbedder, type OpenAiEmbedderOptions } from '../../../src/models/openai/openai-embedder.ts'
import { embedderContract } from '../../contracts/embedder.ts'
import { failure, json, type WireReply, wire } from '../../wire/openai.ts'

const Input = z.object({ input: z.array(z.string()) })

/** Answers vectors that depend on the text alone, last input first, not of length 1. */
const answering: WireReply = ({ body }) => {
  const { input } = Input.parse(body)
  const data = input.map((text, index) => ({
    object: 'embedding',
    index,
    embedding: [text.length + 1, text.charCodeAt(0) % 7, text.charCodeAt(text.length - 1) % 5],
  }))
  const usage = { prompt_tokens: 8, total_tokens: 8 }
  return json({ object: 'list', data: data.reverse(), model: 'embed-small', usage })
}

function open(replies: WireReply[], options: Partial<OpenAiEmbedderOptions> = {}) {
  const far = wire(...replies)
  const given = { baseUrl: 'http://vectors.example/v1', model: 'embed-small', dimension: 3, sleep: async () => {} }
  return { embedder: createOpenAiEmbedder({ ...given, fetch: far.fetch, ...options }), requests: far.requests }
}

embedderContract('openai', async () => open([answering], { batchSize: 2 }).embedder)

describe('createOpenAiEmbedder', () => {
  it('sends batches, blank text as a space, and a length only where asked to', async () => {
    const { embedder, requests } = open([answering], { batchSize: 2, sendDimensions: true })
    await embedder.embed(['one', '', 'three'])
    expect(requests.map(({ body }) => body)).toEqual([
      { model: 'embed-small', input: ['one', ' '], encoding_format: 'float', dimensions: 3 },
      { model: 'embed-small', input: ['three'], encoding_format: 'float', dimensions: 3 },
    ])
    const plain = open([answering])
    await plain.embedder.embed(['one'])
    expect(plain.requests[0]?.body).not.toHaveProperty('dimensions')
  })

  it('puts length and revision into its space', () => {
    expect(open([]).embedder.space).toBe('embed-small@3')
    expect(open([], { revision: 'r2' }).embedder).toMatchObject({
      space: 'embed-small@3-r2',
      local: false,
      languages: 'any',
    })
  })

  it('tries again after a server error', async () => {
    const { embedder, requests } = open([failure(503, 'Busy'), answering])
    expect(await embedder.embed(['one'])).toHaveLength(1)
    expect(requests).toHaveLength(2)
  })

  it.each([
    ['of another length', { data: [{ index: 0, embedding: [1, 2] }] }, /2 numbers where 3 are declared/],
    ['missing', { data: [] }, /no vector for input 0/],
    ['of text', { data: [{ index: 0, embedding: ['1'] }] }, /cannot be read/],
  ])('rejects vectors %s as malformed', async (_, body, message) => {
    const error = { name: 'ModelError', kind: 'malformed', message: expect.stringMatching(message) }
    await expect(open([json(body)]).embedder.embed(['one'])).rejects.toMatchObject(error)
  })
})
