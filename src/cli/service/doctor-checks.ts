import { z } from 'zod'
import { compose } from '../../compose.ts'
import type { Config } from '../../config.ts'
import { acquireLock } from '../../database/folder/folder-lock.ts'
import { broken, type Check, ok, reason } from '../../doctor/check.ts'
import { checkEndpoint } from '../../doctor/endpoint-check.ts'
import { endpointsOf, unconfigured } from '../../doctor/endpoint-list.ts'
import { checkMemory, checkServiceParts } from '../../doctor/service-checks.ts'
import { hostOf, hostProblem } from '../../http/requests/listen-host.ts'
import { agentSettingsProblems } from '../../runs/asking-agents.ts'

const SILENT = () => undefined

/** All that the doctor looks at: agents, endpoints, what is not configured, the address, the data folder and what works on it. */
export async function checkAll(given: Config, send: typeof fetch): Promise<Check[]> {
  const agents = agentSettingsProblems(given).map((problem) =>
    broken('agents', problem, 'mend the variable; no run starts until then'),
  )
  // The rest is looked at as it would be without what is wrong.
  const config = agents.length === 0 ? given : { ...given, LINERNOTES_PROMPTS: undefined, LINERNOTES_MODELS: undefined }
  const endpoints = await Promise.all(endpointsOf(config).map((endpoint) => checkEndpoint(endpoint, { fetch: send })))
  const service = await checkService(config, send)
  return [...agents, ...endpoints, ...unconfigured(config), ...(await checkHost(config)), ...service]
}

/** Whether `serve` would listen where it is told to, where that is not the usual place. */
export async function checkHost(config: Config, resolve?: Parameters<typeof hostProblem>[2]): Promise<Check[]> {
  const host = hostOf(config)
  const found = await hostProblem(host, config, resolve)
  return found === null ? [] : [broken('address', `${found.problem}; \`serve\` does not start`, found.advice)]
}

/** Whether the data folder can be used, and what stands in it; then what works inside this process. */
async function checkService(config: Config, send: typeof fetch): Promise<Check[]> {
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
      return [ok('data folder', `${folder} is writable; ${last}`), ...(await checkServiceParts(service)), checkMemory()]
    } finally {
      await service.close()
    }
  } catch (error) {
    return [broken('data folder', reason(error), hint)]
  } finally {
    owned.lock.release()
  }
}

const Ready = z.looseObject({
  status: z.string(),
  similarity: z.looseObject({ status: z.string(), detail: z.string().nullable() }),
})
const OWN =
  'the server has settings of its own, which its page /settings shows; all else here is as this shell would have it'

/** Whether the server that has the folder is ready, and what it lacks. */
export async function checkServer(url: string, folder: string, send: typeof fetch): Promise<Check> {
  try {
    const response = await send(`${url}/health/ready`, { signal: AbortSignal.timeout(5000) })
    const ready = Ready.safeParse(await response.json().catch(() => null)).data
    const served = `${folder} is served at ${url}`
    if (ready?.status === 'ready') return ok('data folder', served, OWN)
    if (ready?.status === 'degraded') {
      const { status, detail } = ready.similarity
      const why = detail === null ? '' : `: ${detail}`
      return broken('data folder', `${served}, and its similarity index is ${status}${why}`, OWN)
    }
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
      return [...(await checkServiceParts(service)), checkMemory()]
    } finally {
      await service.close()
    }
  } catch (error) {
    return [broken('service', reason(error), 'see what the message asks for')]
  }
}
