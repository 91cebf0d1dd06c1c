import type { OpenAPIHono } from '@hono/zod-openapi'
import { endpointsOf, unconfigured } from '../../../doctor/configured.ts'
import { checkEndpoint } from '../../../doctor/endpoint.ts'
import type { Check } from '../../../doctor/finding.ts'
import { inside, memory } from '../../../doctor/inside.ts'
import type { HttpDeps } from '../../deps.ts'
import { respond } from '../respond.ts'
import { SettingsPage } from './settings-page.tsx'
import { viewSettings } from './settings-view.ts'

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
    return [...(await Promise.all(endpoints)), ...unconfigured(config), ...(await inside(service)), memory()]
  }
}

/** Addresses of endpoints may hold a name and a password. */
function withoutUserInfo(text: string): string {
  return text.replaceAll(/(\w+:\/\/)[^\s/@]+@/g, '$1')
}
