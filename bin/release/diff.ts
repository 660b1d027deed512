import type { EnvironmentSettings } from '../../lib/environments.ts'
import { changeRefusals } from './change-guard.ts'
import { compareStacks, hasChanges } from './changes.ts'
import { exitCodes, type Tools } from './context.ts'
import { findingsRefusal } from './deploy.ts'
import { placeRefusals } from './guards/place.ts'
import { asJson, asMarkdown, asText } from './report.ts'
import { deployedStacks } from './stacks.ts'

export interface DiffOptions {
  readonly replace: readonly string[]
  readonly json?: true
  readonly markdown?: true
}

/**
 * Shows what a deployment would change. It changes nothing.
 * @returns 0 if nothing differs, 1 if something does, 3 if a deployment would be refused for what it changes, 4 if it could not compare.
 */
export const diff = async (tools: Tools, settings: EnvironmentSettings, { replace, json, markdown }: DiffOptions): Promise<number> => {
  const { terminal } = tools
  const misplaced = await placeRefusals(settings)
  if (misplaced.length > 0) {
    terminal.error(`${settings.name} could not be compared:\n${misplaced.map(text => `  - ${text}\n`).join('')}`)
    return exitCodes.unknown
  }
  const { findings, templates } = await terminal.progress(`Synthesizing ${settings.name}`, () => tools.synthesize(settings))
  if (findings > 0) {
    terminal.error(`${findingsRefusal(settings, findings)}\n`)
    return exitCodes.unknown
  }
  const deployed = await deployedStacks(settings)
  const stacks = await compareStacks(templates, deployed)
  const refusals = changeRefusals(stacks, replace)
  const leftStacks = deployed.map(({ name }) => name).filter(name => !templates.has(name))
  const format = json ? asJson : markdown ? asMarkdown : asText
  terminal.out(format({ environment: settings.name, stacks, leftStacks, refusals }))
  if (refusals.length > 0) return exitCodes.refused
  return stacks.some(hasChanges) ? exitCodes.failed : exitCodes.done
}
