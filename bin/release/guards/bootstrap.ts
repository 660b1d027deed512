import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import type { EnvironmentSettings } from '../../../lib/environments.ts'
import type { Refusals } from '../context.ts'
import { regionsOf } from '../stacks.ts'

const toolkitStack = 'CDKToolkit'

/** The version of the CDK's stack in the account; undefined if there is none. */
const deployedVersion = async (region: string): Promise<number | undefined> => {
  try {
    const { Stacks = [] } = await new CloudFormationClient({ region }).send(new DescribeStacksCommand({ StackName: toolkitStack }))
    const version = Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'BootstrapVersion')?.OutputValue
    return version === undefined ? undefined : Number(version)
  } catch (error) {
    // CloudFormation has no error of its own for a stack that is missing.
    if (error instanceof Error && error.name === 'ValidationError' && error.message.includes('does not exist')) return undefined
    throw error
  }
}

const refusalsIn = async (account: string, region: string, required: number): Promise<Refusals> => {
  const version = await deployedVersion(region)
  if (version !== undefined && version >= required) return []
  const found =
    version === undefined
      ? `The account ${account} is not prepared for the CDK in ${region}.`
      : `The account ${account} is prepared for the CDK in version ${version} in ${region}, but version ${required} is needed.`
  return [`${found} Run: npx cdk bootstrap aws://${account}/${region}`]
}

/** Refuses an account that is not prepared for the CDK in each Region of the environment, or of which the preparation is too old. */
export const bootstrapRefusals = async (settings: EnvironmentSettings, required: number): Promise<Refusals> =>
  (await Promise.all(regionsOf(settings).map(region => refusalsIn(settings.account, region, required)))).flat()
