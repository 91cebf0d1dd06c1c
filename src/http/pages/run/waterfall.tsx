import { exchangePage, stepPage } from '../parts/page-paths.ts'
import { count, durationText, tokens } from '../parts/page-words.ts'
import { type CallLine, EMBEDDED_HERE, type RunView, type StepLine } from './view.ts'

/** If a step has more calls than this, they are shown only on its own page. Remote embeddings need one call for each text. */
const CALLS_SHOWN = 12

/** The steps and their calls over the time of the run. */
export function Waterfall({ run }: { run: RunView }) {
  return (
    <table class="waterfall">
      <caption class="visually-hidden">Steps and their calls, in order, with when they ran</caption>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col" class="time">
            <span>0</span>
            <span>{durationText(run.spanMs)}</span>
          </th>
          <th scope="col" class="num">
            Took
          </th>
          <th scope="col">What happened</th>
        </tr>
      </thead>
      {run.steps.map((step, n) => (
        <tbody class={run.steps[n - 1]?.superstep === step.superstep ? undefined : 'first'}>
          <StepRow step={step} run={run} />
          {step.calls.slice(0, CALLS_SHOWN).map((call) => (
            <CallRow call={call} run={run} />
          ))}
          {step.calls.length > CALLS_SHOWN && (
            <tr class="call">
              <th scope="row">
                <a href={stepPage(run.id, step.name)}>and {count(step.calls.length - CALLS_SHOWN, 'more call')}</a>
              </th>
              <td colspan={3}></td>
            </tr>
          )}
        </tbody>
      ))}
    </table>
  )
}

function StepRow({ step, run }: { step: StepLine; run: RunView }) {
  const used = tokens(step.tokens)
  return (
    <tr class={`step ${step.state}`}>
      <th scope="row">
        <a href={stepPage(run.id, step.name)}>{step.node}</a>
        {step.visit > 0 && <span class="dim"> round {step.visit}</span>}
      </th>
      <td class="time">
        <Bar from={step.from} ms={step.ms} span={run.spanMs} class={`bar ${step.state}`} />
      </td>
      <td class="num">{step.state !== 'open' && durationText(step.ms)}</td>
      <td class="note">
        {step.state === 'failed' && <b class="bad">✗ {step.reason}</b>}
        {step.state === 'abstained' && <b class="warn">abstained: {step.reason}</b>}
        {step.state === 'open' && <b class="busy">under way</b>}
        {step.readingMs !== null && (
          <span class="dim">
            {durationText(step.readingMs)} of it: {EMBEDDED_HERE}
          </span>
        )}
        {step.state !== 'failed' && used !== '' && <span class="dim">{used}</span>}
      </td>
    </tr>
  )
}

function CallRow({ call, run }: { call: CallLine; run: RunView }) {
  const short = call.name.split('.').slice(-2).join('.')
  return (
    <tr class={`call ${call.outcome}`}>
      <th scope="row">
        <a href={exchangePage(run.id, call.name)} aria-label={call.name}>
          {short}
        </a>
      </th>
      <td class="time">
        {!call.served && <Bar from={call.from} ms={call.ms} span={run.spanMs} class={`bar call ${call.outcome}`} />}
      </td>
      <td class="num">{durationText(call.ms)}</td>
      <td class="note">
        {call.outcome !== 'ok' && <b class="bad">{call.outcome === 'refused' ? 'refused: ' : '✗ '}</b>}
        {call.note}
        {call.served && <span class="dim">{call.note === null ? 'served' : ' · served'}</span>}
        {call.retries > 0 && <span class="warn"> {count(call.retries, 'retry', 'retries')}</span>}
        {call.rejections.map((reason) => (
          <span class="rejected">
            <b>sent back:</b> {reason}
          </span>
        ))}
      </td>
    </tr>
  )
}

/** Gives a step or call that took no time a visible width. */
const MIN_BAR_SHARE = 0.0015

function Bar({ from, ms, span, class: name }: { from: number; ms: number; span: number; class: string }) {
  const percent = (part: number) => `${Math.round((part / span) * 10_000) / 100}%`
  return (
    <svg width="100%" height="12" aria-hidden="true">
      <rect
        x={percent(Math.max(0, from))}
        y="1"
        width={percent(Math.max(ms, span * MIN_BAR_SHARE))}
        height="10"
        rx="2"
        class={name}
      />
    </svg>
  )
}
