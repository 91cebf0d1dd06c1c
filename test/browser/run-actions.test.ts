import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSite, type Site } from '../support/site.ts'
import { listen, openBrowser, openPage, PHONE, picture, WIDE } from './browser.ts'
import { LOW_CONTRAST_TEXTS } from './low-contrast.ts'

let browser: Browser
let site: Site
let server: { url: string; stop(): Promise<void> }

beforeAll(async () => {
  site = await openSite()
  server = await listen(site)
  browser = await openBrowser()
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await site?.close()
})

describe('a run that is erased with its item while its page is open', () => {
  it('stays on the page as it was last known, which says that it is deleted', async () => {
    const run = await site.startSlow('erased')
    const { page, close } = await openPage(browser)
    await page.goto(`${server.url}/runs/${run}`)
    await page.locator('.waterfall tr.step', { hasText: 'topics' }).waitFor()
    expect((await site.app.request('/v1/items/erased', { method: 'DELETE' })).status).toBe(204)
    await page.getByText('This run has been deleted').waitFor()
    expect(await page.locator('h1').textContent()).toContain('Looms and numbers')
    expect(await page.locator('main').getAttribute('data-follows')).toBeNull()
    await picture(page, 'run-deleted-wide-light')
    await close()
  })
})

describe.each([
  ['wide', 'light', WIDE],
  ['phone', 'dark', PHONE],
] as const)('acting on a run without scripts, %s and %s', (size, colorScheme, viewport) => {
  async function open() {
    const seen = await openPage(browser, { viewport, colorScheme, javaScriptEnabled: false })
    const shows = async (name: string) => {
      const [inner, scroll] = [
        Number(await seen.page.evaluate('innerWidth')),
        Number(await seen.page.evaluate('document.documentElement.scrollWidth')),
      ]
      expect(scroll, `${name} scrolls sideways`).toBeLessThanOrEqual(inner)
      expect(await seen.page.evaluate(LOW_CONTRAST_TEXTS), `${name}: text that is hard to read`).toEqual([])
      await picture(seen.page, `${name}-${size}-${colorScheme}`)
    }
    return { ...seen, shows }
  }

  it('replays it: identical, or diverged where, and on past that', async () => {
    const { page, complaints, shows, close } = await open()
    await page.goto(`${server.url}/runs/${site.runs.reviewed}`)
    await page.getByRole('button', { name: "Replay with today's code" }).click()
    expect(await page.locator('h1 .badge').textContent()).toBe('identical')
    await shows('replay-identical')

    await page.goto(`${server.url}/runs/${site.runs.failed}`)
    await page.getByRole('button', { name: "Replay with today's code" }).click()
    expect(await page.locator('h1 .badge').textContent()).toBe('diverged')
    expect(await page.locator('.divergence h3').first().textContent()).toBe('segment.0: state update differs')
    await shows('replay-diverged')
    await page.locator('.divergence h3 a').first().click()
    expect(new URL(page.url()).pathname).toBe(`/runs/${site.runs.failed}/steps/segment.0`)
    expect(complaints).toEqual([])
    await close()
  })

  it("forks it at a step, and leads to the fork's page, which names where it comes from", async () => {
    const { page, complaints, shows, close } = await open()
    await page.goto(`${server.url}/runs/${site.runs.reviewed}/steps/summary.0`)
    await shows('step-to-fork')
    await page.getByRole('button', { name: 'Fork from here' }).click()
    const path = new URL(page.url()).pathname
    expect(path).not.toContain(site.runs.reviewed)
    await site.service.runs.idle()
    await page.goto(server.url + path)
    expect(await page.locator('h1 .badge').textContent()).toMatch(/complete|partial/)
    await shows('fork')
    await page.getByRole('link', { name: 'How the two differ' }).click()
    expect(await page.locator('h1').textContent()).toBe('Two runs side by side')
    expect(complaints).toEqual([])
    await close()
  })
})
