import type { ChatAnswer, ChatModel, ChatRequest } from '../../src/models/chat-model.ts'

const evidence = (...segments: number[]) => segments.map((segment) => ({ source: 'transcript' as const, segment }))

/** What each agent submits: of the size that agents submit for an hour of speech. */
const ANSWERS = {
  submit_topics: {
    topics: ['150', '223', '464'].map((id) => ({ taxonomy: 'iab-content-3.1', id, evidence: evidence(3, 40, 80) })),
  },
  submit_entities: {
    entities: Array.from({ length: 20 }, (_, n) => ({
      name: `Name Number ${n}`,
      type: 'person',
      aliases: [],
      evidence: evidence(n, n + 30),
    })),
  },
  submit_chapters: {
    chapters: Array.from({ length: 8 }, (_, n) => ({ title: `Chapter ${n}`, firstSegment: n * 10 })),
  },
  submit_suitability: { categories: [] },
  submit_summary: {
    claims: Array.from({ length: 8 }, (_, n) => ({
      text: `The ${n}th claim says what was said about the subject of the hour.`,
      evidence: evidence(n * 9, n * 9 + 1),
      short: n < 2,
    })),
  },
  submit_attributes: { format: { value: 'interview', evidence: evidence(1, 2) } },
} satisfies Record<string, ChatAnswer['toolCalls'][number]['args']>

const TOOL_ROUNDS = 2

/**
 * A language model that takes no time: two rounds that read the transcript with a tool, then a valid answer. To the ledger it is
 * a costly one, whose answers are durable before anything acts on them.
 */
export const instantModel: ChatModel = {
  name: 'instant',
  readsTask: false,
  sees: false,
  contextTokens: 128_000,
  async chat(request) {
    const round = request.messages.filter(({ role }) => role === 'tool').length
    return {
      content: '',
      toolCalls: [{ id: `call_${round}`, ...move(request, round) }],
      finish: 'tool_calls',
      usage: { input: 15_000, cached: 12_000, output: 300 },
      model: 'instant',
      retries: [],
    }
  },
}

function move({ tools }: ChatRequest, round: number): Pick<ChatAnswer['toolCalls'][number], 'name' | 'args'> {
  if (round < TOOL_ROUNDS && tools.some(({ name }) => name === 'read_transcript'))
    return { name: 'read_transcript', args: { from: round * 3, to: round * 3 + 2 } }
  const name = tools.find((tool) => tool.name in ANSWERS)?.name
  const answer = Object.entries(ANSWERS).find(([submit]) => submit === name)
  if (answer === undefined) throw new Error('the instant model was asked by an agent that it does not know')
  return { name: answer[0], args: answer[1] }
}
