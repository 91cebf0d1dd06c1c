import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { OpenAPIHono } from '@hono/zod-openapi'
import { Problem } from '../../answers/problem.ts'

const FILES = {
  'pages.css': 'text/css; charset=utf-8',
  'pages.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const
export type AssetName = keyof typeof FILES

const bodies = new Map<string, { body: string; type: string; tag: string }>(
  Object.entries(FILES).map(([name, type]) => {
    const body = readFileSync(new URL(`../../assets/${name}`, import.meta.url), 'utf8')
    return [name, { body, type, tag: createHash('sha256').update(body).digest('hex').slice(0, 12) }]
  }),
)

/** The address of an asset. It changes with the content, so browsers can keep assets for ever. */
export const assetPath = (name: AssetName): string => `/assets/${name}?v=${bodies.get(name)?.tag}`

export function assetRoutes(app: OpenAPIHono): void {
  app.get('/assets/:name', (c) => {
    const asset = bodies.get(c.req.param('name'))
    if (asset === undefined) throw new Problem('not-found', `there is no ${c.req.path}`)
    const forever = c.req.query('v') === asset.tag
    return new Response(asset.body, {
      headers: {
        'content-type': asset.type,
        'cache-control': forever ? 'public, max-age=31536000, immutable' : 'no-cache',
      },
    })
  })
}
