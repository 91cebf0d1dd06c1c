import { describe, expect, it } from 'vitest'
import { hostOf, hostProblem } from '../../../src/http/requests/listen-host.ts'

const closed = { LINERNOTES_ALLOW_NO_KEYS: false }
const open = { LINERNOTES_ALLOW_NO_KEYS: true }
const dns =
  (...addresses: string[]) =>
  async () =>
    addresses.map((address) => ({ address }))
const unknown = () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }))
const unasked = () => Promise.reject(new Error('nobody asks for an address'))

describe('a host to listen on', () => {
  it.each(['127.0.0.1', 'localhost', '::1'])('is this machine alone: %s', async (host) => {
    expect(await hostProblem(host, closed, unasked)).toBeNull()
  })

  it.each([closed, open])(
    'is refused with that reason if it does not resolve, with keys or without',
    async (allowed) => {
      expect(await hostProblem('radio.invalid', allowed, unknown)).toMatchObject({
        problem: 'radio.invalid does not resolve to an address',
        advice: expect.stringContaining('127.0.0.1'),
      })
    },
  )

  it.each([
    ['0.0.0.0', unasked],
    ['::', unasked],
    ['radio.example', dns('192.0.2.1')],
    ['radio.example', dns('127.0.0.1', '192.0.2.1')],
  ])('needs consent if others can reach it: %s', async (host, resolve) => {
    expect((await hostProblem(host, closed, resolve))?.problem).toBe(
      `${host} can be reached from other machines, and nobody needs a key`,
    )
    expect(await hostProblem(host, open, resolve)).toBeNull()
  })

  it('is refused with the address to use if it is another name of loopback', async () => {
    expect(await hostProblem('my-machine', closed, dns('127.0.1.1'))).toEqual({
      problem: 'my-machine is another name of this machine alone',
      advice: 'listen on 127.0.1.1',
    })
  })

  it('may be written in brackets', () => expect(hostOf({ LINERNOTES_HOST: '[::1]' })).toBe('::1'))
})
