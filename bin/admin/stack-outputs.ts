import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { type EnvironmentName, readDeployments } from '../../lib/deployment.ts'

/**
 * Reads outputs of a stack of an environment.
 * @param stack its name without the environment: `operations`
 * @throws Error that names the stack or the output that is missing
 */
export const readOutputs = async <Name extends string>(
  environment: EnvironmentName,
  stack: string,
  names: readonly Name[],
): Promise<Record<Name, string>> => {
  const { region } = readDeployments()[environment]
  const StackName = `nestegg-${environment}-${stack}`
  const described = new CloudFormationClient({ region }).send(new DescribeStacksCommand({ StackName }))
  const { Stacks = [] } = await described.catch((error: unknown) => {
    const isMissing = error instanceof Error && error.name === 'ValidationError'
    throw isMissing ? new Error(`There is no stack ${StackName} in ${region}: deploy ${environment} first.`, { cause: error }) : error
  })
  const values = new Map(Stacks[0]?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]))
  const found = names.map(name => {
    const value = values.get(name)
    if (value === undefined) throw new Error(`The stack ${StackName} has no output ${name}: deploy ${environment} again.`)
    return [name, value] as const
  })
  return Object.fromEntries(found) as Record<Name, string>
}
