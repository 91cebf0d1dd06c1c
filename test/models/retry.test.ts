import { describe, expect, it } from 'vitest'
import { ModelError } from '../../src/models/chat-model.ts'
import { HttpFailure } from '../../src/models/openai/endpoint-failure.ts'
import { type FarSide, type RetryOptions, untilAborted, withRetries } from '../../src/models/retry.ts'

const FAR: FarSide = { what: 'm at https://api.example', keySetting: 'KEY', urlSetting: 'URL', contextSetting: 'LIMIT' }
const failure = (status: number, message = 'no', headers: Record<string, string> = {}) =>
  new HttpFailure(status, new Headers(headers), message)

/** A call that fails in these ways, one after another, and then succeeds; with the pauses that were made. */
async function calling(failures: readonly unknown[], options: RetryOptions = {}, far: Partial<FarSide> = {}) {
  const waited: number[] = []
  let tries = 0
  const attempt = async () => {
    const thrown = failures[tries++]
    if (thrown !== undefined) throw thrown
    return 'done'
  }
  const sleep = async (ms: number) => void waited.push(ms)
  const result = await withRetries(
    attempt,
    { ...FAR, ...far },
    { random: () => 1, sleep, now: () => 0, ...options },
  ).catch((error: unknown) => error)
  return { result, waited, tries, message: result instanceof Error ? result.message : '' }
}

describe('a call that fails', () => {
  it('is made again after pauses that grow, and gives its value with what was tried', async () => {
    const { result, waited } = await calling([failure(500), failure(503), failure(500)], { baseDelayMs: 100 })
    expect(waited).toEqual([100, 200, 400])
    expect(result).toEqual({
      value: 'done',
      retries: [
        { reason: 'server: 500 no', waitedMs: 100 },
        { reason: 'server: 503 no', waitedMs: 200 },
        { reason: 'server: 500 no', waitedMs: 400 },
      ],
    })
  })

  it('waits as long as the far side asks, and gives up if that is too long', async () => {
    const limited = (seconds: number) => failure(429, 'no', { 'retry-after': `${seconds}` })
    expect((await calling([limited(3)])).waited).toEqual([3000])
    const { waited, message } = await calling([limited(61)])
    expect(waited).toEqual([])
    expect(message).toMatch(/is rate limited \(429 no\)\. Try again later/)
  })

  it('is not made again where another try makes no sense, or after the last one', async () => {
    expect(await calling([failure(401)])).toMatchObject({ tries: 1, waited: [] })
    const { result, tries, message } = await calling(
      Array.from({ length: 9 }, () => failure(500)),
      { maxRetries: 2 },
    )
    expect(tries).toBe(3)
    expect(result).toBeInstanceOf(ModelError)
    expect(result).toMatchObject({ kind: 'server', retries: [{}, {}] })
    expect(message).toMatch(/ failed after 3 tries \(500 no\)/)
  })

  it('passes on what an adapter has explained already', async () => {
    const explained = new ModelError('bad_request', 'too many texts', [])
    expect((await calling([explained])).result).toBe(explained)
  })

  it('says what to look at', async () => {
    const said = async (...args: Parameters<typeof calling>) =>
      (await calling(args[0], { maxRetries: 0 }, args[2])).message
    expect(await said([failure(401)])).toContain('refused the key (401 no). Check KEY.')
    expect(await said([new TypeError('fetch failed')])).toContain('Check URL and that the server runs')
    expect(await said([failure(400)])).toContain("Check the model's name and limits, and URL")
    const tooLong = failure(400, 'maximum context length is 9')
    expect(await said([tooLong])).toContain('Lower LIMIT')
    const { contextSetting: _, ...without } = FAR
    await expect(withRetries(() => Promise.reject(tooLong), without, {})).rejects.toThrow(/rejected the request/)
  })
})

describe('the key of a far side', () => {
  const said = async (detail: string, secret: string) => (await calling([failure(401, detail)], {}, { secret })).message

  it('is never shown where it is long', async () => {
    expect(await said('bad key sk-1234567890, got sk-1234567890', 'sk-1234567890')).toContain('bad key …, got …')
  })

  it('is hidden as a key where it is short, and left alone in other words', async () => {
    expect(await said('Incorrect API key provided: none. There are none.', 'none')).toContain(
      'provided: …. There are none',
    )
    expect(await said('Bearer x is not "x", nor in text', 'x')).toContain('Bearer … is not "…", nor in text')
  })

  it('is not in the reasons of retries either', async () => {
    const { result } = await calling([failure(500, 'for sk-1234567890')], {}, { secret: 'sk-1234567890' })
    expect(result).toMatchObject({ retries: [{ reason: 'server: 500 for …' }] })
  })
})

describe('a caller that stops', () => {
  it('ends the call at once with its reason, also where the far side does not listen', async () => {
    const stop = new AbortController()
    const calls = withRetries(() => new Promise(() => {}), FAR, {}, stop.signal)
    stop.abort(new Error('enough'))
    await expect(calls).rejects.toThrow('enough')
    await expect(withRetries(async () => 1, FAR, {}, stop.signal)).rejects.toThrow('enough')
  })

  it('waits for what comes first: the value or the stop', async () => {
    expect(await untilAborted(Promise.resolve(1), undefined)).toBe(1)
    expect(await untilAborted(Promise.resolve(1), new AbortController().signal)).toBe(1)
    await expect(untilAborted(Promise.resolve(1), AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
  })
})
