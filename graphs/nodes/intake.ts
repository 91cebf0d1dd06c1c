import { keepable } from '../../src/content/signed-url.ts'
import { makeText } from '../../src/content/text/text.ts'
import { isFatal } from '../../src/ledger/interruptions.ts'
import { AGENTS } from '../agents/registry.ts'
import { configurationHash, intakeHash } from '../plan/fingerprints.ts'
import type { NodeFunction, NodeRun } from '../step.ts'
import { linkedUrls } from '../transcripts/linked-urls.ts'

/**
 * Normalises what is declared and looks up what is known. Ends the run early if the item, the configuration, the decisions and the
 * validators of every URL are as before.
 */
export const intake: NodeFunction = async (_state, run) => {
  const { item, workspace, ports, settings } = run
  const title = makeText('title', item.title)
  const description = makeText('description', item.description)
  const known = await ports.known()
  const { decisions } = known
  const configuration = configurationHash(AGENTS, run)
  const earlier = new Map(known.facets.map((facet) => [facet.facet, facet]))
  workspace.intake.set({ title, description, earlier, decisions, configuration })

  const unchanged =
    known.current !== null && settings.requested.length === 0 && known.current.intakeHash === (await hashNow(run))
  const handles = [title, description]
    .filter(({ text }) => text !== '')
    .map(({ source, hash, text, normaliser }) => [source, { hash, chars: text.length, normaliser }])
  return { outcome: unchanged ? ('unchanged' as const) : null, texts: Object.fromEntries(handles) }
}

async function hashNow({ item, workspace, ports }: NodeRun): Promise<string> {
  const validators: Record<string, unknown> = {}
  if (ports.fetcher !== null) {
    for (const url of linkedUrls(item)) {
      try {
        validators[keepable(url)] = await ports.fetcher.validators(url)
      } catch (error) {
        if (isFatal(error)) throw error
        validators[keepable(url)] = null
      }
    }
  }
  const { configuration, decisions } = workspace.intake.get()
  return intakeHash({ item, configuration, decisions, validators })
}
