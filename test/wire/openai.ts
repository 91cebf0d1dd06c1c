/** What a request carried, as the endpoint would read it. */
export interface WireRequest {
  url: string
  headers: Record<string, string>
  /** JSON, or the fields of a form. */
  body: unknown
}

export type WireReply =
  | Response
  | Error
  | ((request: WireRequest, signal: AbortSignal | undefined) => Response | Promise<Response>)

/** A `fetch` that answers from a list, or by one function for ever, and keeps what it was asked. */
export function wire(...replies: WireReply[]): { fetch: typeof fetch; requests: WireRequest[] } {
  const requests: WireRequest[] = []
  const only = replies.length === 1 && typeof replies[0] === 'function' ? replies[0] : undefined
  return {
    requests,
    async fetch(input, init) {
      const headers = Object.fromEntries(new Headers(init?.headers))
      const request = { url: String(input), headers, body: readBody(init?.body) }
      requests.push(request)
      init?.signal?.throwIfAborted()
      const reply = only ?? replies.shift()
      if (!reply) throw new Error(`no reply left for request ${requests.length} to ${request.url}`)
      if (reply instanceof Error) throw reply
      return typeof reply === 'function' ? reply(request, init?.signal ?? undefined) : reply
    },
  }
}

function readBody(body: unknown): unknown {
  if (typeof body === 'string') return JSON.parse(body)
  if (body instanceof FormData) return Object.fromEntries(body)
  return undefined
}

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })

/** An error in the shape that OpenAI's endpoints give. */
export const failure = (status: number, message: string, headers: Record<string, string> = {}) =>
  json({ error: { message, type: 'invalid_request_error', param: null, code: null } }, status, headers)

/** A broken connection as undici reports it. */
export const refused = () =>
  Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) })

/** Never answers; rejects when it is aborted. */
export const hangs: WireReply = (_, signal) =>
  new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason), { once: true }))

interface Completion {
  content?: string | null
  calls?: { id?: string; name: string; arguments: string }[]
  finish?: string
  usage?: unknown
}

/** A body of `/chat/completions`. */
export function completion({ content = null, calls, finish, usage }: Completion): Response {
  const toolCalls = calls?.map(({ id = 'call_624d855640d1', name, arguments: args }) => ({
    id,
    type: 'function',
    function: { name, arguments: args },
  }))
  return json({
    id: 'chatcmpl-faa15af5-7234-4524-bdc0-60f604fa9254',
    object: 'chat.completion',
    created: 1795395654,
    model: 'tiny-2026-01-01',
    service_tier: 'default',
    system_fingerprint: null,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal: null, ...(toolCalls ? { tool_calls: toolCalls } : {}) },
        logprobs: null,
        finish_reason: finish ?? (toolCalls ? 'tool_calls' : 'stop'),
      },
    ],
    usage: usage ?? {
      prompt_tokens: 105,
      completion_tokens: 20,
      total_tokens: 125,
      prompt_tokens_details: { cached_tokens: 64, audio_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
    },
  })
}
