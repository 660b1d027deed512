import { afterAll, describe, expect, it } from 'vitest'
import { databaseRoles } from '../../db/roles.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { declaredRights, grantedRights, readableTables, relationsOf } from './rights.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())
const administrator = database.connect('postgres')

const roles = databaseRoles.filter(role => role !== 'nestegg_owner')

it.each(roles)('lets %s write what its routes, jobs, tasks and commands declare, and nothing else', async role => {
  expect(await grantedRights(administrator, role)).toEqual(declaredRights(role))
})

/** The tables and views that a role cannot read. A role that is missing here can read none. */
const unreadable: Readonly<Record<string, readonly string[]>> = {
  nestegg_write: ['operations.household_job_runs', 'operations.identity_key', 'operations.job_runs'],
  nestegg_read: ['operations.household_job_runs', 'operations.identity_key', 'operations.job_runs'],
  nestegg_operator: ['identity.member_profiles', 'identity.preferences', 'operations.identity_key'],
}

it.each(roles)('lets %s read exactly the tables of its purpose', async role => {
  const hidden = unreadable[role]
  const expected = hidden === undefined ? [] : (await relationsOf(administrator)).filter(name => !hidden.includes(name))
  expect(await readableTables(administrator, role)).toEqual(expected)
})

describe('the declarations', () => {
  it('name tables and columns that exist', async () => {
    const owner = await grantedRights(administrator, 'nestegg_owner')
    for (const role of roles) expect(declaredRights(role).filter(right => !owner.includes(right))).toEqual([])
  })
})
