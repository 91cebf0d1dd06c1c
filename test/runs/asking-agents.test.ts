import { describe, expect, it } from 'vitest'
import { AGENT_NAMES, AGENT_PROMPTS } from '../../graphs/agents/registry.ts'
import { ASKING_AGENTS, agentSettingsProblems, REQUESTABLE_FACETS, trialProblem } from '../../src/runs/asking-agents.ts'

const promptProblems = (LINERNOTES_PROMPTS: Record<string, string>) => agentSettingsProblems({ LINERNOTES_PROMPTS })

it('the critic and the one that chooses a transcript ask a model too, and make no facet', () => {
  expect(ASKING_AGENTS).toEqual([...AGENT_NAMES, 'critique', 'transcript'])
  expect(REQUESTABLE_FACETS).toEqual(AGENT_NAMES)
})

describe('settings that are made per agent', () => {
  it('are right where every agent has one of its own prompts, or a model', () => {
    expect(agentSettingsProblems({})).toEqual([])
    expect(promptProblems({ ...AGENT_PROMPTS, critique: 'critique/v1', transcript: 'transcript/v1' })).toEqual([])
    expect(agentSettingsProblems({ LINERNOTES_MODELS: { topics: 'a', critique: 'b' } })).toEqual([])
  })

  it('are wrong one by one, each with its variable and with what there is', () => {
    expect(
      agentSettingsProblems({
        LINERNOTES_PROMPTS: { topics: 'topics/v99', entities: 'entities/v1', summary: 'topics/v1' },
        LINERNOTES_MODELS: { nobody: 'a', topics: 'b' },
      }),
    ).toEqual([
      expect.stringMatching(/^LINERNOTES_PROMPTS: there is no prompt "topics\/v99" for topics; there is topics\/v1/),
      expect.stringMatching(/^LINERNOTES_PROMPTS: there is no prompt "topics\/v1" for summary; there is summary\/v1/),
      expect.stringMatching(/^LINERNOTES_MODELS: there is no agent "nobody"; there are topics, .+, transcript$/),
    ])
  })

  it("may not be another agent's prompt, nor one without a version", () => {
    expect(promptProblems({ topics: 'shared/v1' })).toHaveLength(1)
    expect(promptProblems({ topics: 'topics' })).toHaveLength(1)
    expect(promptProblems({ nobody: 'topics/v1' })).toEqual([expect.stringContaining('no agent "nobody"')])
  })
})

describe('a prompt that is tried with an agent', () => {
  it('may be that of any agent', () => {
    expect(trialProblem('topics', 'topics/v1')).toBeNull()
    expect(trialProblem('topics', 'summary/v1')).toBeNull()
    expect(trialProblem('critique', 'transcript/v1')).toBeNull()
  })

  it('may not be a text that prompts share, one that there is not, or no prompt at all', () => {
    expect(trialProblem('topics', 'shared/v1')).toBe('"shared/v1" is not the prompt of an agent: it has no task')
    expect(trialProblem('topics', 'topics/v99')).toContain('no prompt "topics/v99"')
    expect(trialProblem('topics', '../../README')).not.toBeNull()
    expect(trialProblem('nobody', 'topics/v1')).toContain('there is no agent "nobody"')
  })
})
