import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PAGE_POLICY } from '../../../src/http/pages/parts/page-response.ts'
import { ATTACK, openSite, type Site } from '../../support/site.ts'

const HTML = { accept: 'text/html' }
const FORM = { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost', ...HTML }
let site: Site

beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

const get = (path: string) => Promise.resolve(site.app.request(path, { headers: HTML }))
const post = (path: string, body = '', headers: Record<string, string> = FORM) =>
  Promise.resolve(site.app.request(path, { method: 'POST', headers, body }))
const runs = async () => (await site.service.repositories.runs.list({}, { limit: 200 })).entries

describe('what a reader can do with a run', () => {
  it("is offered on the run's page and on those of its steps, once the run has ended", async () => {
    const { reviewed } = site.runs
    expect(await (await get(`/runs/${reviewed}`)).text()).toContain(`action="/runs/${reviewed}/replay"`)
    expect(await (await get(`/runs/${reviewed}/steps/topics.0`)).text()).toContain(`action="/runs/${reviewed}/fork"`)
  })

  it('is not offered while the run is under way, and is refused', async () => {
    const slow = await site.startSlow('acted-on')
    await expect.poll(async () => (await get(`/runs/${slow}/steps/topics.0`)).status, { timeout: 20_000 }).toBe(200)
    for (const page of [`/runs/${slow}`, `/runs/${slow}/steps/topics.0`])
      expect(await (await get(page)).text()).not.toMatch(/action="[^"]+\/(replay|fork)"/)
    const refused = [await post(`/runs/${slow}/replay`), await post(`/runs/${slow}/fork`, 'at=topics.0')]
    site.release()
    await site.service.runs.idle()
    expect(refused.map(({ status }) => status)).toEqual([409, 409])
  })

  it('is refused from a page of another site, and from a request that does not say where it comes from', async () => {
    const { reviewed } = site.runs
    const before = await runs()
    const { origin: _, ...unnamed } = FORM
    for (const headers of [{ ...FORM, origin: 'https://evil.example' }, { ...FORM, origin: 'null' }, unnamed]) {
      expect((await post(`/runs/${reviewed}/replay`, '', headers)).status).toBe(403)
      expect((await post(`/runs/${reviewed}/fork`, 'at=topics.0', headers)).status).toBe(403)
    }
    expect(await runs()).toEqual(before)
  })
})

describe('a run that is deleted while its page is open', { timeout: 60_000 }, () => {
  it('has no pages any more, nor have its steps and calls, and its forms answer that it is gone', async () => {
    const { attacked, reviewed } = site.runs
    const run = `/runs/${attacked}`
    const pages = [run, `${run}/steps/topics.0`, `${run}/exchanges/topics.0.chat.0`, `${run}/diff/${reviewed}`]
    for (const page of pages) expect((await get(page)).status, page).toBe(200)
    const { itemId } = (await site.service.repositories.runs.get(attacked)) ?? { itemId: '' }
    const item = `/v1/items/${encodeURIComponent(itemId)}`
    expect((await site.app.request(item, { method: 'DELETE' })).status).toBe(204)
    for (const page of pages) expect((await get(page)).status, page).toBe(404)
    for (const [form, body] of [['replay'], ['fork', 'at=topics.0'], ['cancel']] as const)
      expect((await post(`${run}/${form}`, body)).status, form).toBe(404)
  })
})

describe('replaying from the page of a run', { timeout: 60_000 }, () => {
  it('says that the replay is identical, and changes nothing', async () => {
    const { reviewed } = site.runs
    const before = await runs()
    const response = await post(`/runs/${reviewed}/replay`)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-security-policy')).toBe(PAGE_POLICY)
    const html = await response.text()
    expect(html).toMatch(/<h1>.+identical.+<\/h1>/)
    expect(html).toContain('makes the same of the answers')
    expect(await runs()).toEqual(before)
  })

  it('says where the replay diverges, in which class and how, and continues after that', async () => {
    const { failed } = site.runs
    const html = await (await post(`/runs/${failed}/replay`)).text()
    expect(html).toMatch(/<h1>.+diverged.+<\/h1>/)
    expect(html).toContain(`<a href="/runs/${failed}/steps/segment.0">segment.0</a>: state update differs`)
    expect(html).toContain('<code>/error</code>')
    const steps = [...html.matchAll(/<h3>(?:<a [^>]+>)?(\w+)\.0/g)].map(([, node]) => node)
    expect(steps.slice(0, 4)).toEqual(['segment', 'plan', 'neighbours', 'attributes'])
    expect(html).not.toContain(ATTACK)
    const past = await (await post(`/runs/${failed}/replay`, 'nearest=on')).text()
    expect(past).toMatch(/<h1>.+diverged.+<\/h1>/)
  })

  it('leads back to the run if its address is opened, and answers with 404 for an unknown run', async () => {
    const { reviewed } = site.runs
    const response = await get(`/runs/${reviewed}/replay`)
    expect([response.status, response.headers.get('location')]).toEqual([303, `/runs/${reviewed}`])
    expect((await post('/runs/none/replay')).status).toBe(404)
  })
})

describe('forking from the page of a step', { timeout: 60_000 }, () => {
  it('leads to the page of the fork, which says that it is one and how it differs', async () => {
    const { reviewed } = site.runs
    const response = await post(`/runs/${reviewed}/fork`, 'at=topics.0&model=')
    expect(response.status).toBe(303)
    const path = response.headers.get('location') ?? ''
    await site.service.runs.idle()
    const html = await (await get(path)).text()
    expect(html).toContain('A fork: nothing of it is published.')
    const shown = (call: string) => new RegExp(`aria-label="${call}".+?</tr>`).exec(html)?.[0]
    expect(shown('summary.0.chat.0')).toContain('· served')
    expect(shown('topics.0.chat.0')).not.toContain('served')
    expect(html).toContain(`<a href="/runs/${reviewed}">run ${reviewed.slice(-8)}</a>, live at topics.0`)
    const diff = /href="(\/runs\/[^"]+\/diff\/[^"]+)"/.exec(html)?.[1] ?? ''
    expect(diff).toBe(`/runs/${reviewed}/diff/${path.split('/').at(-1)}`)
    expect((await get(diff)).status).toBe(200)
  })

  it('says why a fork is not possible, and what to do', async () => {
    const { reviewed, failed } = site.runs
    const never = await post(`/runs/${failed}/fork`, 'at=topics.0')
    expect(never.status).toBe(422)
    expect(await never.text()).toMatch(
      /topics\.0 was never visited .+; it visited intake\.0, transcript\.0, segment\.0/,
    )
    expect((await post(`/runs/${reviewed}/fork`, 'model=m')).status).toBe(422)
    expect((await post(`/runs/${reviewed}/fork`, 'at=')).status).toBe(422)
    expect((await post('/runs/none/fork', 'at=topics.0')).status).toBe(404)
  })
})
