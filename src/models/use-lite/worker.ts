import { serveJobs } from '../../threads/worker-jobs.ts'
import { loadUseLite } from './model.ts'

const model = loadUseLite()

serveJobs<string, Float32Array>(async (text) => (await model)(text))
