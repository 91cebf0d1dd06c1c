import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Check } from '../../../doctor/check.ts'
import { checkEndpoint } from '../../../doctor/endpoint-check.ts'
import { endpointsOf, unconfigured } from '../../../doctor/endpoint-list.ts'
import { checkMemory, checkServiceParts } from '../../../doctor/service-checks.ts'
import type { HttpDeps } from '../../http-deps.ts'
import { respond } from '../parts/page-response.ts'
import { SettingsPage } from './page.tsx'
import { viewSettings } from './view.ts'

/** A page waits this long for an endpoint. */
const PATIENCE_MS = 3000
/** Findings are shown again for this long: loading a page over and over asks nobody anything. */
const FRESH_MS = 15_000

export function settingsPages(app: OpenAPIHono, { service, version }: HttpDeps): void {
  const { config } = service
  let last: { at: number; checks: Promise<Check[]> } | undefined

  app.get('/settings', async () => {
    if (last === undefined || Date.now() - last.at > FRESH_MS) last = { at: Date.now(), checks: check() }
    const checks = (await last.checks).map((found) => ({ ...found, detail: withoutUserInfo(found.detail) }))
    return respond(<SettingsPage checks={checks} settings={viewSettings(config)} version={version} />)
  })

  async function check(): Promise<Check[]> {
    const endpoints = endpointsOf(config).map((endpoint) => checkEndpoint(endpoint, { fetch, timeoutMs: PATIENCE_MS }))
    return [
      ...(await Promise.all(endpoints)),
      ...unconfigured(config),
      ...(await checkServiceParts(service)),
      checkMemory(),
    ]
  }
}

/** Addresses of endpoints may hold a name and a password. */
function withoutUserInfo(text: string): string {
  return text.replaceAll(/(\w+:\/\/)[^\s/@]+@/g, '$1')
}
