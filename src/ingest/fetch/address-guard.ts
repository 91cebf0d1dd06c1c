import type { LookupAddress } from 'node:dns'
import ipaddr from 'ipaddr.js'
import { FetchError } from './fetcher.ts'

/** Resolves a host name to all of its addresses. */
export type Lookup = (hostname: string) => Promise<readonly LookupAddress[]>

/**
 * Whether we may connect to an address. Public unicast addresses are always allowed. `allowPrivate` adds loopback and private
 * networks, but never link-local addresses, at which clouds serve their instances' credentials.
 */
export function isAllowedAddress(address: string, allowPrivate: boolean): boolean {
  // `process` converts an IPv4-mapped IPv6 address to the IPv4 address.
  const range = ipaddr.isValid(address) ? ipaddr.process(address).range() : 'invalid'
  if (range === 'unicast') return true
  return (
    allowPrivate &&
    ['loopback', 'private', 'uniqueLocal', 'carrierGradeNat', 'unspecified', 'reserved', 'benchmarking'].includes(range)
  )
}

/** A URL for messages and logs: without query and fragment, which may hold signatures. */
export const showUrl = (url: URL): string => `${url.protocol}//${url.host}${url.pathname}`

/**
 * Checks a URL before anything is sent: scheme, credentials, and the host if it is an address or a local name. The URL parser has
 * already converted `2130706433` and `0x7f.1` to `127.0.0.1`.
 * @throws {FetchError} `bad_url`, `forbidden_address`
 */
export function checkUrl(raw: string, base: URL | undefined, allowPrivate: boolean): URL {
  const url = URL.parse(raw, base?.href)
  if (url === null) throw new FetchError('bad_url', `"${raw.slice(0, 200)}" is not a URL.`)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new FetchError('bad_url', `Only http and https URLs are fetched, not "${url.protocol}".`)
  }
  if (url.username !== '' || url.password !== '') {
    throw new FetchError('bad_url', `The URL ${showUrl(url)} carries a user name or password; give one without.`)
  }
  const host = url.hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase()
  const localName = host === 'localhost' || /\.(?:localhost|local|internal|home\.arpa)$/.test(host)
  const refused = ipaddr.isValid(host) ? !isAllowedAddress(host, allowPrivate) : localName && !allowPrivate
  if (refused) throw forbidden(host)
  return url
}

/** Checks the addresses of a name. One forbidden address rejects the name, even if the connection would use another address. */
export function checkAddresses(hostname: string, addresses: readonly LookupAddress[], allowPrivate: boolean): void {
  if (addresses.some(({ address }) => !isAllowedAddress(address, allowPrivate))) throw forbidden(hostname)
}

function forbidden(host: string): FetchError {
  return new FetchError(
    'forbidden_address',
    `The address of "${host}" is not public; LINERNOTES_ALLOW_PRIVATE_URLS=1 lets private addresses be fetched.`,
  )
}
