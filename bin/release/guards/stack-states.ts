import { StackStatus } from '@aws-sdk/client-cloudformation'
import type { Refusals } from '../context.ts'
import { type DeployedStack, isMade } from '../stacks.ts'

const refusal = (stack: DeployedStack): Refusals => {
  const { name, region, status } = stack
  const command = (text: string) => `aws cloudformation ${text} --region ${region} --stack-name ${name}`
  if (!isMade(stack)) return []
  if (status.endsWith('_IN_PROGRESS'))
    return [`${name} is being changed (${status}). Wait for the end: ${command('describe-stack-events')}`]
  if (status === StackStatus.UPDATE_ROLLBACK_FAILED)
    return [
      `${name} could not be rolled back. Its events name the resource: ${command('describe-stack-events')}. Remove the cause, then run: ${command('continue-update-rollback')}`,
    ]
  if (status.endsWith('_FAILED'))
    return [
      `${name} could not be created, changed or deleted completely (${status}). Its events name the resource: ${command('describe-stack-events')}. Remove the cause, then delete the stack: ${command('delete-stack')}`,
    ]
  return []
}

/** Refuses stacks that are being changed, and stacks that only an operator can bring out of their state. */
export const stackStateRefusals = (stacks: readonly DeployedStack[]): Refusals => stacks.flatMap(refusal)
