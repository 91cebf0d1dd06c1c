import type { ItemRecord, RunRecord } from '../../../database/records.ts'
import { ItemTable } from '../items/page.tsx'
import { count } from '../parts/page-words.ts'
import { Page } from '../parts/shell.tsx'
import { RunTable } from '../runs/page.tsx'

export interface HomePageProps {
  items: readonly ItemRecord[]
  runs: readonly { run: RunRecord; title: string }[]
  /** Open reviews. `more`: there are others besides these. */
  reviews: { open: number; more: boolean }
  engine: string
}

/** What is going on: the latest runs and items, and what waits for a person. */
export function HomePage({ items, runs, reviews, engine }: HomePageProps) {
  return (
    <Page title="Start">
      <h1>What is going on</h1>
      {reviews.open > 0 && (
        <p class="notice">
          <a href="/reviews">
            {count(reviews.open, 'question')}
            {reviews.more && ' and more'}
          </a>{' '}
          {reviews.open === 1 ? 'waits' : 'wait'} for a person.
        </p>
      )}
      {engine.startsWith('extractive') && (
        <p class="dim">
          The embedded engine answers: it is no language model. <a href="/settings">What is configured</a>
        </p>
      )}
      <section aria-labelledby="runs">
        <h2 id="runs">Latest runs</h2>
        {runs.length === 0 ? (
          <p>
            There are none yet. In a terminal, <code>npx linernotes understand FILE</code> makes one; it goes through
            this server. Programs use <code>POST /v1/items</code>, which <a href="/docs">the HTTP interface</a>{' '}
            describes.
          </p>
        ) : (
          <RunTable runs={runs} />
        )}
      </section>
      {items.length > 0 && (
        <section aria-labelledby="items">
          <h2 id="items">Latest items</h2>
          <ItemTable items={items} filtered={false} />
        </section>
      )}
    </Page>
  )
}
