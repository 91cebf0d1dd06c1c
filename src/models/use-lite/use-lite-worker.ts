import { serveJobs } from '../../threads/worker-jobs.ts'
import { loadUseLite, type UseLite } from './use-lite-model.ts'

let model: Promise<UseLite> | undefined

/** After a failed load, the next text loads the model again. */
async function loaded(): Promise<UseLite> {
  model ??= loadUseLite()
  try {
    return await model
  } catch (error) {
    model = undefined
    throw error
  }
}

void loaded().catch(() => undefined)
serveJobs<string, Float32Array>(async (text) => (await loaded())(text))
