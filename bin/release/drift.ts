import { setTimeout as wait } from 'node:timers/promises'
import {
  CloudFormationClient,
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
  type PropertyDifference,
  type StackResourceDrift,
} from '@aws-sdk/client-cloudformation'
import type { EnvironmentSettings } from '../../lib/environments.ts'
import { exitCodes, messageOf, type Tools } from './context.ts'
import { refuse } from './deploy.ts'
import { placeRefusals } from './guards/place.ts'
import { stackStateRefusals } from './guards/stack-states.ts'
import { deployedStacks, isMade } from './stacks.ts'

const pollMilliseconds = 5_000
/** A detection reads every resource of the stack. AWS names no limit of its time. */
const longestMinutes = 30
const longestValue = 200

/** Lets CloudFormation compare a stack with its resources, and waits for the end. */
const detect = async (client: CloudFormationClient, stack: string, poll: number): Promise<void> => {
  const { StackDriftDetectionId } = await client.send(new DetectStackDriftCommand({ StackName: stack }))
  const until = Date.now() + longestMinutes * 60_000
  for (;;) {
    const found = await client.send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }))
    if (found.DetectionStatus === 'DETECTION_COMPLETE') return
    if (found.DetectionStatus === 'DETECTION_FAILED') throw new Error(found.DetectionStatusReason ?? 'CloudFormation names no reason')
    if (Date.now() > until) throw new Error(`the detection has not ended after ${longestMinutes} minutes`)
    await wait(poll)
  }
}

/** The resources of a stack that were changed or deleted by hand. */
const driftedResources = async (client: CloudFormationClient, stack: string): Promise<readonly StackResourceDrift[]> => {
  const drifts: StackResourceDrift[] = []
  let NextToken: string | undefined
  do {
    const page = await client.send(
      new DescribeStackResourceDriftsCommand({ StackName: stack, StackResourceDriftStatusFilters: ['MODIFIED', 'DELETED'], NextToken }),
    )
    drifts.push(...(page.StackResourceDrifts ?? []))
    NextToken = page.NextToken
  } while (NextToken !== undefined)
  return drifts
}

const short = (value = 'nothing'): string => (value.length > longestValue ? `${value.slice(0, longestValue)}…` : value)

const differenceLine = ({ ActualValue, DifferenceType, ExpectedValue, PropertyPath }: PropertyDifference): string =>
  DifferenceType === 'ADD'
    ? `${PropertyPath}: ${short(ActualValue)} was added`
    : DifferenceType === 'REMOVE'
      ? `${PropertyPath}: ${short(ExpectedValue)} was removed`
      : `${PropertyPath}: ${short(ExpectedValue)} became ${short(ActualValue)}`

const resourceLines = (drift: StackResourceDrift): string[] => {
  const { LogicalResourceId, PhysicalResourceId, PropertyDifferences = [], ResourceType, StackResourceDriftStatus } = drift
  const resource = `${LogicalResourceId} (${ResourceType}, ${PhysicalResourceId})`
  return StackResourceDriftStatus === 'DELETED'
    ? [`  - ${resource} was deleted`]
    : [`  ~ ${resource} was changed`, ...PropertyDifferences.map(difference => `      ${differenceLine(difference)}`)]
}

export interface DriftOptions {
  /** The time between two questions about a detection. */
  readonly pollMilliseconds?: number
}

/**
 * Compares all stacks of an environment with their resources, one after the other: CloudFormation reads hundreds of resources, which
 * services refuse if it is too fast. It changes nothing.
 * @returns 0 if nothing differs, 1 if something does, 4 if a stack could not be compared, or the code of a refusal.
 */
export const drift = async (tools: Tools, settings: EnvironmentSettings, options: DriftOptions = {}): Promise<number> => {
  const { terminal } = tools
  const place = await placeRefusals(settings)
  if (place.length > 0) return refuse(tools, place, 'compared')
  const stacks = await deployedStacks(settings)
  const states = stackStateRefusals(stacks)
  if (states.length > 0) return refuse(tools, states, 'compared')
  const counts = { drifted: 0, failed: 0 }
  const made = stacks.filter(isMade)
  for (const { name, region } of made) {
    const client = new CloudFormationClient({ region })
    try {
      await terminal.progress(`Comparing ${name}`, () => detect(client, name, options.pollMilliseconds ?? pollMilliseconds))
      const resources = await driftedResources(client, name)
      counts.drifted += resources.length
      if (resources.length > 0) terminal.out(`${[name, ...resources.flatMap(resourceLines)].join('\n')}\n`)
    } catch (error) {
      counts.failed += 1
      terminal.error(`${name} could not be compared: ${messageOf(error)}\n`)
    }
  }
  const found =
    counts.drifted === 0 ? 'Nothing differs' : counts.drifted === 1 ? '1 resource differs' : `${counts.drifted} resources differ`
  terminal.out(`${settings.name}: ${found} in ${made.length - counts.failed} of ${made.length} stacks.\n`)
  if (counts.failed > 0) return exitCodes.unknown
  return counts.drifted > 0 ? exitCodes.failed : exitCodes.done
}
