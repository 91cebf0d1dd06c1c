import { z } from 'zod'
import { mistakesIn } from './content/validation/mistakes.ts'

const flag = z.stringbool({ truthy: ['1', 'true', 'yes', 'on'], falsy: ['0', 'false', 'no', 'off', ''] })
const wholeNumber = (least: number, most = Number.MAX_SAFE_INTEGER) => {
  const error = `write a whole number from ${least}${most === Number.MAX_SAFE_INTEGER ? '' : ` to ${most}`}`
  return z.coerce.number({ error }).int({ error }).min(least, { error }).max(most, { error })
}
const url = z
  .url({ protocol: /^https?$/, error: 'write an http or https URL' })
  .transform((value) => value.replace(/\/+$/, ''))
/** `topics=model-a,critique=model-b` */
const byAgent = z
  .string()
  .regex(/^[a-z][a-z0-9_-]*=[^,=]+(,[a-z][a-z0-9_-]*=[^,=]+)*$/, 'write agent=value,agent=value')
  .transform((value) => value.split(',').map((pair) => pair.split('=', 2) as [string, string]))
  .refine((pairs) => new Set(pairs.map(([agent]) => agent)).size === pairs.length, 'name each agent once')
  .transform((pairs) => Object.fromEntries(pairs))

/** Variables that only tests and tools read. */
const READ_ELSEWHERE = new Set(['LINERNOTES_QDRANT_OPENAPI'])

/** The only table of variables that linernotes reads, with schema and purpose. The documentation is generated from it. */
const Variables = z.object({
  PORT: wholeNumber(0, 65_535).default(8080).describe('Port of `serve`; 0 takes a free one.'),
  LINERNOTES_HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('Address that `serve` listens on. Any other than loopback needs LINERNOTES_ALLOW_NO_KEYS=1.'),
  LINERNOTES_ALLOW_NO_KEYS: flag.default(false).describe('Serve without keys on an address that others can reach.'),
  LINERNOTES_DATA_DIR: z.string().min(1).default('.linernotes').describe('Folder of the embedded database.'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('What is logged to stderr, as JSON lines, by `serve`.'),
  LINERNOTES_EFFORT: z
    .enum(['quick', 'standard', 'thorough'])
    .default('standard')
    .describe('Effort of runs that do not name one.'),
  LINERNOTES_CONCURRENCY: wholeNumber(1).default(2).describe('Runs at a time.'),
  LINERNOTES_WORKERS: wholeNumber(1).default(2).describe('Worker threads for embedding, segmenting and names.'),
  LINERNOTES_MAX_BODY_BYTES: wholeNumber(1024)
    .default(32 * 1024 * 1024)
    .describe('Largest request body that is read.'),
  LINERNOTES_MAX_TRANSCRIPT_CHARS: wholeNumber(1)
    .default(5_000_000)
    .describe(
      'Longest transcript that is worked through, in characters without markup: some 850,000 English words. A longer one is refused.',
    ),
  LINERNOTES_ALLOW_PRIVATE_URLS: flag
    .default(false)
    .describe("Fetch items' URLs from private and loopback addresses too."),
  LINERNOTES_PROMPTS: byAgent.optional().describe('Prompt versions by agent: `topics=topics/v2`.'),
  LINERNOTES_MODEL: z
    .string()
    .min(1)
    .optional()
    .describe('Language model; without it the embedded engine `extractive` answers.'),
  LINERNOTES_MODELS: byAgent.optional().describe('Models by agent: `critique=model-b`; `extractive` is one too.'),
  LINERNOTES_SECOND_MODEL: z
    .string()
    .min(1)
    .optional()
    .describe('Model of second opinions, asked at effort `thorough`.'),
  OPENAI_BASE_URL: url
    .default('https://api.openai.com/v1')
    .describe('OpenAI-compatible endpoint of chat, embeddings and transcription.'),
  OPENAI_API_KEY: z.string().min(1).optional().describe('Its key.'),
  LINERNOTES_MODEL_SEES: flag.default(false).describe('The models look at images: artwork goes with the task.'),
  LINERNOTES_MODEL_CONTEXT: wholeNumber(2048)
    .default(128_000)
    .describe('Tokens that fit into one request with its answer.'),
  LINERNOTES_MODEL_TIMEOUT_MS: wholeNumber(1000).default(120_000).describe('How long one request may take.'),
  LINERNOTES_MODEL_RETRIES: wholeNumber(0)
    .default(4)
    .describe('Further tries after a rate limit, a time-out or a server error.'),
  LINERNOTES_MODEL_CONCURRENCY: wholeNumber(1).default(8).describe('Requests at a time to one model.'),
  LINERNOTES_MAX_OUTPUT_TOKENS: wholeNumber(64).optional().describe('Limit of one answer.'),
  LINERNOTES_ROUNDS: wholeNumber(1).optional().describe("Most rounds of any agent's conversation."),
  LINERNOTES_BUDGET_USD: z.coerce
    .number()
    .min(0)
    .optional()
    .describe(
      'What language models may cost in one run, by LINERNOTES_PRICES; then its agents abstain. Tokens that a model does not report are estimated, and count; a model without a price is not limited.',
    ),
  LINERNOTES_BUDGET_TOKENS: wholeNumber(0)
    .optional()
    .describe(
      'Tokens that language models may use in one run; then its agents abstain. Those that a model does not report are estimated.',
    ),
  LINERNOTES_PRICES: z
    .string()
    .min(1)
    .optional()
    .describe('Price table as a JSON file: dollars for a million tokens by model, with a date.'),
  LINERNOTES_EMBEDDING_MODEL: z
    .string()
    .min(1)
    .optional()
    .describe('Embedding model of the endpoint; without it the embedded one, English only.'),
  LINERNOTES_EMBEDDING_DIMENSIONS: wholeNumber(2).default(1536).describe('Components of its vectors.'),
  LINERNOTES_TRANSCRIBER_MODEL: z
    .string()
    .min(1)
    .optional()
    .describe('Transcription model; without it items without text are understood from metadata.'),
  LINERNOTES_TRANSCRIBER_URL: url
    .optional()
    .describe('Endpoint of transcription where it is another than OPENAI_BASE_URL.'),
  QDRANT_URL: url.optional().describe('Similarity index in Qdrant; without it in the embedded database.'),
  QDRANT_API_KEY: z.string().min(1).optional().describe('Its key.'),
  QDRANT_COLLECTION_PREFIX: z
    .string()
    .regex(/^[a-z0-9_-]{1,40}$/, 'write 1 to 40 lower-case letters, digits, - and _')
    .default('linernotes')
    .describe('How its collections begin; installations that share a Qdrant need one each.'),
})

export type Config = Readonly<z.output<typeof Variables>>

/** Names, defaults and meanings of all variables, for documentation and `doctor`. */
export function describeVariables(): { name: string; about: string; fallback: string | null }[] {
  return Object.entries(Variables.shape).map(([name, schema]) => {
    const fallback: unknown = schema.safeParse(undefined).data
    return { name, about: schema.description ?? '', fallback: fallback === undefined ? null : String(fallback) }
  })
}

/** A variable has an invalid value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/**
 * Reads the environment. No other code does. An empty value counts as absent.
 * @throws {ConfigError} naming every variable that is wrong, and variables of ours that do not exist.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(
      ([name, value]) => name in Variables.shape && value !== undefined && value !== '',
    ),
  )
  const parsed = Variables.safeParse(given)
  const unknown = Object.keys(environment).filter(
    (name) => name.startsWith('LINERNOTES_') && !(name in Variables.shape) && !READ_ELSEWHERE.has(name),
  )
  const problems = [
    ...mistakesIn(Variables, given).map(({ path, message }) => `${path.join('.')}: ${message}`),
    ...unknown.map((name) => `${name}: there is no such variable`),
  ]
  if (!parsed.success || problems.length > 0)
    throw new ConfigError(`${problems.join('; ')}; \`linernotes doctor --variables\` lists all`)
  return parsed.data
}

/** Variables that set where and how a process answers. They do not affect runs. */
const OF_THE_PROCESS = new Set([
  'PORT',
  'LINERNOTES_HOST',
  'LINERNOTES_ALLOW_NO_KEYS',
  'LINERNOTES_DATA_DIR',
  'LINERNOTES_MAX_BODY_BYTES',
  'LOG_LEVEL',
])

/** Names of the variables in this environment that affect runs. A server that is already running does not have them. */
export function runSettingsGiven(environment: Readonly<Record<string, string | undefined>> = process.env): string[] {
  return Object.keys(Variables.shape).filter((name) => !OF_THE_PROCESS.has(name) && (environment[name] ?? '') !== '')
}

/** How requests go to the endpoint of models. */
export function endpointOf(config: Config) {
  return {
    baseUrl: config.OPENAI_BASE_URL,
    ...(config.OPENAI_API_KEY === undefined ? {} : { apiKey: config.OPENAI_API_KEY }),
    timeoutMs: config.LINERNOTES_MODEL_TIMEOUT_MS,
    maxRetries: config.LINERNOTES_MODEL_RETRIES,
  }
}
