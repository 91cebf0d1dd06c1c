import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSite, type Site } from '../support/site.ts'
import { listen, openBrowser, openPage, picture } from './browser.ts'

let browser: Browser
let site: Site
let server: { url: string; stop(): Promise<void> }

beforeAll(async () => {
  site = await openSite()
  server = await listen(site)
  browser = await openBrowser()
}, 300_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await site?.close()
})

/** Roles and names as the browser gives them to screen readers. */
async function accessible(page: Page): Promise<{ role: string; name: string }[]> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name }) => ({ role: String(role?.value), name: String(name?.value ?? '') }))
}

/** The label of the page's one place. */
const LYON = '.label:has(.choose:text-is("Lyon"))'
/** Whether the first lit words lie in the window, and in the part of the transcript that is seen. */
const IN_SIGHT = `(() => {
  const lit = (document.querySelector('mark.on') ?? document.querySelector(':target mark'))?.getBoundingClientRect()
  const words = document.querySelector('.words').getBoundingClientRect()
  return lit !== undefined && lit.top >= Math.max(0, words.top) && lit.bottom <= Math.min(innerHeight, words.bottom)
})()`
const inSight = (page: Page) => expect.poll(() => page.evaluate(IN_SIGHT), { timeout: 10_000 }).toBe(true)

describe('the ticks of the timeline', () => {
  it('have names that say the label, the place and the quote; a lane says how often and where', async () => {
    const { page, close } = await openPage(browser)
    await page.goto(`${server.url}/items/looms`)
    const tree = await accessible(page)
    const links = tree.filter(({ role }) => role === 'link').map(({ name }) => name)
    expect(links).toContain('Lyon, quoted at character 63: “were built in Lyon”')
    expect(links).toContain('Lyon, said at character 705')
    expect(links.filter((name) => name.trim() === '')).toEqual([])
    const lane = tree.find(
      ({ name }) => name === 'Lyon: quoted once, at character 63; said once besides, at character 705',
    )
    expect(lane).toBeDefined()
    await close()
  })

  it('are one stop of the Tab key a lane; arrow keys go from tick to tick, Enter to the words', async () => {
    const { page, close } = await openPage(browser)
    await page.goto(`${server.url}/items/looms`)
    const focused = () => page.evaluate(`document.activeElement.querySelector('title')?.textContent`)
    await page.locator('.timeline tr.entities th a', { hasText: 'Lyon' }).focus()
    await page.keyboard.press('Tab')
    expect(await focused()).toContain('Lyon, quoted')
    await page.keyboard.press('ArrowRight')
    expect(await focused()).toBe('Lyon, said at character 705')
    await page.keyboard.press('ArrowRight')
    expect(await focused()).toBe('Lyon, said at character 705')
    await page.keyboard.press('Enter')
    expect(new URL(page.url()).hash).toBe('#q-705-709')
    expect(await page.locator('mark.on').allTextContents()).toEqual(['were built in Lyon', 'Lyon'])
    await close()
  })
})

describe.each([
  ['desktop', { width: 1280, height: 420 }],
  ['phone', { width: 390, height: 700 }],
] as const)('choosing a label, %s', (size, viewport) => {
  it('brings the first of its words into sight, and Back leads back', async () => {
    const { page, close } = await openPage(browser, { viewport, reducedMotion: 'reduce' })
    await page.goto(`${server.url}/items/looms`)
    await page.locator(`${LYON} .detail span`).click()
    await inSight(page)
    await picture(page, `item-chosen-${size}`)
    await page.keyboard.press('Escape')
    expect(await page.locator('mark.on').count()).toBe(0)
    await page.goBack()
    await expect.poll(() => page.evaluate('location.hash')).toBe('')
    await expect.poll(async () => (await page.locator(LYON).boundingBox())?.y).toBeLessThan(viewport.height)
    await close()
  })

  it('does so without scripts too', async () => {
    const { page, close } = await openPage(browser, { viewport, javaScriptEnabled: false })
    await page.goto(`${server.url}/items/looms`)
    await page.locator(`${LYON} .choose`).click()
    await inSight(page)
    await close()
  })

  it('moves there to be seen, unless the reader wants less motion', async () => {
    const moved = async (reducedMotion: 'reduce' | 'no-preference') => {
      const { page, close } = await openPage(browser, { viewport, reducedMotion })
      await page.goto(`${server.url}/items/looms`)
      const places = await page.evaluate(
        `new Promise((done) => {
          const words = document.querySelector('.words')
          const places = new Set()
          const until = performance.now() + 1500
          const frame = () => {
            places.add(scrollY + words.scrollTop)
            if (performance.now() < until) requestAnimationFrame(frame)
            else done(places.size)
          }
          frame()
          const choices = [...document.querySelectorAll('.choose')]
          choices.find(({ textContent }) => textContent === 'Lyon').click()
        })`,
      )
      await inSight(page)
      await close()
      return Number(places)
    }
    expect(await moved('reduce')).toBe(2)
    expect(await moved('no-preference')).toBeGreaterThan(2)
  })

  it('short words of tables stay in one piece', async () => {
    const { page, close } = await openPage(browser, { viewport })
    for (const path of ['/', '/runs', '/items', '/items/looms']) {
      await page.goto(server.url + path)
      const broken = await page.evaluate(
        `[...document.querySelectorAll('.list .short')].filter((cell) => {
          const range = document.createRange()
          range.selectNodeContents(cell)
          return new Set([...range.getClientRects()].map(({ top }) => top)).size > 1
        }).map((cell) => cell.textContent)`,
      )
      expect(broken, path).toEqual([])
    }
    await close()
  })
})
