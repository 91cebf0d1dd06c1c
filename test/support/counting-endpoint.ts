import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'

const Body = z.object({
  messages: z.array(z.object({ role: z.string() })),
  tools: z.array(z.object({ function: z.object({ name: z.string() }) })),
})

/** What a model asks for in each of its turns, by agent; an agent that is not named submits at once. */
export type Turns = Readonly<Record<string, readonly { name: string; args: unknown }[]>>

export interface CountingEndpoint {
  url: string
  /** Every request that arrived, as agent and body, and whether it was answered. */
  requests: { agent: string; body: string; answered: boolean }[]
  /** From this request on (counted from now, the first is 1) nothing is answered; resolves when it has arrived. */
  holdAt(request: number): Promise<void>
  /** Forgets the requests that were held: their client is gone. */
  release(): void
  close(): Promise<void>
}

/**
 * An OpenAI-compatible endpoint on loopback that counts what it is asked and can stop answering at a given request.
 * `reports`: whether it says how many tokens it took.
 */
export async function countingEndpoint(
  turns: Turns,
  answers: Readonly<Record<string, unknown>>,
  { reports = true }: { reports?: boolean } = {},
): Promise<CountingEndpoint> {
  const requests: CountingEndpoint['requests'] = []
  let holdFrom = Number.POSITIVE_INFINITY
  let reached = () => {}
  const held = new Set<ServerResponse>()
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
    const body = Buffer.concat(chunks).toString('utf8')
    const { messages, tools } = Body.parse(JSON.parse(body))
    const agent = (tools.at(-1)?.function.name ?? '').replace('submit_', '')
    const request = { agent, body, answered: false }
    requests.push(request)
    if (requests.length >= holdFrom) {
      held.add(response)
      reached()
      return
    }
    request.answered = true
    const turn = messages.filter(({ role }) => role === 'assistant').length
    const call = turns[agent]?.[turn] ?? { name: `submit_${agent}`, args: answers[agent] ?? {} }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ ...completion(call, turn), ...(reports ? {} : { usage: undefined }) }))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = z.custom<AddressInfo>().parse(server.address())
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    holdAt(request) {
      holdFrom = requests.length + request
      return new Promise((done) => {
        reached = done
      })
    },
    release() {
      holdFrom = Number.POSITIVE_INFINITY
      for (const response of held) response.destroy()
      held.clear()
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

function completion({ name, args }: { name: string; args: unknown }, turn: number) {
  const call = { id: `call_${name}_${turn}`, type: 'function', function: { name, arguments: JSON.stringify(args) } }
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_770_000_000,
    model: 'counted',
    choices: [
      { index: 0, message: { role: 'assistant', content: null, tool_calls: [call] }, finish_reason: 'tool_calls' },
    ],
    usage: { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 },
  }
}
