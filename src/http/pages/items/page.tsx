import { type ItemKind, ItemKind as Kinds } from '../../../content/item.ts'
import type { ItemRecord } from '../../../database/records.ts'
import type { FoundItem, FoundSegment } from '../../../search/found-items.ts'
import type { SearchAnswer } from '../../../search/search-items.ts'
import { itemPage, withQuery } from '../parts/page-paths.ts'
import { clock, kindName } from '../parts/page-words.ts'
import { Page } from '../parts/shell.tsx'
import { Badge, Moment, Nothing, Pager } from '../parts/small-parts.tsx'

export interface ItemsFilter {
  q?: string | undefined
  kind?: ItemKind | undefined
  status?: 'complete' | 'partial' | 'none' | undefined
  topic?: string | undefined
  cursor?: string | undefined
}

export interface ItemsPageProps {
  filter: ItemsFilter
  /** Topics to choose from: `taxonomy/id` with a name. */
  topics: readonly { value: string; name: string }[]
  items: readonly ItemRecord[]
  next: string | null
  /** The answer to a search. Null if nothing was searched for. */
  search: SearchAnswer | null
}

/** Items: the results if there is a search, otherwise the newest first. */
export function ItemsPage({ filter, topics, items, next, search }: ItemsPageProps) {
  const { cursor, ...otherFilters } = filter
  return (
    <Page title={filter.q === undefined ? 'Items' : `Items about “${filter.q}”`} section="items">
      <h1>Items</h1>
      <Filters filter={filter} topics={topics} />
      {search === null ? (
        <ItemTable items={items} filtered={Object.values(filter).some((value) => value !== undefined)} />
      ) : (
        <>
          {search.behind > 0 && (
            <p class="dim">
              The similarity index is behind by {search.behind} change{search.behind === 1 ? '' : 's'}: there may be
              more to find later. The <a href="/settings">settings</a> say where it does not get on.
            </p>
          )}
          {search.abstention === null ? <Found found={search.found} /> : <p class="notice warn">{search.abstention}</p>}
        </>
      )}
      <Pager
        next={next === null ? null : withQuery('/items', { ...otherFilters, cursor: next })}
        first={cursor === undefined ? null : withQuery('/items', otherFilters)}
      />
    </Page>
  )
}

const STATUSES = [
  ['complete', 'complete'],
  ['partial', 'partial'],
  ['none', 'nothing published'],
] as const

function Filters({ filter, topics }: Pick<ItemsPageProps, 'filter' | 'topics'>) {
  return (
    <search>
      <form method="get" action="/items" class="filters">
        <label class="grow">
          About
          <input type="search" name="q" value={filter.q} placeholder="in plain words" maxlength={1000} />
        </label>
        <label>
          Topic
          <select name="topic">
            <option value="">any</option>
            {topics.map(({ value, name }) => (
              <option value={value} selected={value === filter.topic}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          Kind
          <select name="kind">
            <option value="">any</option>
            {Kinds.options.map((kind) => (
              <option value={kind} selected={kind === filter.kind}>
                {kindName(kind)}
              </option>
            ))}
          </select>
        </label>
        <label>
          Status
          <select name="status">
            <option value="">any</option>
            {STATUSES.map(([value, name]) => (
              <option value={value} selected={value === filter.status}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="primary">
          Find
        </button>
      </form>
    </search>
  )
}

export function ItemTable({ items, filtered }: { items: readonly ItemRecord[]; filtered: boolean }) {
  if (items.length === 0)
    return filtered ? (
      <Nothing>
        No item is like this. <a href="/items">All items</a>
      </Nothing>
    ) : (
      <Nothing>
        There are no items yet. <code>linernotes understand FILE</code> adds one; so does <code>POST /v1/items</code>.
      </Nothing>
    )
  return (
    <table class="list">
      <thead>
        <tr>
          <th scope="col">Title</th>
          <th scope="col">Kind</th>
          <th scope="col">From</th>
          <th scope="col" class="num">
            Duration
          </th>
          <th scope="col">Status</th>
          <th scope="col">Published</th>
        </tr>
      </thead>
      <tbody>
        {items.map((record) => (
          <tr>
            <th scope="row">
              <a href={itemPage(record.id)}>{record.title || record.id}</a>
            </th>
            <td class="short">{kindName(record.kind)}</td>
            <td>{record.item.parent?.title ?? record.item.parent?.publisher ?? ''}</td>
            <td class="num">{record.item.durationMs === undefined ? '' : clock(record.item.durationMs)}</td>
            <td>
              <Status record={record} />
            </td>
            <td>{record.current !== null && <Moment at={record.current.publishedAt} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Status({ record: { current } }: { record: ItemRecord }) {
  if (current === null) return <Badge tone="plain">nothing published</Badge>
  return <Badge tone={current.status === 'complete' ? 'good' : 'warn'}>{current.status}</Badge>
}

/** A quote with the words of the search marked. The marks count in the text in which the quote starts at `start`. */
function LitQuote({ quote, start, marks }: { quote: string } & Pick<FoundSegment, 'start' | 'marks'>) {
  const cuts = marks.map((mark) => ({ from: mark.start - (start ?? 0), to: mark.end - (start ?? 0) }))
  return (
    <>
      {cuts.map(({ from, to }, n) => (
        <>
          {quote.slice(cuts[n - 1]?.to ?? 0, from)}
          <mark>{quote.slice(from, to)}</mark>
        </>
      ))}
      {quote.slice(cuts.at(-1)?.to ?? 0)}
    </>
  )
}

function Found({ found }: { found: readonly FoundItem[] }) {
  if (found.length === 0)
    return (
      <Nothing>
        Nothing here is about this. <a href="/items">All items</a>
      </Nothing>
    )
  return (
    <ol class="found">
      {found.map(({ item, score, segments }) => (
        <li>
          <h2>
            <a href={itemPage(item.id)}>{item.title || item.id}</a> <Status record={item} />{' '}
            <span class="dim">{score.toFixed(2)}</span>
          </h2>
          <ul class="quotes">
            {segments.map(({ segment, startMs, start, quote, marks }) => (
              <li>
                <a class="quote" href={`${itemPage(item.id)}#s-${segment}`}>
                  <span class="where">{startMs === null ? `§${segment}` : clock(startMs)} </span>
                  {quote === null ? (
                    <span class="dim">its rights allow no quote</span>
                  ) : (
                    <LitQuote {...{ quote, start, marks }} />
                  )}
                </a>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}
