import type { Config } from '../config.ts'
import { type Check, off, ok } from './check.ts'
import type { Endpoint } from './endpoint-check.ts'

/** The endpoints that the configuration names, each with the models that it should have. */
export function endpointsOf(config: Config): Endpoint[] {
  const { OPENAI_BASE_URL: baseUrl, OPENAI_API_KEY: apiKey } = config
  const chat = [
    config.LINERNOTES_MODEL,
    ...Object.values(config.LINERNOTES_MODELS ?? {}),
    config.LINERNOTES_SECOND_MODEL,
  ]
  const named = [...new Set(chat.filter((model) => model !== undefined && model !== 'extractive'))]
  const uses: [string, (string | undefined)[], string][] = [
    ['language model', named, baseUrl],
    ['embedding model', [config.LINERNOTES_EMBEDDING_MODEL], baseUrl],
    ['transcriber', [config.LINERNOTES_TRANSCRIBER_MODEL], config.LINERNOTES_TRANSCRIBER_URL ?? baseUrl],
  ]
  return uses.flatMap(([name, wanted, url]) => {
    const models = wanted.filter((model) => model !== undefined)
    return models.length === 0 ? [] : [{ name, baseUrl: url, apiKey, models }]
  })
}

/** The services that are not configured, each with its benefit. */
export function unconfigured(config: Config): Check[] {
  const checks: Check[] = []
  if (config.LINERNOTES_MODEL === undefined)
    checks.push(
      ok(
        'language model',
        config.LINERNOTES_MODELS === undefined
          ? 'none; the embedded engine `extractive` answers'
          : 'the embedded engine `extractive`, and some agents have models of their own',
        'set OPENAI_BASE_URL, OPENAI_API_KEY and LINERNOTES_MODEL to use one',
      ),
    )
  if (config.LINERNOTES_TRANSCRIBER_MODEL === undefined)
    checks.push(
      off(
        'transcriber',
        'none; items without text are understood from their metadata',
        'set LINERNOTES_TRANSCRIBER_MODEL, and LINERNOTES_TRANSCRIBER_URL where it is another endpoint',
      ),
    )
  if (config.LINERNOTES_MODEL !== undefined && config.LINERNOTES_PRICES === undefined)
    checks.push(
      off(
        'prices',
        'no price table; costs are unknown',
        'set LINERNOTES_PRICES to a JSON file with dollars for a million tokens',
      ),
    )
  return checks
}
