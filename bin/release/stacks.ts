import { CloudFormationClient, GetTemplateCommand, paginateDescribeStacks, type Stack, StackStatus } from '@aws-sdk/client-cloudformation'
import type { EnvironmentSettings } from '../../lib/environments.ts'
import { frontRegion } from '../../lib/front-settings.ts'

export interface DeployedStack {
  readonly name: string
  readonly region: string
  readonly status: string
  readonly isProtected: boolean
  readonly outputs: Readonly<Record<string, string>>
}

type Place = Pick<EnvironmentSettings, 'region' | 'front'>

/** The Regions in which an environment has stacks: its own, and that of its front. */
export const regionsOf = ({ region, front }: Place): readonly string[] => [...new Set([region, ...(front ? [frontRegion] : [])])]

const describe = (region: string, stack: Stack): DeployedStack => ({
  name: stack.StackName ?? '',
  region,
  status: stack.StackStatus ?? '',
  isProtected: stack.EnableTerminationProtection ?? false,
  outputs: Object.fromEntries((stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue])),
})

const stacksIn = async (region: string): Promise<readonly DeployedStack[]> => {
  const stacks: DeployedStack[] = []
  for await (const { Stacks = [] } of paginateDescribeStacks({ client: new CloudFormationClient({ region }) }, {}))
    stacks.push(...Stacks.map(stack => describe(region, stack)))
  return stacks
}

/** All stacks of an environment that are in its account and Regions, in any state. */
export const deployedStacks = async (settings: Place & Pick<EnvironmentSettings, 'name'>): Promise<readonly DeployedStack[]> =>
  (await Promise.all(regionsOf(settings).map(stacksIn))).flat().filter(({ name }) => name.startsWith(`nestegg-${settings.name}-`))

/** Whether the stack was ever made. A creation that failed leaves an empty stack, which the CDK deletes and makes again. */
export const isMade = ({ status }: DeployedStack): boolean =>
  status !== StackStatus.ROLLBACK_COMPLETE && status !== StackStatus.REVIEW_IN_PROGRESS

/** The text of the template that a stack was deployed with. */
export const deployedTemplate = async ({ name, region }: DeployedStack): Promise<string> => {
  const { TemplateBody = '' } = await new CloudFormationClient({ region }).send(
    new GetTemplateCommand({ StackName: name, TemplateStage: 'Original' }),
  )
  return TemplateBody
}
