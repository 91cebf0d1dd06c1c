import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { OpenAPIHono } from '@hono/zod-openapi'
import { openApiDocument } from '../answers/openapi.ts'
import { Problem } from '../answers/problem.ts'
import type { HttpDeps } from '../http-deps.ts'

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>linernotes: the HTTP interface</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<noscript><p>This page needs JavaScript; <a href="/openapi.json">/openapi.json</a> says the same.</p></noscript>
<div id="page"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`
const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#page', deepLinking: true, validatorUrl: null })\n`

/** Only scripts of this server may run. Swagger UI sets styles on elements, and draws its icons from data URLs. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const ASSETS: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
}

/** The OpenAPI document and a page that shows it. This server serves everything that the page loads. */
export function docsRoutes(app: OpenAPIHono, { version }: HttpDeps): void {
  let json: string | undefined
  app.get('/openapi.json', () => {
    json ??= JSON.stringify(openApiDocument(app.openAPIRegistry, version))
    return new Response(json, { headers: { 'content-type': 'application/json', 'cache-control': 'no-cache' } })
  })
  app.get('/docs', () => page(PAGE, 'text/html; charset=utf-8'))
  app.get('/docs/start.js', () => page(START, 'text/javascript; charset=utf-8'))
  app.get('/docs/:asset', async (c) => {
    const asset = c.req.param('asset')
    const type = ASSETS[asset]
    if (type === undefined) throw new Problem('not-found', `there is no ${c.req.path}`)
    return page(await readFile(join(swaggerUi(), asset)), type)
  })
}

function page(body: string | Buffer, type: string): Response {
  const headers = { 'content-type': type, 'content-security-policy': POLICY, 'cache-control': 'no-cache' }
  return new Response(typeof body === 'string' ? body : new Uint8Array(body), { headers })
}

function swaggerUi(): string {
  return dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
}
