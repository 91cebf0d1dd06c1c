import { serveJobs } from '../../threads/worker-jobs.ts'
import { loadUseLite, type UseLite } from './use-lite-model.ts'

let model: Promise<UseLite> | undefined

/** What could not be loaded is loaded anew for the next text. */
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
