import { compose, type Service } from '../../compose.ts'
import type { Config } from '../../config.ts'
import { acquireLock } from '../../database/lock.ts'
import { broken, type Check, ok, reason } from './finding.ts'

const SILENT = () => undefined

/** Whether the data folder can be used, and what stands in it; then what works inside this process. */
export async function checkService(config: Config, send: typeof fetch): Promise<Check[]> {
  const folder = config.LINERNOTES_DATA_DIR
  const hint = 'see that the folder belongs to this user, or choose another LINERNOTES_DATA_DIR'
  let owned: Awaited<ReturnType<typeof acquireLock>>
  try {
    owned = await acquireLock(folder, { waitMs: 0 })
  } catch (error) {
    return [broken('data folder', reason(error), hint), ...(await inMemory(config))]
  }
  if (owned.kind === 'served') return [await checkServer(owned.url, folder, send), ...(await inMemory(config))]
  try {
    const service = await compose(config, { lock: owned.lock }, SILENT)
    try {
      const runs = await service.repositories.runs.list({}, { limit: 1 })
      const last = runs.entries[0] === undefined ? 'no runs yet' : `last run ${runs.entries[0].id}`
      return [ok('data folder', `${folder} is writable; ${last}`), ...(await inside(service))]
    } finally {
      await service.close()
    }
  } catch (error) {
    return [broken('data folder', reason(error), hint)]
  } finally {
    owned.lock.release()
  }
}

async function checkServer(url: string, folder: string, send: typeof fetch): Promise<Check> {
  try {
    const response = await send(`${url}/health/ready`, { signal: AbortSignal.timeout(5000) })
    if (response.ok) return ok('data folder', `${folder} is served at ${url}`)
    return broken(
      'data folder',
      `the server at ${url} is not ready (${response.status})`,
      'look at its log, or start it again',
    )
  } catch (error) {
    return broken(
      'data folder',
      `the server at ${url}, which has ${folder}, does not answer: ${reason(error)}`,
      'stop it, or start it again',
    )
  }
}

/** The rest is checked without the folder. */
async function inMemory(config: Config): Promise<Check[]> {
  try {
    const service = await compose(config, { memory: true }, SILENT)
    try {
      return await inside(service)
    } finally {
      await service.close()
    }
  } catch (error) {
    return [broken('service', reason(error), 'see what the message asks for')]
  }
}

async function inside(service: Service): Promise<Check[]> {
  return [await checkEmbedder(service), checkTaxonomies(service), await checkSimilarity(service), memory()]
}

async function checkEmbedder({ embedder }: Service): Promise<Check> {
  const languages = embedder.languages === 'any' ? 'any language' : embedder.languages.join(', ')
  try {
    const startedAt = performance.now()
    const [vector] = await embedder.embed(['The quick brown fox jumps over the lazy dog.'], {
      signal: AbortSignal.timeout(30_000),
    })
    const ms = Math.round(performance.now() - startedAt)
    return ok(
      'embedder',
      `${embedder.space}: ${vector?.length ?? 0} dimensions, ${languages}; first answer after ${ms} ms`,
    )
  } catch (error) {
    return broken(
      'embedder',
      `${embedder.space}: ${reason(error)}`,
      embedder.local ? 'install the packages again: npm ci' : 'see the embedding model above',
    )
  }
}

function checkTaxonomies({ taxonomies }: Service): Check {
  try {
    const sizes = taxonomies.ids.map((id) => `${id} (${taxonomies.get(id).nodes.length})`)
    void taxonomies.version
    return ok('taxonomies', sizes.join(', '))
  } catch (error) {
    return broken('taxonomies', reason(error), 'install the product again; its data files do not fit together')
  }
}

async function checkSimilarity({ similarity: { engine } }: Service): Promise<Check> {
  try {
    const { version, warnings } = await engine.ping()
    return ok(
      'similarity',
      `${engine.name}${version === null ? '' : ` ${version}`}`,
      warnings.length === 0 ? null : warnings.join('; '),
    )
  } catch (error) {
    return broken(
      'similarity',
      `${engine.name}: ${reason(error)}`,
      'start it, or mend QDRANT_URL and QDRANT_API_KEY; runs go on without neighbours meanwhile',
    )
  }
}

function memory(): Check {
  return ok(
    'memory',
    `${Math.round(process.resourceUsage().maxRSS / 1024)} MB at most in this check; Node ${process.versions.node}`,
  )
}
