import type { ItemInput } from '../src/content/item.ts'

/** What a submission gave: its run's outcome as the header says it, the document, and how long it took. */
export interface Submitted {
  outcome: string | null
  runId: string | null
  ms: number
  body: string
}

/** Has an item understood and waits for it. @throws {Error} for any other answer than 200. */
export async function submit(url: string, item: ItemInput): Promise<Submitted> {
  const started = performance.now()
  const answer = await fetch(`${url}/v1/items`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', prefer: 'wait=120' },
    body: JSON.stringify(item),
  })
  const body = await answer.text()
  if (answer.status !== 200) throw new Error(`${answer.status} ${body.slice(0, 500)}`)
  return {
    outcome: answer.headers.get('linernotes-outcome'),
    runId: answer.headers.get('linernotes-run'),
    ms: performance.now() - started,
    body,
  }
}

/** Milliseconds that a GET takes, its body read. */
export async function timeGet(url: string): Promise<number> {
  const started = performance.now()
  const answer = await fetch(url)
  await answer.text()
  if (!answer.ok) throw new Error(`GET ${url}: ${answer.status}`)
  return performance.now() - started
}
