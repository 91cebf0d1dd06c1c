import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const PAGE = 'docs/architecture.md'

it('the page on architecture names files and folders that are there', () => {
  const named = [...readFileSync(PAGE, 'utf8').matchAll(/`((?:graphs|tools|src|prompts|test)\/[\w./-]*)`/g)].map(
    ([, path = '']) => path,
  )
  expect(named.length).toBeGreaterThan(40)
  expect(named.filter((path) => !existsSync(path))).toEqual([])
})
