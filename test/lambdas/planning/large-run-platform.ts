import type { Sql } from '../../../db/connections.ts'
import { type Answer, newPlan, startTestPlatform, type TestPlatform, type TestUser } from '../../support/platform.ts'

export interface LargeRunPlatform {
  readonly platform: TestPlatform
  readonly administrator: Sql
  readonly user: TestUser
  /** A plan of the user's, of one portfolio. */
  readonly planId: string
  /** Requests a large run of that plan. */
  readonly queue: (body?: unknown, by?: TestUser) => Promise<Answer>
  readonly read: (runId: string) => Promise<Answer['body']>
  /** A run of that plan in the request. */
  readonly simulate: (body?: unknown) => Promise<Answer['body']>
  readonly shardsOf: (runId: string) => Promise<{ attempts: number; status: string }[]>
}

/** A platform with a plan for large runs. */
export const startLargeRunPlatform = async (): Promise<LargeRunPlatform> => {
  const platform = await startTestPlatform()
  const administrator = platform.database.connect('postgres')
  const user = await platform.newUser()
  const { planId } = await newPlan(user)
  const plan = `/v1/planning/plans/${planId}`
  return {
    platform,
    administrator,
    user,
    planId,
    queue: (body = {}, by = user) => by.request('POST', `${plan}/large-runs`, { body }),
    read: async runId => (await user.request('GET', `/v1/planning/runs/${runId}`)).body,
    simulate: async (body = {}) => (await user.request('POST', `${plan}/runs`, { body })).body,
    shardsOf: async runId => [
      ...(await administrator<{ attempts: number; status: string }[]>`
        select attempts, status from planning.run_shards where run_id = ${runId} order by shard_index`),
    ],
  }
}
