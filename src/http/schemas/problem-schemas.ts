import { z } from 'zod'

/** One mistake: its place (a JSON pointer into the body, or a parameter's name) and what to do about it. */
const Mistake = z.object({
  pointer: z.string().optional().describe('JSON pointer into the request body.'),
  parameter: z.string().optional().describe('Name of a query parameter or header.'),
  message: z.string(),
})
export type Mistake = z.infer<typeof Mistake>

/** RFC 9457. Further members are links: `run`, `review`. */
export const ProblemDocument = z
  .looseObject({
    type: z
      .string()
      .describe('A relative URI that names the kind of problem; `about:blank` if the status says everything.'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What is wrong in this case, and what to do.'),
    errors: z.array(Mistake).optional(),
  })
  .meta({ id: 'Problem' })
