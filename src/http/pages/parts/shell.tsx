import type { Child } from 'hono/jsx'
import { assetPath } from './page-assets.ts'

const SECTIONS = [
  { name: 'items', href: '/items', title: 'Items' },
  { name: 'runs', href: '/runs', title: 'Runs' },
  { name: 'reviews', href: '/reviews', title: 'Reviews' },
  { name: 'settings', href: '/settings', title: 'Settings' },
] as const
export type Section = (typeof SECTIONS)[number]['name']

export interface PageProps {
  title: string
  /** The part of the site that the page belongs to. */
  section?: Section
  /** The run that the page follows while it is under way. */
  follows?: string | undefined
  /** True for pages with pictures or several columns, which need more width than text. */
  wide?: boolean
  children?: Child
}

/** What surrounds every page. */
export function Page({ title, section, follows, wide = false, children }: PageProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · linernotes`}</title>
        <link rel="icon" href={assetPath('icon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={assetPath('pages.css')} />
        <script src={assetPath('pages.js')} defer></script>
        {follows !== undefined && (
          <noscript>
            <meta http-equiv="refresh" content="4" />
          </noscript>
        )}
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <header class="top">
          <a class="brand" href="/">
            <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
              <rect x="2" y="3" width="11" height="2.4" rx="1.2" />
              <rect x="2" y="8.8" width="16" height="2.4" rx="1.2" class="accent" />
              <rect x="2" y="14.6" width="8" height="2.4" rx="1.2" />
            </svg>
            linernotes
          </a>
          <nav aria-label="Parts of the site">
            {SECTIONS.map(({ name, href, title: label }) => (
              <a href={href} aria-current={name === section ? 'page' : undefined}>
                {label}
              </a>
            ))}
          </nav>
        </header>
        <main id="main" tabindex={-1} class={wide ? 'wide' : undefined} data-follows={follows}>
          {children}
        </main>
        <footer class="foot">
          <span>Times are UTC.</span>
          <a href="/docs">HTTP interface</a>
        </footer>
      </body>
    </html>
  )
}

/** The place of a page in the site: links to the pages above it, then its own name. */
export function Trail({ steps, here }: { steps: readonly { href: string; text: string }[]; here: string }) {
  return (
    <nav class="trail" aria-label="You are here">
      <ol>
        {steps.map(({ href, text }) => (
          <li>
            <a href={href}>{text}</a>
          </li>
        ))}
        <li>
          <span aria-current="page">{here}</span>
        </li>
      </ol>
    </nav>
  )
}
