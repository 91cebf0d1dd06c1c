import type { ItemInput } from '../src/content/item.ts'
import { withDataFolder } from './data-folder.ts'
import { median, ms } from './figures.ts'
import { hourOfSpeech } from './hour-text.ts'
import { startProduct } from './product.ts'
import { submit, timeGet } from './requests.ts'
import type { Row } from './table.ts'
import { talks, wordsOf } from './talks.ts'

const GETS = 15
/** What the page of a run may weigh and take. */
const MOST_MS = 150
const MOST_BYTES = 500_000

/** Pages of the longest talk and of three hours of speech: how long they take to be served, and what they weigh. */
export async function pages({ folder: given }: { folder: string | undefined }): Promise<Row[]> {
  return withDataFolder(async (folder) => {
    const server = await startProduct(folder)
    const rows: Row[] = []
    const long: ItemInput = {
      id: 'three hours',
      kind: 'talk',
      title: 'three hours of speech',
      language: 'en',
      transcripts: [{ text: ['one', 'two', 'three'].map((hour) => hourOfSpeech(hour)).join('\n') }],
    }
    for (const item of [...talks(given).slice(0, 1), long]) {
      const { runId } = await submit(server.url, item)
      const words = `${wordsOf(item)} words`
      rows.push(
        await measure(`page of the run of "${item.title}"`, `${server.url}/runs/${runId}`, words),
        await measure(`page of "${item.title}"`, `${server.url}/items/${encodeURIComponent(item.id ?? '')}`, words),
      )
    }
    await server.stop()
    return rows
  })
}

async function measure(what: string, url: string, words: string): Promise<Row> {
  const times: number[] = []
  for (let n = 0; n < GETS; n++) times.push(await timeGet(url))
  const bytes = (await (await fetch(url)).arrayBuffer()).byteLength
  return {
    what,
    bar: '< 150 ms, < 500 kB',
    figure: `${ms(median(times))}, ${Math.round(bytes / 1000)} kB`,
    holds: median(times) < MOST_MS && bytes < MOST_BYTES,
    note: `${words}; ${GETS} requests over HTTP, the longest ${ms(Math.max(...times))}`,
  }
}
