import { setTimeout as delay } from 'node:timers/promises'
import { withDataFolder } from './data-folder.ts'
import { median, megabytes, ms, percentile, seconds } from './figures.ts'
import { startProduct } from './product.ts'
import { submit, timeGet } from './requests.ts'
import type { Row } from './table.ts'
import { talks, wordsOf } from './talks.ts'

const WARM_UP = {
  id: 'warm-up',
  kind: 'talk' as const,
  title: 'Tides',
  language: 'en',
  transcripts: [
    { text: 'The moon pulls the sea. Twice a day the tide comes in, and twice it goes out again, along every coast.' },
  ],
}
const BETWEEN_GETS_MS = 20

/**
 * An hour of speech end to end with the embedded engine, by the built product in a process of its own, over HTTP; meanwhile other
 * requests are timed. The folder's creation is measured apart, by a process that does nothing else.
 */
export async function hour({ folder: given }: { folder: string | undefined }): Promise<Row[]> {
  return withDataFolder(async (folder) => {
    const started = performance.now()
    const creator = await startProduct(folder)
    const createdMs = performance.now() - started
    await submit(creator.url, WARM_UP)
    const creation = creator.usage()
    await creator.stop()

    const rows: Row[] = [
      {
        what: 'creation of a data folder, peak RSS',
        bar: '',
        figure: megabytes(creation.peakRss),
        holds: null,
        note: `${seconds(createdMs)} with loading the code`,
      },
    ]
    for (const item of talks(given)) {
      const server = await startProduct(folder)
      await submit(server.url, { ...WARM_UP, id: 'warm-up again', title: 'The tides' })
      const before = server.usage()
      const working = submit(server.url, item)
      const gets: number[] = []
      let done = false
      void working
        .finally(() => {
          done = true
        })
        .catch(() => undefined)
      const paths = ['/v1/items', '/v1/items/warm-up/understanding', '/v1/items/warm-up']
      for (let n = 0; !done; n++) {
        gets.push(await timeGet(`${server.url}${paths[n % paths.length]}`))
        await delay(BETWEEN_GETS_MS)
      }
      const { ms: tookMs, outcome } = await working
      const after = server.usage()
      await server.stop()
      const what = `"${item.title}"`
      rows.push(
        {
          what: `${what}, end to end`,
          bar: '<= 8 s (aim 5 s)',
          figure: seconds(tookMs),
          holds: tookMs <= 8000,
          note: `${wordsOf(item)} words, ${outcome}; CPU ${seconds(after.cpuMs - before.cpuMs)} over all threads`,
        },
        {
          what: `${what}, peak RSS`,
          bar: '<= 1.2 GB',
          figure: megabytes(after.peakRss),
          holds: after.peakRss <= 1.2e9,
          note: 'on an existing data folder',
        },
        {
          what: `${what}, other GETs meanwhile, p95`,
          bar: '< 50 ms',
          figure: ms(percentile(gets, 0.95)),
          holds: percentile(gets, 0.95) < 50,
          note: `${gets.length} requests, median ${ms(median(gets))}, longest ${ms(Math.max(...gets))}`,
        },
      )
    }
    return rows
  })
}
