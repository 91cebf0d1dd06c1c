import type { Service } from '../service.ts'
import { budgetGap, CLOSE_GAP } from './budget-gap.ts'
import { broken, type Check, off, ok, reason } from './check.ts'
import { TRY_AGAIN_ADVICE } from './set-aside.ts'
import { type ProbedIndex, probeSimilarity } from './similarity-probe.ts'

type CheckedParts = Pick<Service, 'embedder' | 'taxonomies' | 'unpriced'> & ProbedIndex

/** Checks the parts of a service: embedder, taxonomies, similarity index, and whether its budget limits every model. */
export async function checkServiceParts(service: CheckedParts): Promise<Check[]> {
  const gap = budgetGap(service.unpriced)
  return [
    ...(gap === null ? [] : [off('budget', gap, CLOSE_GAP)]),
    await checkEmbedder(service),
    checkTaxonomies(service),
    await checkSimilarity(service),
  ]
}

async function checkEmbedder({ embedder }: CheckedParts): Promise<Check> {
  const languages = embedder.languages === 'any' ? 'any language' : embedder.languages.join(', ')
  try {
    const startedAt = performance.now()
    const [vector] = await embedder.embed(['The quick brown fox jumps over the lazy dog.'], {
      signal: AbortSignal.timeout(30_000),
    })
    const ms = Math.round(performance.now() - startedAt)
    return ok(
      'embedder',
      `${embedder.space}: ${vector?.length ?? 0} dimensions, ${languages}; first answer after ${ms} ms`,
    )
  } catch (error) {
    return broken(
      'embedder',
      `${embedder.space}: ${reason(error)}`,
      embedder.local ? 'install the packages again: npm ci' : 'see the embedding model above',
    )
  }
}

function checkTaxonomies({ taxonomies }: CheckedParts): Check {
  try {
    const sizes = taxonomies.ids.map((id) => `${id} (${taxonomies.get(id).nodes.length})`)
    void taxonomies.version
    return ok('taxonomies', sizes.join(', '))
  } catch (error) {
    return broken('taxonomies', reason(error), 'install the product again; its data files do not fit together')
  }
}

async function checkSimilarity(service: CheckedParts): Promise<Check> {
  const { engine } = service.similarity
  const state = await probeSimilarity(service)
  if (state.status === 'away')
    return broken(
      'similarity',
      `${engine.name}: ${state.detail}`,
      'start it, or mend QDRANT_URL and QDRANT_API_KEY; runs go on without neighbours meanwhile',
    )
  const what = `${engine.name}${state.version === null ? '' : ` ${state.version}`} in ${engine.place}`
  switch (state.status) {
    case 'behind':
      return broken('similarity', `${what}; ${state.detail}`, 'if it stays so, mend what the last try says')
    case 'refuses':
      return broken('similarity', `${what}; ${state.detail}`, TRY_AGAIN_ADVICE)
    case 'ok':
      return ok('similarity', what, state.warnings)
  }
}

/** The memory that this process has used. */
export function checkMemory(): Check {
  return ok(
    'memory',
    `${Math.round(process.resourceUsage().maxRSS / 1024)} MB at most so far; Node ${process.versions.node}`,
  )
}
