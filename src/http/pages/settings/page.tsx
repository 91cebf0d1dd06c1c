import type { Check } from '../../../doctor/check.ts'
import { Page } from '../parts/shell.tsx'
import { Badge } from '../parts/small-parts.tsx'

export interface Setting {
  name: string
  about: string
  /** As it is in force; null where it is not set. Never a secret. */
  value: string | null
  changed: boolean
}

const STATUS_TONES = { ok: 'good', off: 'plain', failed: 'bad' } as const
const STATUS_WORDS = { ok: 'ok', off: 'off', failed: 'failed' } as const

/** Words between backticks are code. */
function WithCode({ text }: { text: string }) {
  return <>{text.split('`').map((part, n) => (n % 2 === 1 ? <code>{part}</code> : part))}</>
}

/** What is configured, and whether it answers: what `linernotes doctor` says. */
export function SettingsPage({
  checks,
  settings,
  version,
}: {
  checks: readonly Check[]
  settings: readonly Setting[]
  version: string
}) {
  return (
    <Page title="Settings" section="settings">
      <h1>Settings</h1>
      <section aria-labelledby="checks">
        <h2 id="checks">What answers</h2>
        <table class="list">
          <thead>
            <tr>
              <th scope="col">Part</th>
              <th scope="col">State</th>
              <th scope="col">What it is</th>
            </tr>
          </thead>
          <tbody>
            {checks.map(({ name, status, detail, hint }) => (
              <tr>
                <th scope="row">{name}</th>
                <td>
                  <Badge tone={STATUS_TONES[status]}>{STATUS_WORDS[status]}</Badge>
                </td>
                <td>
                  <WithCode text={detail} />
                  {hint !== null && <span class="dim hint">{hint}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section aria-labelledby="variables">
        <h2 id="variables">Variables</h2>
        <p class="dim">Read from the environment when the server starts, version {version}. Keys are never shown.</p>
        <table class="list names">
          <thead>
            <tr>
              <th scope="col">Variable</th>
              <th scope="col">Value</th>
              <th scope="col">What it is for</th>
            </tr>
          </thead>
          <tbody>
            {settings.map(({ name, about, value, changed }) => (
              <tr>
                <th scope="row">
                  <code>{name}</code>
                </th>
                <td>{value === null ? <span class="dim">not set</span> : changed ? <b>{value}</b> : value}</td>
                <td>
                  <WithCode text={about} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Page>
  )
}
