import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { Item } from '../../content/item.ts'
import { REQUESTABLE_FACETS } from '../../runs/asking-agents.ts'
import { createSubmitOnce } from '../../runs/submit-once.ts'
import { FORMATS, negotiate } from '../answers/answer-formats.ts'
import { answers, problem, scope } from '../answers/json-answer.ts'
import { Problem } from '../answers/problem.ts'
import { answerRun } from '../answers/run-answer.ts'
import type { HttpDeps } from '../http-deps.ts'
import { FormatContents } from '../schemas/formats-schemas.ts'
import { RunAnswer } from '../schemas/run-schemas.ts'

const EFFORTS = ['quick', 'standard', 'thorough'] as const

/** Seconds that a request waits for its run: by default, and at most. */
const DEFAULT_WAIT = 25
const MAX_WAIT = 600

/** `topics,summary` */
const Requested = z
  .string()
  .transform((value) => value.split(',').map((name) => name.trim()))
  .pipe(z.array(z.enum(REQUESTABLE_FACETS, { error: `name facets of: ${REQUESTABLE_FACETS.join(', ')}` })))

const submit = createRoute({
  method: 'post',
  path: '/v1/items',
  tags: ['Items'],
  summary: 'Understand an item',
  description:
    'Waits for the run as long as `Prefer: wait=N` says: 25 seconds without it, not at all with `respond-async`. If the run ends in time, the answer is 200 with the understanding. Otherwise it is 202 with the run, which goes on.',
  ...scope('write'),
  request: {
    query: z.strictObject({
      effort: z.enum(EFFORTS, { error: `there are the efforts ${EFFORTS.join(', ')}` }).optional(),
      facets: Requested.optional().describe('Facets that run again even if nothing has changed: `topics,summary`.'),
      fetch: z.stringbool().optional().describe('`false`: no URL of the item is fetched.'),
      format: z.enum(FORMATS).optional(),
    }),
    headers: z.object({
      prefer: z.string().optional().describe('`wait=N` seconds, or `respond-async`.'),
      'idempotency-key': z
        .string()
        .regex(/^[\x20-\x7e]{1,255}$/, 'an idempotency key has 1 to 255 printable ASCII characters')
        .optional()
        .describe('A repeated request with the same key and body gets the run of the first one.'),
    }),
    body: { required: true, content: { 'application/json': { schema: Item } } },
  },
  responses: {
    200: {
      description:
        'The understanding. `Linernotes-Outcome` is complete, partial or unchanged. `Linernotes-Run` is the run.',
      headers: {
        'Linernotes-Outcome': { schema: { type: 'string', enum: ['complete', 'partial', 'unchanged'] } },
        'Linernotes-Run': { schema: { type: 'string' } },
        ETag: { schema: { type: 'string' } },
      },
      content: FormatContents,
    },
    202: {
      ...answers(RunAnswer, 'The run is not over yet; follow `Location`.'),
      headers: { Location: { schema: { type: 'string' } } },
    },
    400: problem('A parameter is wrong, or the body is not JSON.'),
    409: problem('The run was cancelled while this request waited.'),
    413: problem('The body is too large.'),
    415: problem('The body is not sent as JSON.'),
    422: problem('The body does not fit its schema, or the idempotency key belongs to another body.'),
    500: problem('The run failed; `run` is its address.'),
  },
})

export function submitRoute(app: OpenAPIHono, { service }: HttpDeps): void {
  const submitOnce = createSubmitOnce(service)
  app.openapi(submit, async (c) => {
    const { effort, facets, fetch, format = negotiate(c.req.header('accept')) } = c.req.valid('query')
    const { 'idempotency-key': key, prefer } = c.req.valid('header')
    const options = {
      ...(effort === undefined ? {} : { effort }),
      ...(facets === undefined ? {} : { requested: facets }),
      ...(fetch === undefined ? {} : { fetch }),
    }
    const submitted = await submitOnce({ item: c.req.valid('json'), options, key })
    if (submitted === null)
      throw new Problem(
        'key-in-use',
        'this idempotency key came with another body or other options; use a new key for a new request',
      )
    const seconds = waitSeconds(prefer)
    const run = seconds === 0 ? submitted : ((await service.runs.wait(submitted.id, seconds * 1000)) ?? submitted)
    return answerRun(run, { understandings: service.repositories.understandings, format })
  })
}

/**
 * Seconds to wait for a run, from a `Prefer` header (RFC 7240): `wait=N`. `respond-async` alone is 0. What cannot be understood is
 * ignored, as the RFC demands. Of two, the first counts.
 */
export function waitSeconds(prefer: string | undefined): number {
  const preferences = (prefer ?? '')
    .split(',')
    .map((preference) => preference.split(';')[0]?.trim().toLowerCase() ?? '')
  for (const preference of preferences) {
    const seconds = /^wait\s*=\s*"?(\d{1,9})"?$/.exec(preference)?.[1]
    if (seconds !== undefined) return Math.min(Number(seconds), MAX_WAIT)
  }
  return preferences.includes('respond-async') ? 0 : DEFAULT_WAIT
}
