import { type EnvironmentSettings, forFirstDeployment } from '../../lib/environments.ts'
import { frontStackOf } from '../../lib/front-settings.ts'
import { deployArguments } from './cdk.ts'
import { changeRefusals } from './change-guard.ts'
import { compareStacks } from './changes.ts'
import { exitCodes, type Refusals, type Synthesis, type Tools } from './context.ts'
import { accountRefusals } from './guards/account.ts'
import { frontRefusals } from './guards/front.ts'
import { placeRefusals } from './guards/place.ts'
import { stackStateRefusals } from './guards/stack-states.ts'
import { type DeployedStack, deployedStacks, isMade } from './stacks.ts'

export interface DeployOptions {
  /** `<stack>/<logical id>` of each resource with state that may be replaced or removed. */
  readonly replace: readonly string[]
  /** Deploys without protection from deletion, before the environment is destroyed. */
  readonly unprotected?: true
}

/** Shows all refusals, and returns the exit code for them. */
export const refuse = ({ terminal }: Pick<Tools, 'terminal'>, refusals: Refusals, action = 'deployed'): number => {
  terminal.error(['', `Nothing was ${action}:`, ...refusals.map(text => `  - ${text}`), ''].join('\n'))
  return exitCodes.refused
}

const synthesize = (tools: Tools, settings: EnvironmentSettings): Promise<Synthesis> =>
  tools.terminal.progress(`Synthesizing ${settings.name}`, () => tools.synthesize(settings))

export const findingsRefusal = ({ name }: EnvironmentSettings, findings: number): string =>
  `The templates of ${name} have ${findings} findings, shown above. Fix them, or acknowledge them with a reason where the construct is made.`

/**
 * Whether the environment was never deployed completely. Only the last step of a first deployment turns the protection on, so the stacks of
 * an environment that lacks a new stack are protected already, and stay so.
 */
const isFirstDeployment = ({ templates }: Synthesis, deployed: readonly DeployedStack[]): boolean => {
  const made = new Set(deployed.filter(isMade).map(({ name }) => name))
  return [...templates.keys()].some(name => !made.has(name)) && !deployed.some(({ isProtected }) => isProtected)
}

const announceFailedCreations = ({ terminal }: Tools, deployed: readonly DeployedStack[]): void => {
  for (const { name, status } of deployed)
    if (status === 'ROLLBACK_COMPLETE')
      terminal.out(`${name} failed when it was made and is empty (${status}). It is deleted and made again.\n`)
}

/**
 * Deploys an environment, after all guards. The CDK deletes a stack of which the creation failed before it makes it again.
 * @returns 0, the exit code of the CDK if it failed, or that of a refusal.
 */
export const deploy = async (tools: Tools, chosen: EnvironmentSettings, { replace, unprotected }: DeployOptions): Promise<number> => {
  const { terminal } = tools
  const settings = unprotected ? forFirstDeployment(chosen) : chosen
  const misplaced = await placeRefusals(settings)
  if (misplaced.length > 0) return refuse(tools, misplaced)

  const synthesis = await synthesize(tools, settings)
  const deployed = await deployedStacks(settings)
  const changes = await compareStacks(synthesis.templates, deployed)
  const refusals = [
    ...(await accountRefusals(settings, synthesis.bootstrapVersion)),
    ...frontRefusals(settings, deployed),
    ...stackStateRefusals(deployed),
    ...(synthesis.findings > 0 ? [findingsRefusal(settings, synthesis.findings)] : changeRefusals(changes, replace)),
  ]
  if (refusals.length > 0) return refuse(tools, refusals)

  announceFailedCreations(tools, deployed)
  const isFirst = isFirstDeployment(synthesis, deployed)
  if (isFirst && settings.deletionProtection) {
    terminal.out(`The first deployment of ${settings.name} is made without protection from deletion, so that it can be rolled back.\n`)
    const code = await tools.cdk(deployArguments((await synthesize(tools, forFirstDeployment(settings))).folder))
    if (code !== exitCodes.done) return code
    terminal.out('Everything is there. The second step turns the protection on.\n')
    await synthesize(tools, settings)
  }
  const code = await tools.cdk(deployArguments(synthesis.folder))
  if (code === exitCodes.done) await announce(tools, settings, isFirst)
  return code
}

const announce = async ({ terminal }: Tools, settings: EnvironmentSettings, isFirst: boolean): Promise<void> => {
  const { name, alarms } = settings
  const stacks = await deployedStacks(settings)
  const url = stacks.find(stack => stack.name === `nestegg-${name}-${frontStackOf(settings)}`)?.outputs['Url']
  terminal.out(`\n${name} is deployed: ${url ?? 'its stack has no output Url'}\nTry it: npm run smoke -- ${name}\n`)
  if (isFirst && alarms)
    terminal.out(`AWS has mailed ${alarms.pages} and ${alarms.tickets}: each of them confirms the subscription, or no alarm arrives.\n`)
}
