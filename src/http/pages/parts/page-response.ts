import type { JSX } from 'hono/jsx/jsx-runtime'

/**
 * What a page may load and do: its own stylesheet, script and pictures, and forms and requests to this server. Inline scripts and styles
 * do not run, so injected markup would still do nothing. The page's own script cannot turn text into markup either.
 */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

/** A page as an answer. Browsers must send the origin of its forms, which `no-referrer` would hide. */
export async function respond(
  page: JSX.Element,
  { status = 200, headers = {} }: { status?: number; headers?: Readonly<Record<string, string>> } = {},
): Promise<Response> {
  const html = await page
  return new Response(`<!doctype html>${html.toString()}`, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': PAGE_POLICY,
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
      ...headers,
    },
  })
}

/** The answer to a form: the browser goes on with a GET, so that reloading does not send the form again. */
export function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
}
