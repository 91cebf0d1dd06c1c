import type { AgentCall, AgentRound } from '../../../trace/agent-rounds.ts'
import { Json, LongText } from '../parts/json-view.tsx'
import { exchangePage } from '../parts/page-paths.ts'
import { durationText, tokens } from '../parts/page-words.ts'
import { Badge } from '../parts/small-parts.tsx'

/** An agent's conversation with its model: what it asked for, what it got, and what was sent back to it and why. */
export function Conversation({ rounds, run }: { rounds: readonly AgentRound[]; run: string }) {
  return (
    <ol class="rounds">
      {rounds.map((round, n) => (
        <li>
          {round.conversation > 0 && rounds[n - 1]?.conversation !== round.conversation && (
            <p class="dim">A conversation of its own: a second opinion.</p>
          )}
          <Round round={round} run={run} />
        </li>
      ))}
    </ol>
  )
}

function Round({ round, run }: { round: AgentRound; run: string }) {
  const used = round.cost === null ? '' : tokens(round.cost)
  return (
    <article class={`round ${round.outcome}`}>
      <header>
        <a href={exchangePage(run, round.exchange)}>{round.exchange}</a>
        <span class="dim">{[round.model, durationText(round.ms), used].filter(Boolean).join(' · ')}</span>
      </header>
      {round.retries.map(({ reason, waitedMs }) => (
        <p class="warn">
          Tried again after {durationText(waitedMs)}: {reason}
        </p>
      ))}
      {round.failed !== null && <p class="notice bad">{round.failed}</p>}
      {round.said !== null && <LongText text={round.said} label="Said" />}
      {round.calls.map((call) => (
        <Call call={call} />
      ))}
      {round.cutOff && <p class="warn">Cut off at the length limit.</p>}
      {round.rejected !== null && <Rejected reason={round.rejected} />}
    </article>
  )
}

function Call({ call }: { call: AgentCall }) {
  return (
    <div class="toolcall">
      <p>
        <b>{call.tool}</b>{' '}
        {call.tool.startsWith('submit_') && call.rejected === null && <Badge tone="good">answer taken</Badge>}
      </p>
      <Json value={call.arguments} label="Arguments" />
      {call.result !== undefined && <Json value={call.result} label="Result" open={false} />}
      {call.rejected !== null && <Rejected reason={call.rejected} />}
    </div>
  )
}

function Rejected({ reason }: { reason: string }) {
  return (
    <p class="notice warn">
      <b>Sent back:</b> {reason}
    </p>
  )
}
