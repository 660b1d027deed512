import { listDuePolicies, setNextExecution } from '../../../db/queries/operations/retention/policies.ts'
import { nextExecution } from './next-execution.ts'
import { type PolicyOutcome, type RetentionTools, runPolicy } from './run-policy.ts'

/** Runs the policies that are due, one after the other, while there is time. A policy without a next execution is given one. */
export const runDuePolicies = async (now: Date, tools: RetentionTools): Promise<PolicyOutcome[]> => {
  const due = await tools.inRetention(transaction => listDuePolicies(transaction, now.toISOString()))
  const outcomes: PolicyOutcome[] = []
  for (const policy of due) {
    if (policy.nextExecution === null) {
      const next = nextExecution(policy.scheduleCron, policy.timezone, now)
      await tools.inRetention(transaction => setNextExecution(transaction, policy.id, next))
    } else if (tools.hasTime()) outcomes.push(await runPolicy(policy, policy.nextExecution, tools))
  }
  return outcomes
}
