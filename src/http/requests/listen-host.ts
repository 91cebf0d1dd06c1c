import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { Config } from '../../config.ts'
import { isLoopback } from './request-guards.ts'

type Resolve = (host: string, options: { all: true }) => Promise<readonly { address: string }[]>

/** The host to listen on, as the configuration names it. `[::1]` is its form in addresses. */
export const hostOf = ({ LINERNOTES_HOST }: Pick<Config, 'LINERNOTES_HOST'>): string =>
  LINERNOTES_HOST.replace(/^\[(.*)\]$/, '$1')

/** Why `serve` refuses to listen on a host, and what to do. Null if it does not refuse. */
export async function hostProblem(
  host: string,
  allowed: Pick<Config, 'LINERNOTES_ALLOW_NO_KEYS'>,
  resolve: Resolve = lookup,
): Promise<{ problem: string; advice: string } | null> {
  if (isLoopback(host)) return null
  const addresses = isIP(host) === 0 ? await resolve(host, { all: true }).catch(() => []) : [{ address: host }]
  const [first] = addresses
  if (first === undefined)
    return {
      problem: `${host} does not resolve to an address`,
      advice: 'listen on 127.0.0.1, or on an address or a name that this machine has',
    }
  if (allowed.LINERNOTES_ALLOW_NO_KEYS) return null
  // The check of `Host` keeps pages of other sites out only under loopback's own names. So the server must not listen under another name
  // for it.
  if (addresses.every(({ address }) => isLoopback(address)))
    return { problem: `${host} is another name of this machine alone`, advice: `listen on ${first.address}` }
  return {
    problem: `${host} can be reached from other machines, and nobody needs a key`,
    advice: 'set LINERNOTES_ALLOW_NO_KEYS=1 if that is meant, or listen on 127.0.0.1',
  }
}
