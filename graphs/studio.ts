import { readFileSync } from 'node:fs'
import { compose, type Service } from '../src/compose.ts'
import { readConfig } from '../src/config.ts'
import { Item } from '../src/content/item.ts'
import { understanding } from './understanding.ts'

let service: Promise<Service> | undefined

/** A bundled song: short enough that every node can be looked at in a few seconds. */
function exampleItem(): Item {
  const read = (name: string) => readFileSync(`examples/${name}`, 'utf8')
  const metadata: unknown = JSON.parse(read('slow-boat.item.json'))
  return Item.parse({ ...Object(metadata), transcripts: [{ text: read('slow-boat.txt') }] })
}

/**
 * For LangGraph's own tools, which make the graph anew for each run: the compiled graph, whose every call is a run of a bundled example.
 * Models are those of the configuration; the database is in memory, so that nothing of this reaches a data folder.
 * Start it in the project's folder, and give each run a thread of its own: state is not cleared between runs of one thread.
 */
export async function graph() {
  service ??= compose(readConfig(), { memory: true }, (level, message, fields) =>
    level === 'error' ? console.error(message, fields) : undefined,
  )
  const { runs } = await service
  const bound = understanding.withConfig({})
  // The server gives each call a context of its own, an empty one. All that runs the graph goes through `stream`, and each call is
  // a run of its own: what a run's nodes leave is set once.
  const stream = bound.stream.bind(bound)
  const inContext: typeof bound.stream = async (input, options) =>
    stream(input, { ...options, context: { run: await runs.prepare(exampleItem()) } })
  return Object.assign(bound, { stream: inContext })
}

/** Ends threads and database; tests need it, a development server ends with its process. */
export async function close(): Promise<void> {
  await (await service)?.close()
  service = undefined
}
