import { AGENT_NAMES } from '../../graphs/agents/registry.ts'
import { InvalidPrompt, promptLibrary, UnknownPrompt } from '../../graphs/prompts/load.ts'

/** The agents that ask a model with a prompt: those of the document, the critic, and the one that chooses a transcript. */
export const ASKING_AGENTS: readonly string[] = [...AGENT_NAMES, 'critique', 'transcript']

/** The facets that a run can be asked to make again: one for each agent, by its name. */
export const REQUESTABLE_FACETS: readonly string[] = AGENT_NAMES

const library = promptLibrary()

/** Why a prompt cannot be set for an agent: it has to be one of the agent's own. Null if it can. */
function promptProblem(agent: string, prompt: string): string | null {
  const own = library.promptVersions().filter((id) => id.startsWith(`${agent}/`))
  if (ASKING_AGENTS.includes(agent) && !own.includes(prompt))
    return `there is no prompt "${prompt}" for ${agent}; there is ${own.join(', ') || 'none'}`
  return trialProblem(agent, prompt)
}

/** Why a prompt cannot be tried with an agent. A trial may use any agent's prompt. Null if it can. */
export function trialProblem(agent: string, prompt: string): string | null {
  const unknown = agentProblem(agent)
  if (unknown !== null) return unknown
  try {
    const { id, agent: owner } = library.load(prompt)
    return ASKING_AGENTS.includes(owner) ? null : `"${id}" is not the prompt of an agent: it has no task`
  } catch (error) {
    if (error instanceof InvalidPrompt || error instanceof UnknownPrompt) return error.message
    throw error
  }
}

/** The mistakes in settings that are made per agent: one sentence each, which begins with the variable's name. */
export function agentSettingsProblems({
  LINERNOTES_PROMPTS: prompts = {},
  LINERNOTES_MODELS: models = {},
}: {
  LINERNOTES_PROMPTS?: Readonly<Record<string, string>> | undefined
  LINERNOTES_MODELS?: Readonly<Record<string, string>> | undefined
}): string[] {
  return [
    ...Object.entries(prompts).map(([agent, prompt]) =>
      withVariable('LINERNOTES_PROMPTS', promptProblem(agent, prompt)),
    ),
    ...Object.keys(models).map((agent) => withVariable('LINERNOTES_MODELS', agentProblem(agent))),
  ].flat()
}

function agentProblem(agent: string): string | null {
  return ASKING_AGENTS.includes(agent) ? null : `there is no agent "${agent}"; there are ${ASKING_AGENTS.join(', ')}`
}

const withVariable = (variable: string, problem: string | null): string[] =>
  problem === null ? [] : [`${variable}: ${problem}`]
