import { EventEmitter } from 'node:events'
import { existsSync, mkdirSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { serve } from '../../src/http/serve.ts'
import { silent } from '../support/service.ts'
import type { Site } from '../support/site.ts'

const PLACES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
/** Where screenshots are kept; not part of the repository. */
const PICTURES = new URL('../../screenshots/', import.meta.url).pathname

export const WIDE = { width: 1440, height: 900 }
export const PHONE = { width: 390, height: 844 }

/** The browser of this machine. @throws where there is none, saying how to get it. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = PLACES.find((place) => place !== undefined && existsSync(place))
  if (executablePath === undefined)
    throw new Error('there is no Chromium: `apt-get install chromium`, or set CHROMIUM to where it is')
  mkdirSync(PICTURES, { recursive: true })
  // A browser of root, as in containers, has no sandbox of its own; it sees this server only.
  return chromium.launch({ executablePath, args: ['--no-sandbox'] })
}

/** A site on a port of its own. */
export async function listen({ app, service }: Site): Promise<{ url: string; stop(): Promise<void> }> {
  const listening = await serve({
    app,
    service: { runs: service.runs, close: async () => undefined },
    host: '127.0.0.1',
    port: 0,
    log: silent,
    signals: new EventEmitter(),
  })
  return { url: listening.url, stop: () => listening.stop() }
}

export interface Seen {
  page: Page
  /** Violations of the policy, script errors and failed requests, as the console told them. */
  complaints: string[]
  close(): Promise<void>
}

/** A page of its own context, with everything written down that the browser complains about. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Seen> {
  const context = await browser.newContext({ viewport: WIDE, ...options })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  return { page, complaints, close: () => context.close() }
}

/** A picture of the page as far as it goes, down to a few screens. */
export async function picture(page: Page, name: string): Promise<void> {
  const { width, height } = page.viewportSize() ?? WIDE
  const whole = await page.evaluate('document.documentElement.scrollHeight')
  const clip = { x: 0, y: 0, width, height: Math.min(Number(whole), height * 4) }
  await page.screenshot({ path: `${PICTURES}${name}.png`, fullPage: true, clip })
}
