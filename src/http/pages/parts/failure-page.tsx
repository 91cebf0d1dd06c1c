import type { Context } from 'hono'
import type { Problem } from '../../answers/problem.ts'
import { respond } from './page-response.ts'
import { Page } from './shell.tsx'

/** A problem: a page for browsers, a problem document for programs. */
export function answerProblem(problem: Problem, c: Context): Response | Promise<Response> {
  return asksForPage(c.req.path, c.req.header('accept')) ? respondProblem(problem) : problem.toResponse()
}

/** Whether a browser asks for a page. The programs' addresses always answer with problem documents. */
function asksForPage(path: string, accept: string | undefined): boolean {
  const forPrograms = /^\/(v1|health|metrics|mcp|assets)(\/|$)|^\/openapi\.json$|^\/docs(\/|$)/
  return !forPrograms.test(path) && (accept ?? '').includes('text/html')
}

/** What went wrong as a page, with a way on. */
function respondProblem(problem: Problem): Promise<Response> {
  const { status, title, extras } = problem
  return respond(
    <Page title={title}>
      <h1>{title}</h1>
      <p class={`notice ${status >= 500 ? 'bad' : 'warn'}`}>{problem.message}</p>
      <p>
        {status >= 500 && 'Loading the page again may help. '}
        The <a href="/items">items</a>, the <a href="/runs">runs</a>, or the <a href="/">start</a>.
      </p>
      <p class="dim">Status {status}</p>
    </Page>,
    { status, headers: { ...extras.headers } },
  )
}
