import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pages } from '../../scripts/pages.ts'
import { anchorsOf, linksOf } from './read-page.ts'

describe.each(pages())('%s', (page) => {
  it('links to what is there', () => {
    const broken = linksOf(page)
      .filter((target) => !/^https?:/.test(target))
      .filter((target) => {
        const [path = '', anchor] = target.split('#')
        const file = path === '' ? page : join(dirname(page), path)
        return !existsSync(file) || (anchor !== undefined && !anchorsOf(file).has(anchor))
      })
    expect(broken).toEqual([])
  })
})

it('finds every page from the table of contents', () => {
  const listed = linksOf('docs/README.md').map((target) => join('docs', target))
  expect(listed.sort()).toEqual(pages().filter((page) => page.startsWith('docs/') && page !== 'docs/README.md'))
})
