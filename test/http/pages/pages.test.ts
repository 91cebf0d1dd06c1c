import { parseDocument } from 'htmlparser2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../../src/http/app.ts'
import { PAGE_POLICY } from '../../../src/http/pages/parts/page-response.ts'
import type { Search } from '../../../src/search/search-items.ts'
import { silent } from '../../support/service.ts'
import { ATTACK, openSite, type Site } from '../../support/site.ts'

type Node = ReturnType<typeof parseDocument>['children'][number]
interface Element {
  name: string
  attribs: Record<string, string>
}

const HTML = { accept: 'text/html' }
const FORM = { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost', ...HTML }
let site: Site
const get = (path: string) => Promise.resolve(site.app.request(path, { headers: HTML }))

beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

function elements(html: string): Element[] {
  const found: Element[] = []
  const visit = (node: Node) => {
    if ('attribs' in node) found.push({ name: node.name, attribs: node.attribs })
    if ('children' in node) for (const child of node.children) visit(child)
  }
  for (const child of parseDocument(html).children) visit(child)
  return found
}

/** Every page that can be reached by links from the start, with what it links to. */
async function crawl(): Promise<Map<string, { status: number; html: string; policy: string | null }>> {
  const pages = new Map<string, { status: number; html: string; policy: string | null }>()
  const waiting = ['/']
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (pages.has(path)) continue
    const response = await get(path)
    const isPage = response.headers.get('content-type')?.startsWith('text/html') === true && !path.startsWith('/docs')
    const html = isPage ? await response.text() : ''
    pages.set(path, { status: response.status, html, policy: response.headers.get('content-security-policy') })
    for (const { attribs } of elements(html))
      for (const address of [attribs.href, attribs.src]) {
        if (address === undefined || address.startsWith('#')) continue
        const url = new URL(address, `http://localhost${path}`)
        expect(url.host, `${path} links to ${address}`).toBe('localhost')
        waiting.push(url.pathname + url.search)
      }
  }
  return pages
}

describe('a search for items', () => {
  it('says that there may be more to find if the index is behind', async () => {
    const html = async (behind: number) => {
      const search: Search = async (query) => ({ ...(await site.service.search(query)), behind })
      const app = createApp({ service: { ...site.service, search }, log: silent, version: '1.2.3' })
      return (await app.request('/items?q=looms', { headers: HTML })).text()
    }
    expect(await html(3)).toContain('The similarity index is behind by 3 changes: there may be more to find later.')
    expect(await html(0)).not.toContain('behind')
  })

  it('marks the words of the question in what it found, and no others', async () => {
    const item = await site.service.repositories.items.get('looms')
    if (item === null) throw new Error('the site has its first item no more')
    const [quote, start] = ['The first looms read their pattern from cards.', 14]
    const segment = { segment: 0, score: 1, text: null, startMs: null, endMs: null, start, end: start + quote.length }
    const marks = [{ start: start + 10, end: start + 15 }]
    const search: Search = async () => ({
      found: [{ item, score: 0.5, segments: [{ ...segment, quote, marks }] }],
      compared: 1,
      behind: 0,
      abstention: null,
    })
    const app = createApp({ service: { ...site.service, search }, log: silent, version: '1.2.3' })
    const html = await (await app.request('/items?q=looms', { headers: HTML })).text()
    expect(html).toContain('The first <mark>looms</mark> read their pattern from cards.')
  })

  it('says that nothing was compared if the embedder does not know the language of the text', async () => {
    const q = 'Wie wurden die Webstühle von Lyon mit Lochkarten gesteuert, und was sagten die Weber dazu?'
    const html = await (await site.app.request(`/items?q=${encodeURIComponent(q)}`, { headers: HTML })).text()
    expect(html).toContain('nothing was compared')
    expect(html).not.toContain('No item is like this')
  })
})

describe('all pages', () => {
  it('can be reached from the start, and no link leads nowhere', async () => {
    const pages = await crawl()
    const dead = [...pages].filter(([, { status }]) => status !== 200).map(([path, { status }]) => `${status} ${path}`)
    expect(dead).toEqual([])
    const shown = [...pages.keys()]
    for (const kind of ['/items', '/runs', '/reviews', '/settings', '/docs']) expect(shown).toContain(kind)
    for (const run of Object.values(site.runs)) expect(shown).toContain(`/runs/${run}`)
    expect(shown.filter((path) => path.includes('/exchanges/')).length).toBeGreaterThan(20)
    expect(shown.filter((path) => path.includes('/steps/')).length).toBeGreaterThan(20)
  })

  it('show markup from titles, transcripts and answers as text, and contain no scripts and no styles from it', async () => {
    let shown = 0
    for (const [path, { html, policy }] of await crawl()) {
      if (html === '') continue
      expect(policy, path).toBe(PAGE_POLICY)
      shown += Number(html.includes('&lt;script&gt;window.hacked=1'))
      for (const { name, attribs } of elements(html)) {
        const active = Object.keys(attribs).filter((attribute) => /^(on|style$|srcdoc$)/.test(attribute))
        expect(active, `${path}: <${name}>`).toEqual([])
        if (name === 'script') expect(attribs.src, path).toMatch(/^\/assets\/pages\.js\?v=/)
        expect(attribs.href ?? '', path).not.toMatch(/^\s*(javascript|data|vbscript):/i)
        expect(['iframe', 'object', 'embed', 'base', 'style'], path).not.toContain(name)
      }
    }
    expect(shown).toBeGreaterThan(5)
  })

  it('have one heading of the first level, a language, landmarks, and headers in every table', async () => {
    for (const [path, { html }] of await crawl()) {
      if (html === '') continue
      const all = elements(html)
      const named = (name: string) => all.filter((element) => element.name === name)
      expect(named('h1'), path).toHaveLength(1)
      expect(named('html')[0]?.attribs.lang, path).toBe('en')
      for (const landmark of ['header', 'nav', 'main', 'footer']) expect(named(landmark), path).not.toEqual([])
      expect(named('th').length, path).toBeGreaterThanOrEqual(named('table').length)
      for (const { attribs } of named('th')) expect(attribs.scope, path).toMatch(/^(row|col)$/)
      // Where there is a way here, it ends with the page itself.
      const [trail] = /<nav class="trail".*?<\/nav>/s.exec(html) ?? []
      if (trail !== undefined)
        expect(trail, path).toMatch(/<li><span aria-current="page">[^<]+<\/span><\/li><\/ol><\/nav>$/)
      const ids = all.flatMap(({ attribs }) => attribs.id ?? [])
      expect(ids.length, path).toBe(new Set(ids).size)
      // What a page links to in itself is there.
      for (const { attribs } of all)
        if (attribs.href?.startsWith('#')) expect(ids, path).toContain(decodeURIComponent(attribs.href.slice(1)))
    }
  })
})

describe('the page of an error', () => {
  it.each([
    ['/items/none', 404],
    ['/items/looms?version=99', 404],
    ['/runs/none', 404],
    ['/nowhere', 404],
    ['/items?cursor=abc', 400],
    ['/items?status=broken', 400],
    ['/runs?status=broken', 400],
  ])('answers %s with %i and a way on', async (path, status) => {
    const response = await get(path)
    expect(response.status).toBe(status)
    const html = await response.text()
    expect(elements(html).map(({ attribs }) => attribs.href)).toContain('/items')
    expect(response.headers.get('content-security-policy')).toBe(PAGE_POLICY)
  })

  it('says so if the server failed, and tells nothing of its inside', async () => {
    const { service } = site
    const { createApp } = await import('../../../src/http/app.ts')
    const broken = new Proxy(service.repositories.items, {
      get: () => () => Promise.reject(new Error('the secret inside')),
    })
    const repositories = { ...service.repositories, items: broken }
    const app = createApp({ service: { ...service, repositories }, log: () => undefined, version: '0' })
    const response = await app.request('/items', { headers: HTML })
    expect(response.status).toBe(500)
    const html = await response.text()
    expect(html).toContain('<h1>')
    expect(html).not.toContain('secret')
  })

  it('is a problem document for programs', async () => {
    expect((await site.app.request('/runs/none')).headers.get('content-type')).toBe('application/problem+json')
    expect((await get('/v1/runs/none')).headers.get('content-type')).toBe('application/problem+json')
  })
})

describe('the page of an item', () => {
  it('marks the words that support a label, and leads to them', async () => {
    const html = await (await get('/items/looms')).text()
    const quoted = elements(html).filter(({ name, attribs }) => name === 'mark' && attribs.class !== 'said')
    expect(quoted.flatMap(({ attribs }) => attribs['data-labels']?.split(' '))).toContain('summary-claims-0')
    const quotes = elements(html).filter(({ attribs }) => attribs.class === 'quote')
    expect(quotes.length).toBeGreaterThan(0)
  })

  it('shows where a name is said outside its quotes, and explains the two kinds of ticks', async () => {
    const html = await (await get('/items/looms')).text()
    expect(html).toContain('Lyon: quoted once, at character 63; said once besides, at character 705')
    expect(html.match(/<mark class="said"[^>]*>Lyon<\/mark>/g)).toHaveLength(1)
    expect(html).toMatch(/quoted: the label rests on these words.+said: its name stands here too/)
  })

  it('says what was not answered, and that a person is asked', async () => {
    const html = await (await get('/items/looms')).text()
    expect(html).toContain('Not answered:')
    expect(html).toContain('awaiting review')
    expect(html).toMatch(/href="\/reviews#review-/)
  })

  it('shows places without words if rights allow only offsets', async () => {
    const html = await (await get('/items/offsets')).text()
    expect(html).toContain('allow no quotes')
    expect(html).toMatch(/characters \d+ to \d+/)
    for (const words of ['Charles Babbage', 'the chain of cards', 'burned several of the new looms'])
      expect(html).not.toContain(words)
  })

  it('says that there is no transcript', async () => {
    expect(await (await get('/items/bare')).text()).toContain('There is no transcript')
  })
})

describe('the page of a run', () => {
  it('shows what was sent back to a model, with a link to the call', async () => {
    const html = await (await get(`/runs/${site.runs.attacked}`)).text()
    expect(html).toContain('sent back:')
    expect(html).toContain(`/runs/${site.runs.attacked}/exchanges/topics.0.chat.0`)
    expect(html).not.toContain(ATTACK)
  })
})

describe('a run that is under way', () => {
  it('shows a step that waits for its first answer, with a link to its page', async () => {
    const run = await site.startSlow('waiting')
    const page = async (path = '') => (await get(`/runs/${run}${path}`)).text()
    await expect.poll(page).toMatch(/>attributes<\/a>.*?under way/s)
    expect(await page()).toMatch(/class="node open"/)
    expect(await page('/steps/attributes.0')).toContain('attributes.0')
    await site.service.runs.cancel(run)
    await site.service.runs.idle()
    expect(await page()).not.toContain('under way')
  })
})

describe('stopping a run', () => {
  it("is a form on the run's page, and leads back to that page", async () => {
    const run = await site.startSlow('stopped')
    const path = `/runs/${run}/cancel`
    expect((await site.app.request(path, { method: 'POST', headers: HTML })).status).toBe(403)
    const response = await site.app.request(path, { method: 'POST', headers: FORM })
    expect([response.status, response.headers.get('location')]).toEqual([303, `/runs/${run}`])
    site.release()
    await site.service.runs.idle()
    expect(await (await get(`/runs/${run}`)).text()).toMatch(/<h1>.*cancelled.*<\/h1>/)
    expect((await site.app.request('/runs/none/cancel', { method: 'POST', headers: FORM })).status).toBe(404)
  })
})

describe('two runs side by side', () => {
  it('have an address of their own, to which the form leads', async () => {
    const { reviewed, failed } = site.runs
    const response = await get(`/compare?a=${reviewed}&b=${failed}`)
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe(`/runs/${reviewed}/diff/${failed}`)
    const html = await (await get(`/runs/${reviewed}/diff/${failed}`)).text()
    expect(html).toContain('First difference: intake.0')
    expect(html).toContain('These are runs of two items')
    expect((await get('/compare?a=x')).status).toBe(400)
    expect((await get(`/runs/${reviewed}/diff/none`)).status).toBe(404)
  })

  it('show that a run compared with itself left the same in every step', async () => {
    const { reviewed } = site.runs
    const html = await (await get(`/runs/${reviewed}/diff/${reviewed}`)).text()
    expect(html).toContain('Every step left the same.')
    expect(html).toContain('Both have the same labels.')
  })
})

describe('deciding about a label', () => {
  const open = async () =>
    (await site.service.repositories.reviews.list({ status: 'open', itemId: 'looms' }, {})).entries

  it('is refused from a page of another site, and from a request that does not say where it comes from', async () => {
    const [review] = await open()
    const body = 'action=reject&by=Mo'
    const { origin: _, ...unnamed } = FORM
    for (const headers of [{ ...FORM, origin: 'https://evil.example' }, { ...FORM, origin: 'null' }, unnamed]) {
      const response = await site.app.request(`/reviews/${review?.id}`, { method: 'POST', headers, body })
      expect(response.status).toBe(403)
    }
    expect(await open()).toHaveLength(1)
  })

  it('needs the name of the person who decides', async () => {
    const [review] = await open()
    const response = await site.app.request(`/reviews/${review?.id}`, {
      method: 'POST',
      headers: FORM,
      body: 'action=reject&by=',
    })
    expect(response.status).toBe(422)
    expect(await response.text()).toContain('say who decides')
  })

  it('can amend the label by a form, leads to the next question, and lasts in a later version', async () => {
    const [review] = await open()
    const body = 'action=amend&by=Mo&note=history&prevalence=recurring&treatment=documentary&risk='
    const response = await site.app.request(`/reviews/${review?.id}`, { method: 'POST', headers: FORM, body })
    expect(response.status).toBe(303)
    const next = response.headers.get('location') ?? ''
    expect(next).toMatch(/^\/reviews\?decided=/)
    const html = await (await get(next)).text()
    expect(html).toContain('Mo decided: <b>amend</b>')
    await site.service.runs.idle()
    const item = await (await get('/items/looms')).text()
    expect(item).toContain('recurring, documentary')
    const again = await site.app.request(`/reviews/${review?.id}`, { method: 'POST', headers: FORM, body })
    expect(again.status).toBe(409)
    expect(await again.text()).toContain('that decision stands')
  })
})

describe('the page of settings', () => {
  it('says what answers, and shows no key', async () => {
    const html = await (await get('/settings')).text()
    expect(html).toContain('LINERNOTES_DATA_DIR')
    expect(html).toContain('OPENAI_API_KEY')
    expect(html).not.toContain('sk-of-a-test')
  })
})
