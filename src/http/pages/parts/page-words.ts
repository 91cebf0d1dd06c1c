import type { ItemKind } from '../../../content/item.ts'
import type { Cost } from '../../../ledger/exchange.ts'

/** A place in a recording: `0:48`, `1:02:03`. */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (n: number) => String(n).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** How long something took: `37 ms`, `5.6 s`, `2 min 10 s`, `1 h 5 min`. */
export function durationText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  return `${Math.floor(seconds / 3600)} h ${Math.floor(seconds / 60) % 60} min`
}

/** `1 step`, `2 steps`; irregular plurals are given. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${grouped(n)} ${n === 1 ? one : many}`
}

/** Thousands are separated by a narrow space: `51 234`. */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, '\u202f')
}

/** `2026-11-23 03:40` in UTC. */
export function stamp(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ')
}

export function dollars(usd: number | null): string {
  if (usd === null) return 'unknown'
  if (usd === 0) return '$0'
  return usd < 0.01 ? `$${usd.toFixed(5)}` : `$${usd.toFixed(2)}`
}

/** `1 204 in, 310 out`. Empty if nothing was counted, `about …` if it was estimated. */
export function tokens(cost: Omit<Cost, 'usd'>): string {
  const { inputTokens, cachedTokens, outputTokens, estimatedUsd } = cost
  if (inputTokens + outputTokens === 0) return ''
  const cached = cachedTokens > 0 ? ` (${grouped(cachedTokens)} cached)` : ''
  const about = estimatedUsd === undefined ? '' : 'about '
  return `${about}${grouped(inputTokens)} in${cached}, ${grouped(outputTokens)} out`
}

const KINDS: Record<ItemKind, string> = {
  podcast_episode: 'podcast episode',
  talk: 'talk',
  audiobook_chapter: 'audiobook chapter',
  song: 'song',
  video: 'video',
}
export const kindName = (kind: ItemKind): string => KINDS[kind]

/** Run ids are long; their last characters tell them apart. */
export const shortId = (id: string): string => id.slice(-8)
