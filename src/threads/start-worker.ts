import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'

/** The URL of a worker's file: next to the module that names it, with the same extension (`.ts` in the sources, `.js` when compiled). */
export function workerEntry(name: string, importMetaUrl: string): URL {
  return new URL(`./${name}${importMetaUrl.endsWith('.ts') ? '.ts' : '.js'}`, importMetaUrl)
}

/**
 * Starts a thread that does not keep the process alive. Its module finds `data` in `workerData`. The thread does not inherit the
 * modules that the process preloads: the preloaded module of LangGraph's development server fails in a thread.
 */
export function startWorker(entry: URL, data?: unknown): Worker {
  const file = entry.pathname.endsWith('.ts') ? throughTsx(entry) : entry
  const worker = new Worker(file, { workerData: data, execArgv: [] })
  worker.unref()
  return worker
}

/** A module that loads TypeScript first: on some versions of Node, workers do not get loaders from flags or from the parent. */
export function throughTsx(entry: URL): URL {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx'))
  const loader = new URL('./esm/api/index.mjs', tsx).href
  const code = `import { register } from ${JSON.stringify(loader)}; register(); await import(${JSON.stringify(entry.href)})`
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`)
}
