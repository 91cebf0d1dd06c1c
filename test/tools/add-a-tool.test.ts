import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { speakerShares } from './speaker-shares.ts'
import { call, depsFor, SENTENCES } from './tool-deps.ts'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')

describe('the tool of the guide "Add a tool"', () => {
  it('is printed in the guide as it is tested here', () => {
    const code = read('./speaker-shares.ts').replaceAll('../../tools/', './').trim()
    expect(read('../../docs/guides/add-a-tool.md')).toContain(code)
  })

  it('shares the words among the speakers', async () => {
    expect(await call(speakerShares, await depsFor(SENTENCES), { limit: 1 })).toEqual({
      ok: true,
      value: { speakers: [{ speaker: 'Dr. Okafor', share: 0.64 }] },
    })
  })

  it('says what to do if no speaker is named', async () => {
    const found = await call(speakerShares, await depsFor([{ text: 'Hello.' }]), {})
    expect(found).toEqual({ ok: false, problem: expect.stringContaining('read_transcript') })
  })
})
