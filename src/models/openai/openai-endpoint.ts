import { z } from 'zod'
import { firstMistake } from '../../content/validation/mistakes.ts'
import { HttpFailure, MalformedAnswer } from './endpoint-failure.ts'

const ErrorBody = z.object({ error: z.union([z.string(), z.object({ message: z.string() })]) })

/**
 * Sends one POST to an OpenAI-compatible endpoint and reads its JSON with a schema.
 * @throws {HttpFailure} for a status of 400 or more, with the endpoint's message.
 * @throws {MalformedAnswer} if the answer is not JSON or does not match the schema.
 */
export async function postTo<T>(
  url: string,
  body: FormData | { json: unknown },
  schema: z.ZodType<T>,
  { apiKey, send, signal }: { apiKey: string | undefined; send: typeof fetch; signal: AbortSignal },
): Promise<T> {
  const isForm = body instanceof FormData
  const response = await send(url, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      ...(isForm ? {} : { 'content-type': 'application/json' }),
      ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}),
    },
    body: isForm ? body : JSON.stringify(body.json),
    signal,
  })
  const text = await response.text()
  const json = parse(text)
  if (!response.ok) throw new HttpFailure(response.status, response.headers, errorMessage(json) ?? text)
  const answer = schema.safeParse(json)
  if (answer.success) return answer.data
  throw new MalformedAnswer(json === undefined ? `no JSON: ${text.slice(0, 80)}` : firstMistake(schema, json))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function errorMessage(json: unknown): string | undefined {
  const parsed = ErrorBody.safeParse(json)
  if (!parsed.success) return undefined
  return typeof parsed.data.error === 'string' ? parsed.data.error : parsed.data.error.message
}
