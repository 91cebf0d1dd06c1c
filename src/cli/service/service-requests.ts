import type { z } from 'zod'
import { ProblemDocument } from '../../http/schemas/problem-schemas.ts'
import { badUse, failed } from '../terminal/exit-code.ts'
import { page } from './service-answers.ts'
import type { Connection } from './service-connection.ts'

const LARGEST_PAGE = 200

/** How requests are sent to a service and their answers are read. What goes wrong is a {@link CliError}. */
export interface Requests {
  /** The answer to a request; null where there is no such thing. */
  answered(path: string, init?: RequestInit): Promise<Response | null>
  /** The body of the answer; null where there is no such thing. */
  ask<T extends z.ZodType>(schema: T, path: string, init?: RequestInit): Promise<z.output<T> | null>
  /** Like `ask`, where the answer to what is not there says what is. */
  demand<T extends z.ZodType>(schema: T, path: string): Promise<z.output<T>>
  /** Follows `next` until there are `limit` entries. */
  all<T extends z.ZodType>(entry: T, path: string, filter: Query, limit: number): Promise<z.output<T>[]>
}

export function createRequests(connection: Connection, signal: AbortSignal): Requests {
  async function send(path: string, init: RequestInit): Promise<Response> {
    try {
      return await connection.send(path, { ...init, signal })
    } catch (error) {
      if (signal.aborted || connection.server === null) throw error
      throw failed(
        `the server at ${connection.server}, which has the data folder, does not answer; start it again, or stop it`,
        { cause: error },
      )
    }
  }

  async function answered(path: string, init: RequestInit = {}): Promise<Response | null> {
    const response = await send(path, init)
    if (response.ok) return response
    if (response.status !== 404) throw refusal(response.status, await bodyOf(response))
    await response.body?.cancel()
    return null
  }

  async function read<T extends z.ZodType>(schema: T, path: string, response: Response): Promise<z.output<T>> {
    const parsed = schema.safeParse(await bodyOf(response))
    if (parsed.success) return parsed.data
    throw failed(
      `${connection.server ?? 'the service'} answered ${path} in a shape that is not known here; is it another version of linernotes?`,
      { cause: parsed.error },
    )
  }

  const ask: Requests['ask'] = async (schema, path, init) => {
    const response = await answered(path, init)
    return response === null ? null : read(schema, path, response)
  }

  return {
    answered,
    ask,
    async demand(schema, path) {
      const response = await send(path, {})
      if (!response.ok) throw refusal(response.status, await bodyOf(response))
      return read(schema, path, response)
    },
    async all<T extends z.ZodType>(entry: T, path: string, filter: Query, limit: number) {
      const found: z.output<T>[] = []
      let cursor: string | undefined
      do {
        const wanted = Math.min(LARGEST_PAGE, limit - found.length)
        const answer = await ask(page(entry), `${path}${query({ ...filter, limit: String(wanted), cursor })}`)
        found.push(...(answer?.entries ?? []))
        cursor = answer?.next ?? undefined
      } while (cursor !== undefined && found.length < limit)
      return found
    },
  }
}

export const post = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})

const bodyOf = (response: Response): Promise<unknown> => response.json().catch(() => null)

type Query = Record<string, string | undefined>

export function query(parameters: Query): string {
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) given.set(name, value)
  return given.size === 0 ? '' : `?${given}`
}

/** A problem (RFC 9457) as an error; one that names what the caller sent is bad use. */
function refusal(status: number, body: unknown): Error {
  const problem = ProblemDocument.safeParse(body).data
  const detail = problem?.detail ?? `the service answered with status ${status}`
  return status === 400 || status === 422 ? badUse(detail) : failed(detail)
}
