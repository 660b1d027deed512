import { CloudFormationClient, GetTemplateCommand, paginateDescribeStacks, type Stack, StackStatus } from '@aws-sdk/client-cloudformation'
import type { EnvironmentSettings } from '../../lib/environments.ts'

export interface DeployedStack {
  readonly name: string
  readonly status: string
  readonly isProtected: boolean
  readonly outputs: Readonly<Record<string, string>>
}

const describe = (stack: Stack): DeployedStack => ({
  name: stack.StackName ?? '',
  status: stack.StackStatus ?? '',
  isProtected: stack.EnableTerminationProtection ?? false,
  outputs: Object.fromEntries((stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue])),
})

/** All stacks of an environment that are in its account and Region, in any state. */
export const deployedStacks = async ({ name, region }: Pick<EnvironmentSettings, 'name' | 'region'>): Promise<readonly DeployedStack[]> => {
  const stacks: DeployedStack[] = []
  for await (const { Stacks = [] } of paginateDescribeStacks({ client: new CloudFormationClient({ region }) }, {}))
    stacks.push(...Stacks.map(describe).filter(stack => stack.name.startsWith(`nestegg-${name}-`)))
  return stacks
}

/** Whether the stack was ever made. A creation that failed leaves an empty stack, which the CDK deletes and makes again. */
export const isMade = ({ status }: DeployedStack): boolean =>
  status !== StackStatus.ROLLBACK_COMPLETE && status !== StackStatus.REVIEW_IN_PROGRESS

/** The text of the template that a stack was deployed with. */
export const deployedTemplate = async (region: string, stack: string): Promise<string> => {
  const { TemplateBody = '' } = await new CloudFormationClient({ region }).send(
    new GetTemplateCommand({ StackName: stack, TemplateStage: 'Original' }),
  )
  return TemplateBody
}
