import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { messageOf } from '../../content/validation/error-message.ts'
import { TRY_AGAIN_ADVICE } from '../../doctor/set-aside.ts'
import { type IndexState, probeSimilarity } from '../../doctor/similarity-probe.ts'
import type { Service } from '../../service.ts'
import { answer, answers, scope } from '../answers/json-answer.ts'
import type { HttpDeps } from '../http-deps.ts'

const Live = z.strictObject({ status: z.literal('live'), version: z.string() }).meta({ id: 'Live' })

const Part = z.strictObject({
  status: z
    .enum(['ok', 'away', 'behind'])
    .describe(
      '`behind`: the similarity index answers, but it lacks changes: it has not caught up since a failure, or it refuses them.',
    ),
  detail: z.string().nullable().describe('What is wrong, or what else to know.'),
})

type Part = z.output<typeof Part>

const Ready = z
  .strictObject({
    status: z
      .enum(['ready', 'degraded', 'unavailable'])
      .describe('`degraded`: runs go on without neighbours and say so. Search does not answer, or finds less.'),
    database: Part,
    similarity: Part,
  })
  .meta({ id: 'Ready' })

/** How long a probe waits for a part. Orchestrators give up after 1 to 10 seconds. */
const PROBE_MS = 2000

const live = createRoute({
  method: 'get',
  path: '/health/live',
  tags: ['Operation'],
  summary: 'The process answers',
  ...scope('none'),
  responses: { 200: answers(Live, 'It does.') },
})

const ready = createRoute({
  method: 'get',
  path: '/health/ready',
  tags: ['Operation'],
  summary: 'The service can do its work',
  ...scope('none'),
  responses: {
    200: answers(Ready, 'It can; `degraded` where the similarity index is away or behind.'),
    503: answers(Ready, 'The database does not answer.'),
  },
})

export function healthRoutes(app: OpenAPIHono, { service, version }: HttpDeps): void {
  app.openapi(live, () => answer(Live, { status: 'live', version }))

  app.openapi(ready, async () => {
    const [database, similarity] = await Promise.all([
      inTime(askDatabase(service)),
      inTime(probeSimilarity(service).then(partOf)),
    ])
    const status = database.status === 'away' ? 'unavailable' : similarity.status === 'ok' ? 'ready' : 'degraded'
    return answer(Ready, { status, database, similarity }, { status: status === 'unavailable' ? 503 : 200 })
  })
}

async function askDatabase({ database }: Service): Promise<Part> {
  await database.query('select 1')
  return { status: 'ok', detail: null }
}

function partOf(index: IndexState): Part {
  switch (index.status) {
    case 'ok':
      return { status: 'ok', detail: index.warnings }
    case 'refuses':
      return { status: 'behind', detail: `${index.detail}; ${TRY_AGAIN_ADVICE}` }
    case 'behind':
    case 'away':
      return { status: index.status, detail: index.detail }
  }
}

/** What a part says of itself. One that fails, or says nothing for too long, is away. */
async function inTime(asked: Promise<Part>): Promise<Part> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PROBE_MS / 1000} s`)), PROBE_MS)
  })
  try {
    return await Promise.race([asked, late])
  } catch (error) {
    return { status: 'away', detail: messageOf(error) }
  } finally {
    clearTimeout(timer)
  }
}
