import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Item } from '../../../src/content/item.ts'
import { FeedError, isFeed } from '../../../src/ingest/feed/feed-bytes.ts'
import { readFeed } from '../../../src/ingest/feed/read-feed.ts'

const rss = (channel: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:psc="http://podlove.org/simple-chapters"><channel><title>Ground &amp; Level</title>${channel}</channel></rss>`

const episode = `<item>
  <title>The road for bees</title><guid isPermaLink="false"> ep-41 </guid><link>/episodes/41</link>
  <pubDate>Fri, 09 Oct 2020 04:30:38 +0200</pubDate>
  <description>Short.</description>
  <content:encoded><![CDATA[<p>Longer &amp; with <b>bold</b>.</p><ul><li>one</li><li>two</li></ul><script>x()</script>]]></content:encoded>
  <enclosure url="https://cdn.example.com/41.mp3" length="1" type="audio/mpeg"/>
  <itunes:duration>1:02:03</itunes:duration><itunes:explicit>yes</itunes:explicit><itunes:image href="https://cdn.example.com/41.jpg"/>
  <podcast:transcript url="https://cdn.example.com/41.vtt" type="text/vtt" language="en_gb" rel="captions"/>
  <podcast:transcript url="/41.json" type="application/json"/>
  <podcast:transcript url="javascript:alert(1)" type="text/html"/>
  <podcast:chapters url="https://cdn.example.com/41-chapters.json" type="application/json+chapters"/>
  <psc:chapters><psc:chapter start="00:01:00.500" title="Roof"/></psc:chapters>
</item>`

const failure = (xml: string | Uint8Array) => {
  try {
    readFeed(xml)
  } catch (error) {
    if (error instanceof FeedError) return error
    throw error
  }
  throw new Error('was read')
}

describe('a feed', () => {
  it('becomes items with everything that its namespaces say', () => {
    const { show, items, warnings } = readFeed(
      rss(
        `<language>en-us</language><itunes:author>Maren</itunes:author><podcast:guid>g-1</podcast:guid><itunes:category text="Science"><itunes:category text="Nature"/></itunes:category>${episode}`,
      ),
      { baseUrl: 'https://show.example.com/feed.xml' },
    )
    expect(show).toEqual({ kind: 'show', id: 'g-1', title: 'Ground & Level', publisher: 'Maren' })
    expect(items).toEqual([
      {
        kind: 'podcast_episode',
        title: 'The road for bees',
        description: 'Longer & with bold.\n\none\ntwo',
        guid: 'ep-41',
        url: 'https://show.example.com/episodes/41',
        language: 'en-US',
        publishedAt: '2020-10-09T02:30:38.000Z',
        durationMs: 3_723_000,
        explicit: true,
        parent: show,
        categories: ['Science', 'Nature'],
        transcripts: [
          { url: 'https://cdn.example.com/41.vtt', type: 'text/vtt', language: 'en-GB', rel: 'captions' },
          { url: 'https://show.example.com/41.json', type: 'application/json' },
        ],
        chapters: [{ startMs: 60_500, title: 'Roof' }],
        chaptersUrl: 'https://cdn.example.com/41-chapters.json',
        audio: { url: 'https://cdn.example.com/41.mp3', type: 'audio/mpeg' },
        artwork: { url: 'https://cdn.example.com/41.jpg' },
      },
    ])
    expect(Item.safeParse(items[0]).success).toBe(true)
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatch(/^Episode 1 \("The road for bees"\): a transcript was dropped/)
  })

  it.each([
    ['music', 'song'],
    ['audiobook', 'audiobook_chapter'],
    ['video', 'video'],
    ['film', 'video'],
    ['podcast', 'podcast_episode'],
    ['newsletter', 'podcast_episode'],
  ])('gives items the kind of its medium: %s', (medium, kind) => {
    expect(readFeed(rss(`<podcast:medium>${medium}</podcast:medium>${episode}`)).items[0]?.kind).toBe(kind)
  })

  it.each([
    ['90', 90_000],
    ['90.4', 90_400],
    ['01:30', 90_000],
    ['0:01:30', 90_000],
    ['soon', undefined],
    ['-5', undefined],
    ['0', undefined],
  ])('reads the duration %s', (written, ms) => {
    expect(
      readFeed(rss(`<item><title>a</title><itunes:duration>${written}</itunes:duration></item>`)).items[0]?.durationMs,
    ).toBe(ms)
  })

  it('keeps an episode of which only the title is valid', () => {
    const { items, warnings } = readFeed(
      rss(
        '<language>English</language><item><title>t</title><link>ftp://x/y</link><pubDate>yesterday</pubDate><enclosure url="not a url" type="audio/mpeg" length="0"/></item>',
      ),
    )
    expect(items[0]).toMatchObject({ title: 't', transcripts: [] })
    expect(Item.safeParse(items[0]).success).toBe(true)
    expect(warnings).toHaveLength(4)
  })

  it('is read in the encoding that its XML declares, also if the encoding stops being valid', () => {
    const latin = Buffer.from(rss('<item><title>Caf\xe9</title></item>').replace('UTF-8', 'ISO-8859-1'), 'latin1')
    expect(readFeed(latin).items[0]?.title).toBe('Café')
    const cut = rss(`${episode}<item><title>half`).slice(0, -30)
    const { items, warnings } = readFeed(cut, { baseUrl: 'https://show.example.com/' })
    expect(items[0]?.title).toBe('The road for bees')
    expect(warnings.join()).toMatch(/breaks off/)
  })
})

describe('a feed among other files', () => {
  const feed = rss(episode)
  const [declaration = '', ...rest] = feed.split('\n')
  it.each<[string, Uint8Array]>([
    ['as it is', Buffer.from(feed)],
    ['behind a mark of byte order', Buffer.from(`\uFEFF${feed}`)],
    ['in UTF-16', Buffer.from(`\uFEFF${feed.replace('UTF-8', 'UTF-16')}`, 'utf16le')],
    ['behind a long comment', Buffer.from(`${declaration}<!-- ${'about > this '.repeat(1000)}-->${rest.join('\n')}`)],
    ['with declarations', Buffer.from(`${declaration}<!DOCTYPE rss [<!ENTITY nbsp "&#160;">]>${rest.join('\n')}`)],
  ])('is recognised %s', (_, bytes) => {
    expect(isFeed(bytes)).toBe(true)
    expect(readFeed(bytes).items[0]?.title).toBe('The road for bees')
  })

  it.each(['WEBVTT\n', '<!doctype html><html><rss></html>', 'What is <rss> after all?', '<!-- a -->'.repeat(5000)])(
    'is not seen in %.20j',
    (text) => expect(isFeed(Buffer.from(text))).toBe(false),
  )
})

describe('a file that is no feed', () => {
  it.each<[string, string, FeedError['kind']]>([
    ['nothing', ' ', 'empty'],
    ['a web page', '<!doctype html><html><body>hi</body></html>', 'not_a_feed'],
    ['prose', 'hello', 'not_a_feed'],
    ['JSON', '{"a":1}', 'not_a_feed'],
    ['Atom', '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>a</title></feed>', 'not_a_feed'],
    ['RSS without a channel', '<rss version="2.0"></rss>', 'broken'],
    ['RSS that was cut off', '<rss version="2.0"><chan', 'broken'],
    ['broken XML', '<rss version="2.0"><channel><title>&unknown; <b>x</b>', 'broken'],
    ['a show without episodes', rss(''), 'no_episodes'],
  ])('is refused in one line that says what is wrong: %s', (_, xml, kind) => {
    const error = failure(xml)
    expect(error.kind).toBe(kind)
    expect(error.message).toMatch(/^[^\n]+\.$/)
  })

  it('is refused if it is too large, and an entity bomb does no harm', () => {
    expect(failure(new Uint8Array(65 * 1024 * 1024)).kind).toBe('too_large')
    const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${'bcdefgh'
      .split('')
      .map((name, at) => `<!ENTITY ${name} "${`&${'abcdefg'[at]};`.repeat(10)}">`)
      .join('')}]><rss version="2.0"><channel><title>&h;</title><item><title>&h;</title></item></channel></rss>`
    try {
      expect(JSON.stringify(readFeed(bomb)).length).toBeLessThan(10_000)
    } catch (error) {
      expect(error).toBeInstanceOf(FeedError)
    }
  })
})

const field = fc.constantFrom(
  'title',
  'link',
  'description',
  'guid',
  'pubDate',
  'itunes:duration',
  'itunes:explicit',
  'itunes:summary',
  'category',
  'itunes:image',
  'enclosure',
  'podcast:transcript',
  'podcast:chapters',
)
const value = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.constantFrom(
    'https://x.example/a',
    '-1',
    '1e300',
    '99999999999999',
    'NaN',
    '0000',
    '<p>',
    '&lt;p&gt;',
    '\ud800',
    'Mon, 99 Foo 2020',
  ),
  fc.webUrl(),
)
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)

describe('any content of a feed', () => {
  it('gives valid items, or a FeedError', () => {
    const items = fc.array(fc.array(fc.tuple(field, value), { maxLength: 8 }), { maxLength: 5 })
    fc.assert(
      fc.property(items, (episodes) => {
        const xml = rss(
          episodes
            .map(
              (fields) =>
                `<item>${fields.map(([name, text]) => `<${name} url="${escaped(text)}" href="${escaped(text)}" type="audio/mpeg">${escaped(text)}</${name}>`).join('')}</item>`,
            )
            .join(''),
        )
        try {
          for (const item of readFeed(xml).items) expect(Item.safeParse(item).error).toBeUndefined()
        } catch (error) {
          if (!(error instanceof FeedError)) throw error
        }
      }),
      { numRuns: 200 },
    )
  })
})
