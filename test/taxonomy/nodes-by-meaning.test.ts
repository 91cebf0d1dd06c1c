import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { embedInline } from '../../scripts/embed-phrases.ts'
import { GARM, IAB_CONTENT, loadTaxonomies, type Taxonomy } from '../../src/taxonomy/taxonomy.ts'

/** Spoken paragraphs with the node that a person would give them. The phrases were tuned on `tuning`, never on `heldOut`. */
const samples = z
  .record(z.string(), z.array(z.tuple([z.string(), z.string()])))
  .parse(JSON.parse(readFileSync(new URL('./samples.json', import.meta.url), 'utf8')))

describe('speech finds its subject with the embedded model', () => {
  it('in IAB Content: the right root first in 22 of 26, the right node among three in 24 of 27', async () => {
    const iab = loadTaxonomies().get(IAB_CONTENT)
    const heldOut = await embed(samples.heldOut ?? [], iab)
    const roots = heldOut.filter(({ expected }) => iab.get(expected)?.tier === 1)
    expect(
      roots.filter(({ expected, best }) => best({ tiers: [1], limit: 1 })[0] === expected).length,
    ).toBeGreaterThanOrEqual(22)
    const found = heldOut.filter(({ expected, best }) =>
      best({ limit: 3 }).some((id) => iab.path(id).some((node) => node.id === expected)),
    )
    expect(heldOut).toHaveLength(27)
    expect(found.length).toBeGreaterThanOrEqual(24)
  })

  it('in GARM: the right category first in 8 of 11', async () => {
    const sensitive = await embed(samples.suitability ?? [], loadTaxonomies().get(GARM))
    expect(sensitive).toHaveLength(11)
    expect(sensitive.filter(({ expected, best }) => best({ limit: 1 })[0] === expected).length).toBeGreaterThanOrEqual(
      8,
    )
  })
})

async function embed(rows: readonly (readonly [expected: string, text: string])[], taxonomy: Taxonomy) {
  const vectors = await embedInline(rows.map(([, text]) => text))
  return rows.map(([expected], at) => ({
    expected,
    best: (options: { tiers?: number[]; limit: number }) =>
      taxonomy.nearest(vectors[at] ?? [], { space: taxonomy.space, ...options }).map(({ node }) => node.id),
  }))
}
