import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSite, type Site } from '../support/site.ts'
import { listen, openBrowser, openPage, PHONE, picture, WIDE } from './browser.ts'
import { LOW_CONTRAST_TEXTS } from './low-contrast.ts'

let browser: Browser
let site: Site
let server: { url: string; stop(): Promise<void> }
let pages: Record<string, string>

beforeAll(async () => {
  site = await openSite()
  server = await listen(site)
  browser = await openBrowser()
  const { reviewed, attacked, failed } = site.runs
  const attackedItem = `/items/${encodeURIComponent(`a/"<b>'&?#`)}`
  pages = {
    home: '/',
    items: '/items',
    item: '/items/looms',
    'item-attacked': attackedItem,
    'item-offsets': '/items/offsets',
    runs: '/runs',
    run: `/runs/${reviewed}`,
    'run-attacked': `/runs/${attacked}`,
    'run-failed': `/runs/${failed}`,
    step: `/runs/${attacked}/steps/topics.0`,
    exchange: `/runs/${attacked}/exchanges/topics.0.chat.1`,
    reviews: '/reviews',
    settings: '/settings',
    diff: `/runs/${reviewed}/diff/${attacked}`,
    'not-found': '/nowhere',
  }
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await site?.close()
})

/** What the attack would leave behind. */
const hacked = 'window.hacked ?? null'

describe.each([
  ['wide', 'light', WIDE],
  ['wide', 'dark', WIDE],
  ['phone', 'light', PHONE],
  ['phone', 'dark', PHONE],
] as const)('every page, %s and %s', (size, colorScheme, viewport) => {
  it('fits, breaks no policy, runs no markup, and is readable', async () => {
    const { page, complaints, close } = await openPage(browser, { viewport, colorScheme })
    for (const [name, path] of Object.entries(pages)) {
      const response = await page.goto(server.url + path)
      expect(response?.status(), name).toBe(name === 'not-found' ? 404 : 200)
      const [inner, scroll] = [
        Number(await page.evaluate('innerWidth')),
        Number(await page.evaluate('document.documentElement.scrollWidth')),
      ]
      expect(scroll, `${name} scrolls sideways`).toBeLessThanOrEqual(inner)
      expect(await page.evaluate(hacked), name).toBeNull()
      expect(await page.evaluate(LOW_CONTRAST_TEXTS), `${name}: text that is hard to read`).toEqual([])
      await picture(page, `${name}-${size}-${colorScheme}`)
    }
    // The browser itself says in the console that a page answered 404.
    expect(complaints.filter((text) => !text.includes('status of 404'))).toEqual([])
    await close()
  })
})

describe('by keyboard', () => {
  it('the first key leads past the frame; then every link in order, each with a visible focus', async () => {
    const { page, close } = await openPage(browser)
    await page.goto(`${server.url}${pages.run}`)
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('Skip to the content')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('main')
    const reached: string[] = []
    for (let n = 0; n < 30; n++) {
      await page.keyboard.press('Tab')
      reached.push(String(await page.evaluate('document.activeElement.getAttribute("href")')))
      const visible = await page.evaluate(
        `(() => { const style = getComputedStyle(document.activeElement)
          const box = document.activeElement.querySelector('.box')
          return style.outlineStyle !== 'none' || (box !== null && parseFloat(getComputedStyle(box).strokeWidth) > 2) })()`,
      )
      expect(visible, reached.at(-1)).toBe(true)
    }
    expect(reached[0]).toBe('/runs')
    expect(reached.some((href) => href.endsWith('/steps/intake.0'))).toBe(true)
    await close()
  })
})

describe('labels and words', () => {
  it('a quote leads to its place, and lights all quotes of its label; Escape puts them out', async () => {
    const { page, close } = await openPage(browser)
    await page.goto(`${server.url}/items/looms`)
    const [quote] = await page.locator('#suitability-0 a.quote').all()
    await quote?.click()
    expect(new URL(page.url()).hash).toMatch(/^#q-\d+-\d+$/)
    const lit = page.locator('mark.on')
    expect(await lit.count()).toBeGreaterThan(0)
    expect(await lit.first().textContent()).toContain('burned several of the new looms')
    await lit.first().waitFor({ state: 'visible' })
    await picture(page, 'item-lit-wide-light')
    await page.keyboard.press('Escape')
    expect(await lit.count()).toBe(0)
    await page.locator('mark').last().click()
    expect(await page.locator('.label.on').count()).toBe(1)
    await close()
  })

  it('a label brings its words into sight where the transcript scrolls beside it', async () => {
    const { page, close } = await openPage(browser, { viewport: { width: 1280, height: 300 } })
    await page.goto(`${server.url}/items/looms`)
    await page.locator('#suitability-0 .name b').click()
    const sight = `(() => {
      const [lit, words] = ['mark.on', '.words'].map((name) => document.querySelector(name).getBoundingClientRect())
      return lit.top >= words.top && lit.bottom <= words.bottom
    })()`
    // It moves there to be seen, which takes a moment.
    await expect.poll(() => page.evaluate(sight), { timeout: 10_000 }).toBe(true)
    expect(await page.evaluate(`document.querySelector('.words').scrollTop`)).toBeGreaterThan(0)
    await close()
  })

  it('works without scripts: a quote leads to its place, which is lit; the queue takes a decision', async () => {
    const { page, close } = await openPage(browser, { javaScriptEnabled: false })
    await page.goto(`${server.url}/items/looms`)
    const quote = page.locator('#suitability-0 a.quote').first()
    const href = await quote.getAttribute('href')
    await quote.click()
    expect(new URL(page.url()).hash).toBe(href)
    await picture(page, 'item-without-script-wide-light')
    await page.goto(`${server.url}/reviews`)
    const form = page.locator('form.decide').first()
    await form.locator('input[name=by]').fill('Mo')
    await form.getByRole('button', { name: 'Approve' }).click()
    await page.waitForURL(/decided=/)
    expect(await page.getByRole('status').textContent()).toContain('Mo decided: approve')
    await picture(page, 'reviews-decided-wide-light')
    await close()
  })
})

describe('three hours of transcript', () => {
  it('are there at once, and the last words are a click away', async () => {
    await site.understandLong('long')
    const { page, complaints, close } = await openPage(browser, { viewport: PHONE })
    const response = await page.goto(`${server.url}/items/long`, { waitUntil: 'load' })
    expect((await response?.body())?.length).toBeLessThan(500_000)
    const loadedMs = Number(await page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))
    expect(loadedMs).toBeLessThan(3000)
    const last = page.locator('.segment').last()
    expect(await page.locator('.segment').count()).toBeGreaterThan(400)
    const jumpedMs = Number(
      await page.evaluate(`new Promise((done) => {
        const started = performance.now()
        location.hash = [...document.querySelectorAll('.segment')].at(-1).id
        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - started)))
      })`),
    )
    expect(jumpedMs).toBeLessThan(1500)
    expect(await last.isVisible()).toBe(true)
    expect(await last.boundingBox()).toMatchObject({
      y: expect.toSatisfy((y: number) => y > -PHONE.height && y < PHONE.height),
    })
    console.log(`three hours: loaded in ${Math.round(loadedMs)} ms, jumped in ${Math.round(jumpedMs)} ms`)
    expect(complaints).toEqual([])
    await close()
  })
})

describe('a run that is under way', () => {
  it('is followed until its end without loading the page again; without scripts the page loads itself again', async () => {
    const run = await site.startSlow('followed')
    const { page, close } = await openPage(browser)
    await page.goto(`${server.url}/runs/${run}`)
    expect(await page.locator('h1 .badge').textContent()).toMatch(/queued|running/)
    await page.evaluate('window.stays = true')
    await page.locator('.waterfall tr.step', { hasText: 'topics' }).waitFor()
    await picture(page, 'run-live-wide-light')
    const html = await (await site.app.request(`/runs/${run}`, { headers: { accept: 'text/html' } })).text()
    expect(html).toContain('<noscript><meta http-equiv="refresh"')

    site.release()
    await page.locator('h1 .badge', { hasText: /complete|partial/ }).waitFor()
    await page.locator('.waterfall tr.step', { hasText: 'publish' }).waitFor()
    expect(await page.evaluate('window.stays')).toBe(true)
    expect(await page.locator('main').getAttribute('data-follows')).toBeNull()
    await close()
  })
})
