import { z } from 'zod'
import { broken, type Check, ok, reason } from './check.ts'

const Models = z.object({ data: z.array(z.object({ id: z.string() })) })

export interface Endpoint {
  name: string
  baseUrl: string
  apiKey: string | undefined
  /** Models that this endpoint should have. */
  models: readonly string[]
}

/** Checks with `GET /models` that an OpenAI-compatible endpoint answers, accepts the key, and has the configured models. */
export async function checkEndpoint(
  { name, baseUrl, apiKey, models }: Endpoint,
  { fetch, timeoutMs = 10_000 }: { fetch: typeof globalThis.fetch; timeoutMs?: number },
): Promise<Check> {
  const asked = models.join(', ')
  let response: Response
  try {
    response = await fetch(`${baseUrl}/models`, {
      headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
      signal: AbortSignal.timeout(timeoutMs),
    })
  } catch (error) {
    return broken(
      name,
      `${asked} at ${baseUrl}: ${cause(error)}`,
      'start the endpoint, or set OPENAI_BASE_URL to where it is',
    )
  }
  if (response.status === 401 || response.status === 403)
    return broken(
      name,
      `${baseUrl} refuses the key (${response.status})`,
      'set OPENAI_API_KEY to a valid key of this endpoint',
    )
  if (!response.ok) {
    // Some endpoints have no list of models. Their answer is enough.
    if (response.status === 404) return ok(name, `${asked} at ${baseUrl} answers; it lists no models`)
    return broken(name, `${baseUrl}/models answered ${response.status}`, "look at the endpoint's own log")
  }
  const list: unknown = await response.json().catch(() => undefined)
  if (list === undefined)
    return broken(
      name,
      `${baseUrl}/models answers ${response.headers.get('content-type')?.startsWith('text/html') ? 'a web page' : 'no JSON'}`,
      'set the address to that of an OpenAI-compatible endpoint; it often ends with /v1',
    )
  const listed = Models.safeParse(list).data?.data.map(({ id }) => id)
  if (listed === undefined) return ok(name, `${asked} at ${baseUrl} answers; its list of models cannot be read`)
  const missing = models.filter((model) => !listed.includes(model))
  if (missing.length > 0)
    return broken(
      name,
      `${baseUrl} does not list ${missing.join(', ')}`,
      `it has ${listed.slice(0, 8).join(', ') || 'no models'}${listed.length > 8 ? ', …' : ''}`,
    )
  return ok(name, `${asked} at ${baseUrl}`)
}

function cause(error: unknown): string {
  const inner = error instanceof Error && error.cause !== undefined ? error.cause : error
  return inner instanceof Error && 'code' in inner ? `does not answer (${String(inner.code)})` : reason(inner)
}
