import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'

/** Where a worker's file is: beside the module that names it, with that module's ending (`.ts` in the sources, `.js` when compiled). */
export function workerEntry(name: string, importMetaUrl: string): URL {
  return new URL(`./${name}${importMetaUrl.endsWith('.ts') ? '.ts' : '.js'}`, importMetaUrl)
}

/**
 * Starts a thread that does not keep the process alive. `data` is what its module finds in `workerData`. Modules that the process was
 * told to load first are not for it: that of LangGraph's development server fails in a thread.
 */
export function startWorker(entry: URL, data?: unknown): Worker {
  const file = entry.pathname.endsWith('.ts') ? throughTsx(entry) : entry
  const worker = new Worker(file, { workerData: data, execArgv: [] })
  worker.unref()
  return worker
}

/** A module that loads TypeScript first: loaders given by flag or by the parent do not reach workers on every Node. */
export function throughTsx(entry: URL): URL {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx'))
  const loader = new URL('./esm/api/index.mjs', tsx).href
  const code = `import { register } from ${JSON.stringify(loader)}; register(); await import(${JSON.stringify(entry.href)})`
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`)
}
