import { replayPage } from '../parts/page-paths.ts'

/** Asks for a replay of a run that is over. */
export function ReplayForm({ run, nearest = false }: { run: string; nearest?: boolean }) {
  return (
    <form method="post" action={replayPage(run)} class="inline">
      {nearest && <input type="hidden" name="nearest" value="on" />}
      <button type="submit">{nearest ? 'Replay past what differs' : "Replay with today's code"}</button>
      <span class="dim">
        {nearest
          ? 'It goes on with the recorded answer at the same position.'
          : 'It uses the recorded answers. Nobody is asked, and nothing changes.'}
      </span>
    </form>
  )
}
