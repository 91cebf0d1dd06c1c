import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { promptLibrary } from '../../../graphs/prompts/load.ts'
import { sha256 } from '../../../src/content/text/hash.ts'

const folder = new URL('../../../prompts/', import.meta.url)
const published = z
  .record(z.string(), z.string())
  .parse(JSON.parse(readFileSync(new URL('hashes.json', folder), 'utf8')))
const ids = promptLibrary().promptVersions()
const hashOf = (id: string) => sha256(readFileSync(new URL(`${id}.md`, folder), 'utf8').replaceAll('\r\n', '\n'))

it.each(Object.keys(published))('%s is what was published', (id) => {
  expect(ids, `a published prompt never goes away: put prompts/${id}.md back`).toContain(id)
  const next = id.replace(/\d+$/, (version) => String(Number(version) + 1))
  expect(
    hashOf(id),
    `a published prompt never changes, because runs, fingerprints and recordings name it: restore prompts/${id}.md and write your wording as prompts/${next}.md`,
  ).toBe(published[id])
})

it.each(ids)('%s is published', (id) => {
  expect(published[id], `add to prompts/hashes.json: "${id}": "${hashOf(id)}"`).toBeDefined()
})
