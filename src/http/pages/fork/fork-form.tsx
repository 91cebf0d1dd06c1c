import { forkPage } from '../parts/page-paths.ts'

/** Asks for a fork of a run at one of its steps. */
export function ForkForm({ run, step }: { run: string; step: string }) {
  return (
    <form method="post" action={forkPage(run)} class="inline">
      <input type="hidden" name="at" value={step} />
      <button type="submit">Fork from here</button>
      <label>
        with the model <input name="model" maxlength={200} placeholder="as configured" size={16} />
      </label>
      <span class="dim">
        A run of its own: this step and what comes after it live, the rest from this run. It publishes nothing.
      </span>
    </form>
  )
}
