import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LoadOptions, loadItems } from '../../../src/cli/input/load-items.ts'
import { explainError } from '../../../src/cli/terminal/exit-code.ts'
import type { Fetcher } from '../../../src/ingest/fetch/fetcher.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linernotes-cli-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** A fetcher that answers every address with `body`. After redirects the address is `to`. */
const answering = (body: string, to?: string): Fetcher => ({
  fetch: async ({ url }) => ({
    url: to ?? url,
    status: 200,
    contentType: null,
    validators: { etag: null, lastModified: null },
    bytes: Buffer.from(body),
  }),
  validators: async () => null,
})

function load(name: string, options: Partial<LoadOptions> = {}, { stdin = '', fetcher = answering('') } = {}) {
  const deps = {
    stdin: Readable.from([Buffer.from(stdin)]),
    fetcher: () => fetcher,
    signal: new AbortController().signal,
    maxChars: 100_000,
  }
  return loadItems(name, { overrides: {}, dropHeadings: false, ...options }, deps)
}

/** The exit code and the line with which a source is refused. */
async function refusal(name: string, options: Partial<LoadOptions> = {}) {
  const error = await load(name, options).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  return explainError(error)
}

const VTT = 'WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ada>Bees dance in the dark of the hive.\n'
const FEED = `<?xml version="1.0"?><rss version="2.0"><channel><title>Hives</title>
<item><title>On bees</title><guid>g-1</guid><link>/one</link></item>
<item><title>On bees and wasps</title><guid>g-2</guid></item>
<item><title>On 1 queen</title><guid>3</guid></item></channel></rss>`

describe('a transcript', () => {
  it('is recognised by its content, whatever its name', async () => {
    const { items } = await load(file('misnamed.txt', VTT))
    expect(items).toMatchObject([{ kind: 'talk', title: '', transcripts: [{ type: 'text/vtt' }] }])
  })

  it('takes the metadata beside it, and prefers what the user says', async () => {
    file('ep.item.json', '{"id":"ep-1","kind":"song","title":"Beside","language":"en"}')
    const path = file(
      'ep.md',
      '---\ntitle: In front\ndate: 2026-01-31\ntags: [x]\n---\n# One\n\nBees dance in the dark.\n',
    )
    const { items, notes } = await load(path, { overrides: { title: 'Said' } })
    expect(items[0]).toMatchObject({ id: 'ep-1', kind: 'song', title: 'Said', publishedAt: '2026-01-31T00:00:00.000Z' })
    expect(notes.join()).toContain('ep.item.json')
  })

  it('takes title and date from its front matter, but not summary and tags', async () => {
    const text = '---\ntitle: In front\nsummary: Secret words\ntags: [honey]\n---\n# One\n\nBees dance in the dark.\n'
    const { items } = await load(file('front.md', text))
    expect(items[0]).toMatchObject({ title: 'In front', description: '' })
    expect(items[0]?.categories).toBeUndefined()
  })

  it('loses its headings if that is asked for', async () => {
    const path = file('headed.md', '# Chapter one\n\nBees dance.\n\nChapter two\n-----------\n\nHives hum.\n')
    const texts = async (dropHeadings: boolean) => (await load(path, { dropHeadings })).items[0]?.transcripts[0]?.text
    expect(await texts(false)).toContain('Chapter two')
    expect(await texts(true)).not.toContain('Chapter')
    expect(await texts(true)).toContain('Hives hum.')
  })

  it('is also read from stdin and from an address', async () => {
    expect((await load('-', {}, { stdin: VTT })).items[0]?.transcripts).toHaveLength(1)
    const fetched = await load('https://a.example/t', {}, { fetcher: answering(VTT, 'https://b.example/t.vtt') })
    expect(fetched.items[0]).toMatchObject({ url: 'https://b.example/t.vtt', transcripts: [{ type: 'text/vtt' }] })
  })
})

describe('an item as JSON', () => {
  it('is taken without changes', async () => {
    const { items } = await load(file('whole.json', '{"kind":"talk","title":"T","transcripts":[{"text":"Bees."}]}'))
    expect(items[0]).toMatchObject({ title: 'T', transcripts: [{ text: 'Bees.' }] })
  })

  it('finds its transcript beside it', async () => {
    file('pair.vtt', VTT)
    const { items } = await load(file('pair.item.json', '{"kind":"video","title":"P"}'))
    expect(items[0]).toMatchObject({ kind: 'video', transcripts: [{ type: 'text/vtt' }] })
  })

  it('loses the headings of transcripts that it contains, and says that linked transcripts keep theirs', async () => {
    const inline = { text: '# Chapter one\n\nBees dance.\n\n## Chapter two\n\nHives hum.\n', language: 'en' }
    const item = (transcripts: object[]) =>
      file('headed.json', JSON.stringify({ kind: 'talk', title: 'T', transcripts }))
    const own = await load(item([inline]), { dropHeadings: true })
    expect(own.items[0]?.transcripts[0]).toMatchObject({ text: expect.stringContaining('Hives hum.'), language: 'en' })
    expect(own.items[0]?.transcripts[0]?.text).not.toContain('Chapter')
    expect(own.notes).toEqual([])
    const other = await load(item([inline, { url: 'https://a.example/t.md' }]), { dropHeadings: true })
    expect(other.notes).toEqual([expect.stringContaining('--drop-headings')])
  })

  it.each([
    ['with lines that end as those of Windows do', { text: '# Chapter one\r\n\r\nBees dance.\r\n' }],
    ['that only its type tells from plain text', { text: 'Chapter one\n---\n\nBees dance.\n', type: 'text/markdown' }],
  ])('loses the headings of a transcript %s', async (_, transcript) => {
    const path = file('marked.json', JSON.stringify({ kind: 'talk', title: 'T', transcripts: [transcript] }))
    const { items } = await load(path, { dropHeadings: true })
    expect(items[0]?.transcripts[0]?.text?.trim()).toBe('Bees dance.')
  })

  it('keeps a transcript that cannot be read, so that the document can say why', async () => {
    const rss = { text: '<rss version="2.0"></rss>' }
    const path = file('unread.json', JSON.stringify({ kind: 'talk', title: 'T', transcripts: [rss] }))
    expect((await load(path, { dropHeadings: true })).items[0]?.transcripts).toEqual([rss])
  })

  it('is refused with the names of all members that are wrong', async () => {
    const { line, exitCode } = await refusal(file('wrong.json', '{"kind":"opera","title":3,"x":1}'))
    expect(exitCode).toBe(1)
    for (const place of ['/kind', '/title', '/x: is not known; there are id, ']) expect(line).toContain(place)
  })

  it('is not confused with a transcript in JSON', async () => {
    const json = '{"version":"1.0.0","segments":[{"startTime":0,"endTime":2,"body":"Bees dance."}]}'
    expect((await load(file('t.json', json))).items[0]?.transcripts[0]?.type).toBe('application/json')
  })
})

describe('a feed', () => {
  const feed = () => file('feed.txt', FEED)

  it.each([
    ['1', 'On bees'],
    ['3', 'On 1 queen'],
    ['g-2', 'On bees and wasps'],
    ['on bees', 'On bees'],
    ['WASPS', 'On bees and wasps'],
  ])('gives the episode that "%s" names', async (episode, title) => {
    expect((await load(feed(), { episode })).items.map((item) => item.title)).toEqual([title])
  })

  it('gives all its episodes, with links resolved against its address', async () => {
    const { items } = await load('https://a.example/feed', { all: true }, { fetcher: answering(FEED) })
    expect(items).toHaveLength(3)
    expect(items[0]?.url).toBe('https://a.example/one')
  })

  it('lists its episodes if none is chosen, or if none or several match', async () => {
    await expect(load(feed())).rejects.toMatchObject({ exitCode: 2, details: expect.stringContaining('On 1 queen') })
    await expect(load(feed(), { episode: 'ants' })).rejects.toMatchObject({
      exitCode: 2,
      details: expect.stringContaining('On bees'),
    })
    await expect(load(feed(), { episode: 'bee' })).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('2 episodes'),
    })
  })

  it.each<[Partial<LoadOptions>, RegExp]>([
    [{ all: true, episode: '1' }, /leave out --episode/],
    [{ all: true, overrides: { id: 'one' } }, /--id is for one item/],
    [{ all: true, overrides: { title: 'One' } }, /--title is for one item/],
  ])('is refused with %j, which would have no effect', async (options, says) => {
    expect(await refusal(feed(), options)).toMatchObject({ exitCode: 2, line: expect.stringMatching(says) })
  })

  it('is needed for --episode', async () => {
    expect(await refusal(file('no-feed.vtt', VTT), { episode: '1' })).toMatchObject({ exitCode: 2 })
  })
})

describe('a source that cannot be read', () => {
  it.each<[string, string | Uint8Array, RegExp]>([
    ['empty.txt', '', /empty/],
    ['blank.txt', ' \n\ufeff\n', /empty/],
    ['noise.bin', Uint8Array.from({ length: 4000 }, (_, n) => (n * 7919) % 32), /binary/],
    ['sound.mp3', 'ID3\u0004xxxxxxxxxxxx', /MP3/],
    ['silent.vtt', 'WEBVTT\n\n00:01.000 --> 00:02.000\n...\n', /no words/],
    ['broken.json', '{"version":"1.0.0","segments":[{', /broken/],
    ['deep.json', '['.repeat(200_000), /deep/],
    ['none.xml', '<rss version="2.0"><channel><title>x</title></channel></rss>', /no episodes/],
    ['atom.xml', '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"></feed>', /Atom/],
  ])('is refused in one line: %s', async (name, content, says) => {
    const { line, exitCode } = await refusal(file(name, content))
    expect(exitCode).toBe(1)
    expect(line).toMatch(says)
    expect(line).not.toMatch(/\n|unexpected/)
  })

  it('is refused by its size before it is read', async () => {
    const path = file('huge.txt', 'x')
    truncateSync(path, 200 * 1024 * 1024)
    const before = process.memoryUsage().rss
    expect(await refusal(path)).toMatchObject({ exitCode: 1, line: expect.stringContaining('200 MB') })
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
  })

  it('is bad use if there is no such file', async () => {
    expect(await refusal(join(folder, 'nothing'))).toMatchObject({
      exitCode: 2,
      line: expect.stringContaining('there is no file'),
    })
    expect(await refusal(folder)).toMatchObject({ exitCode: 2, line: expect.stringContaining('is a folder') })
  })
})
