import { readFileSync } from 'node:fs'
import { compose } from '../src/compose.ts'
import { readConfig } from '../src/config.ts'
import { Item } from '../src/content/item.ts'
import type { Service } from '../src/service.ts'
import { understanding } from './understanding.ts'

let service: Promise<Service> | undefined

/** A bundled song. It is short enough to look at every node in a few seconds. */
function exampleItem(): Item {
  const read = (name: string) => readFileSync(`examples/${name}`, 'utf8')
  const metadata: unknown = JSON.parse(read('slow-boat.item.json'))
  return Item.parse({ ...Object(metadata), transcripts: [{ text: read('slow-boat.txt') }] })
}

/**
 * For LangGraph's own tools, which make the graph anew for each run: the compiled graph. Each call of it is a run of a bundled example. It
 * uses the configured models. The database is in memory, so nothing reaches a data folder. Start it in the project's folder, and give each
 * run its own thread: state is not cleared between the runs of one thread.
 */
export async function graph() {
  service ??= compose(readConfig(), { memory: true }, (level, message, fields) =>
    level === 'error' ? console.error(message, fields) : undefined,
  )
  const { runs } = await service
  const bound = understanding.withConfig({})
  // The server passes an empty context of its own with each call. Every way to run the graph goes through `stream`, so it is replaced here.
  // Each call gets its own run, because what a run's nodes leave is set once.
  const stream = bound.stream.bind(bound)
  const inContext: typeof bound.stream = async (input, options) =>
    stream(input, { ...options, context: { run: await runs.prepare(exampleItem()) } })
  return Object.assign(bound, { stream: inContext })
}

/** Ends the threads and the database. Tests need it; a development server ends with its process. */
export async function close(): Promise<void> {
  await (await service)?.close()
  service = undefined
}
