import type { Why } from '../../../trace/why/why-answer.ts'
import { exchangePage, itemPage, itemVersionPage, runPage, stepPage } from '../parts/page-paths.ts'
import { shortId } from '../parts/page-words.ts'
import { Page, Trail } from '../parts/shell.tsx'

/** Why a label is in a document, in plain sentences. Each links to the call that it is about. */
export function WhyPage({ why, title }: { why: Why; title: string }) {
  const { item, version, name, facet, story, missing, evidence, madeBy } = why
  return (
    <Page title={`Why “${name}”`} section="items">
      <Trail
        steps={[
          { href: '/items', text: 'Items' },
          { href: itemPage(item), text: title },
        ]}
        here={`Why “${name}”?`}
      />
      <h1>Why “{name}”?</h1>
      <p class="dim">
        {facet} of <a href={itemVersionPage(item, version)}>version {version}</a>
      </p>
      <ol>
        {story.map(({ text, run, exchange }) => (
          <li>
            {text} <Source run={run} exchange={exchange} />
          </li>
        ))}
      </ol>
      {missing.map((line) => (
        <p class="notice warn">{line}</p>
      ))}
      {evidence.length > 0 && (
        <section aria-labelledby="evidence">
          <h2 id="evidence">Its words</h2>
          {evidence.map(({ quote }) => (
            <blockquote>{quote}</blockquote>
          ))}
        </section>
      )}
      {madeBy !== null && (
        <p>
          <a href={stepPage(madeBy, `${facet}.0`)}>The step that proposed it</a>
        </p>
      )}
    </Page>
  )
}

function Source({ run, exchange }: { run: string | null; exchange: string | null }) {
  if (run === null) return null
  if (exchange === null) return <a href={runPage(run)}>run {shortId(run)}</a>
  return <a href={exchangePage(run, exchange)}>{exchange}</a>
}
