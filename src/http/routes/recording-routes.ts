import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { RECORDING_EXTENSION } from '../../recordings/recording-format.ts'
import { recordingOf } from '../../recordings/write/recording-of.ts'
import { writeRecording } from '../../recordings/write/write-recording.ts'
import { problem, scope } from '../answers/json-answer.ts'
import { runRefusal } from '../answers/refusals.ts'
import type { HttpDeps } from '../http-deps.ts'
import { RunParam } from '../schemas/common-schemas.ts'

const TYPE = 'application/gzip'

const recording = createRoute({
  method: 'get',
  path: '/v1/runs/{id}/recording',
  tags: ['Runs'],
  summary: 'A run as one file: item, configuration, steps, and calls with everything that was asked and answered',
  description:
    'The file is `linernotes/recording/1`: gzip, one JSON object per line, checksums over everything. It holds no keys, no headers and no signatures of URLs. Keep it under a name that ends with `.linernotes.gz`.',
  ...scope('trace'),
  request: {
    params: RunParam,
    query: z.strictObject({
      redact: z
        .stringbool()
        .optional()
        .describe(
          '`true` leaves texts out and keeps shapes, lengths and hashes. Such a file can be looked at, but not replayed.',
        ),
    }),
  },
  responses: {
    200: {
      description: 'The recording.',
      headers: { 'Content-Disposition': { schema: { type: 'string' }, description: 'A name for the file.' } },
      content: { [TYPE]: { schema: z.string().meta({ format: 'binary' }) } },
    },
    404: problem('There is no such run.'),
    409: problem('The run is not over, or not everything that a recording needs is in the database.'),
  },
})

export function recordingRoute(app: OpenAPIHono, { service: { repositories }, version }: HttpDeps): void {
  app.openapi(recording, async (c) => {
    const { id } = c.req.valid('param')
    const { redact = false } = c.req.valid('query')
    const file = await open(id, redact)
    const name = `${id.replaceAll(/[^\w.-]/g, '_')}${redact ? '.redacted' : ''}${RECORDING_EXTENSION}`
    return new Response(ReadableStream.from(file), {
      headers: {
        'content-type': TYPE,
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'no-store',
        // The file is written while it is sent.
        'transfer-encoding': 'chunked',
      },
    })
  })

  async function open(id: string, redact: boolean): Promise<AsyncIterable<Uint8Array>> {
    try {
      return writeRecording(await recordingOf(repositories, id), { redact, createdBy: version })
    } catch (error) {
      throw runRefusal(error)
    }
  }
}
