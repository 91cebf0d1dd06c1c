/** Addresses of pages. Ids hold any printable characters, so each part is percent-encoded. */
const part = encodeURIComponent

export const itemPage = (id: string): string => `/items/${part(id)}`
export const itemVersionPage = (id: string, version: number): string => `${itemPage(id)}?version=${version}`
export const whyPage = (id: string, pointer: string, version: number): string =>
  withQuery(`${itemPage(id)}/why`, { pointer, version: String(version) })
export const runPage = (id: string): string => `/runs/${part(id)}`
export const stepPage = (run: string, step: string): string => `${runPage(run)}/steps/${part(step)}`
export const exchangePage = (run: string, exchange: string): string => `${runPage(run)}/exchanges/${part(exchange)}`
export const replayPage = (run: string): string => `${runPage(run)}/replay`
/** The target of the form on a step's page. */
export const forkPage = (run: string): string => `${runPage(run)}/fork`
export const diffPage = (a: string, b: string): string => `${runPage(a)}/diff/${part(b)}`
export const reviewAnchor = (id: string): string => `/reviews#review-${id}`

/** An address with parameters. Absent and empty ones are left out. */
export function withQuery(path: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams(
    Object.entries(parameters).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, value] satisfies [string, string]],
    ),
  )
  return query.size === 0 ? path : `${path}?${query}`
}
