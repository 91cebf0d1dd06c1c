import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keepable, withKeepableUrls, withoutSignature } from '../../src/content/signed-url.ts'

const PLAIN = 'https://cdn.example/talks/1.mp3?episode=7&page=2'

describe('a URL that may be stored', () => {
  it.each([PLAIN, 'HTTPS://CDN.example', 'episode-7', 'urn:uuid:1'])('is %s itself, which carries no secret', (url) => {
    expect(keepable(url)).toBe(url)
  })

  it.each([
    'X-Amz-Signature',
    'X-Goog-Credential',
    'Signature',
    'sig',
    'access_token',
    'api_key',
    'apikey',
    'Key-Pair-Id',
    'Expires',
    'Policy',
    'hdnts',
    'jwt',
    'password',
  ])('has nothing of what stands under "%s", and all the rest', (name) => {
    const kept = new URL(keepable(`${PLAIN}&${name}=abc123secret&${name}=second`))
    expect(kept.href).not.toMatch(/abc123secret|second/)
    expect(kept.searchParams.get(name)).toBe('signed')
    expect([kept.searchParams.get('episode'), kept.searchParams.get('page')]).toEqual(['7', '2'])
  })

  it('has no user and no password', () => {
    expect(keepable('https://ann:hush@cdn.example/1.mp3')).toBe('https://cdn.example/1.mp3')
    expect(keepable('https://ann@cdn.example/1.mp3')).toBe('https://cdn.example/1.mp3')
  })

  it('is the same, however often the URL is signed again and however often it is made', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (first, second) => {
        const [one, two] = [first, second].map((secret) => `${PLAIN}&sig=${encodeURIComponent(secret)}`)
        expect(withoutSignature(one ?? '')).toBe(withoutSignature(two ?? ''))
        expect(keepable(keepable(one ?? ''))).toBe(keepable(one ?? ''))
      }),
    )
  })

  it('stands in a sentence in place of the one with the secret', () => {
    expect(withKeepableUrls(`"https://cdn.example/1?sig=hush" is not there, ${PLAIN} is`)).toBe(
      `"https://cdn.example/1?sig=signed" is not there, ${PLAIN} is`,
    )
  })
})
