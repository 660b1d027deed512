import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../../lambdas/routes.ts'
import type { Route } from '../../lambdas/runtime/route.ts'
import { makeEverything } from '../support/everything.ts'
import { startTestPlatform, type TestPlatform, type TestUser } from '../support/platform.ts'
import { fill } from '../support/resources.ts'
import { insertReview } from '../support/review.ts'
import { pathCases, type Shared } from '../support/route-cases.ts'
import { join } from '../support/shared-household.ts'

let platform: TestPlatform
let owner: TestUser
let administrator: TestUser
let shared: Shared
/** Ids of resources that a route changes, where the common ones do not fit. */
let particular: Readonly<Record<string, Readonly<Record<string, string>>>>

beforeAll(async () => {
  platform = await startTestPlatform()
  const [first, guest, removed, fourth] = await Promise.all(Array.from({ length: 4 }, () => platform.newUser()))
  owner = first!
  administrator = fourth!
  await administrator.request('GET', '/v1/identity/users/me')
  const postgres = platform.database.connect('postgres')
  await postgres`update identity.users set role = 'admin' where email = ${administrator.email}`
  const [policy] = await postgres<{ policyId: string }[]>`
    insert into operations.data_retention_policies (name, table_name, retention_period_days, schedule_cron)
    values ('Trial', 'operations.job_runs', 90, '0 2 * * *') returning id as "policyId"`
  const [profile] = await postgres<{ priceProfileId: string }[]>`
    insert into market.price_profiles (name, header_hash, profile) values ('Trial', 'hash', '{}') returning id as "priceProfileId"`
  const everything = await makeEverything(owner)
  const { householdId } = everything
  const guestId = await join(platform, owner, householdId, guest!, 'viewer')
  const review = await insertReview(platform, owner, householdId)
  shared = {
    ...everything,
    review,
    guestId,
    editorId: guestId,
    invitationId: '',
    accountIds: {},
    drafts: {},
    replacedInputs: {},
    removedInputs: {},
    forEditor: {},
  }
  particular = {
    'operations/update-retention-policy': policy!,
    'operations/delete-retention-policy': policy!,
    'market/delete-price-profile': profile!,
    'planning/transition-assumption-set': { assumptionSetId: everything.draftSetId },
    'identity/remove-member': { householdId, userId: await join(platform, owner, householdId, removed!, 'viewer') },
  }
})
afterAll(() => platform.close())

const withVersion = routes.filter(route => route.ifMatch)
const senders = 12

/** The path at which the changed resource is read: the route's own, or that of the resource on which it acts. */
const readPathOf = ({ path }: Route): string => {
  const isRead = routes.some(other => other.method === 'GET' && other.path === path)
  return isRead ? path : path.slice(0, path.lastIndexOf('/'))
}

describe('of requests that read the same version, one is carried out:', () => {
  test.each(withVersion.map(route => [route.id, route] as const))('%s', async (id, route) => {
    const made = pathCases[id]
    const ids = particular[id] ?? made?.ids(shared, 'owner') ?? {}
    const example = route.example?.body
    const body = typeof made?.body === 'function' ? (made.body as (shared: Shared, actor: string) => unknown)(shared, 'owner') : made?.body
    const sender = route.access === 'admin' ? administrator : owner
    const etag = (await sender.request('GET', fill(readPathOf(route), ids))).headers.get('etag')!
    const answers = await Promise.all(
      Array.from({ length: senders }, () =>
        sender.request(route.method, fill(route.path, ids), { body: body ?? example, headers: { 'if-match': etag } }),
      ),
    )
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b)
    const refusal = route.method === 'DELETE' ? 404 : 412
    expect(statuses.slice(1)).toEqual(Array.from({ length: senders - 1 }, () => refusal))
    expect(statuses[0]).toBeLessThan(300)
  })
})
