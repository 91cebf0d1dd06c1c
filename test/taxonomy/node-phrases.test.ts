import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { hashPhrases, readPhrases } from '../../src/taxonomy/node-phrases.ts'
import { readTrees } from '../../src/taxonomy/shipped-trees.ts'
import { dataFile } from '../../src/taxonomy/taxonomy-tables.ts'

const trees = readTrees()
const phrases = readPhrases(trees)
const iab = trees['iab-content-3.1']
const count = (node: string) =>
  phrases.filter((phrase) => phrase.taxonomy === 'iab-content-3.1' && phrase.node === node).length

describe('phrases', () => {
  it('describe every node: 4 or more a root, 3 or more a second tier, 5 or more a GARM category', () => {
    for (const { id, name, tier } of iab.nodes) {
      expect(count(id), name).toBeGreaterThanOrEqual(tier === 1 ? 4 : tier === 2 ? 3 : 2)
    }
    for (const { id } of trees.garm.nodes) {
      expect(
        phrases.filter(({ taxonomy, node }) => taxonomy === 'garm' && node === id).length,
        id,
      ).toBeGreaterThanOrEqual(5)
    }
    for (const { id } of trees['apple-podcasts'].nodes) {
      expect(
        phrases.some(({ taxonomy, node }) => taxonomy === 'apple-podcasts' && node === id),
        id,
      ).toBe(true)
    }
  })

  it('are distinct within IAB', () => {
    const texts = phrases.filter(({ taxonomy }) => taxonomy === 'iab-content-3.1').map(({ text }) => text)
    expect(texts.filter((text, at) => texts.indexOf(text) !== at)).toEqual([])
  })

  it('stand under the id and the name of their node', () => {
    const files = [
      ...readdirSync(dataFile('phrases/iab-content-3.1/')).map((name) => [`iab-content-3.1/${name}`, iab] as const),
      ['garm.json', trees.garm] as const,
      ['apple-podcasts.json', trees['apple-podcasts']] as const,
    ]
    for (const [file, tree] of files) {
      for (const key of Object.keys(JSON.parse(readFileSync(dataFile(`phrases/${file}`), 'utf8')))) {
        const [id = '', ...name] = key.split(' ')
        expect(tree.get(id)?.name, key).toBe(name.join(' '))
      }
    }
  })

  it('are hashed so that any change shows', () => {
    const changed = phrases.map((phrase, at) => (at === 7 ? { ...phrase, text: `${phrase.text}.` } : phrase))
    expect(hashPhrases(changed)).not.toBe(hashPhrases(phrases))
    expect(hashPhrases([...phrases])).toBe(hashPhrases(phrases))
  })
})
