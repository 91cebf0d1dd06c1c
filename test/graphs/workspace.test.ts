import { describe, expect, it } from 'vitest'
import { createWorkspace } from '../../graphs/workspace.ts'

const chosen = { transcript: null, text: null, publisherChapters: [], durationMs: null, validators: {} }

describe('the workspace of a run', () => {
  it.each(['intake', 'transcript', 'segment', 'neighbours'] as const)(
    'says which node has to run before what "%s" leaves can be read',
    (node) => {
      expect(() => createWorkspace()[node].get()).toThrow(`the node "${node}" sets this, and it has not run`)
    },
  )

  it('accepts a value from a node once, and keeps it', () => {
    const { transcript } = createWorkspace()
    transcript.set(chosen)
    expect(() => transcript.set({ ...chosen, durationMs: 1 })).toThrow(
      'what the node "transcript" leaves is set already',
    )
    expect(transcript.get()).toBe(chosen)
  })

  it('renders no transcript before it is cut into segments', () => {
    const workspace = createWorkspace()
    expect(() => workspace.block()).toThrow('the node "transcript"')
    const read = { text: 'Looms read cards.', marks: [], language: null, headings: [], warnings: [] }
    workspace.transcript.set({ ...chosen, transcript: read })
    expect(() => workspace.block()).toThrow('the node "segment"')
    const segment = { index: 0, start: 0, end: 17, startMs: null, endMs: null, speaker: null, role: 'content' as const }
    workspace.segment.set([{ ...segment, timing: null, language: null, words: 3 }])
    expect(workspace.block()).toContain('Looms read cards.')
  })
})
