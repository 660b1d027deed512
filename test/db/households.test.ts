import type { TransactionSql } from 'postgres'
import { afterAll, describe, expect, it } from 'vitest'
import { overlap } from '../support/overlap.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { insertHousehold, insertPlanning, makeHousehold } from './household.ts'
import { asUser } from './requests.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())
const administrator = database.connect('postgres')
const sql = database.connect('nestegg_write', 2)
const { householdId, ids } = await makeHousehold(database)

const rolesIn = async (household: string) => {
  const rows = await administrator<{ user_id: string; role: string }[]>`
    select user_id, role from identity.household_members where household_id = ${household}`
  return Object.fromEntries(rows.map(row => [row.user_id, row.role]))
}
const setRole = (transaction: TransactionSql, household: string, userId: string, role: string) =>
  transaction`update identity.household_members set role = ${role} where household_id = ${household} and user_id = ${userId}`
const ownerKept = { code: 'NE409', constraint_name: 'household_members_owner_kept', message: 'A household must keep at least one owner.' }
const secondOwner = async (household: string, person: 'editor' | 'viewer') =>
  administrator`insert into identity.household_members (household_id, user_id, role) values (${household}, ${ids[person]}, 'owner')`

describe('a household', () => {
  it('belongs to its creator, who can read it in the statement that makes it', async () => {
    const { person, created } = await asUser(sql, 'creator', async (transaction, person) => ({
      person,
      created: await insertHousehold(transaction),
    }))
    expect(await rolesIn(created)).toEqual({ [person.id]: 'owner' })
  })

  it('is not made without a user', async () => {
    await expect(sql`insert into identity.households (name, timezone) values ('Nobody’s', 'UTC')`).rejects.toThrow(
      'row-level security policy',
    )
  })

  it('cannot be read by a creator who has left it', async () => {
    const created = await asUser(sql, 'leaver', transaction => insertHousehold(transaction))
    await secondOwner(created, 'editor')
    await asUser(sql, 'leaver', (transaction, person) => transaction`delete from identity.household_members where user_id = ${person.id}`)
    expect(await asUser(sql, 'leaver', transaction => transaction`select from identity.households`)).toHaveLength(0)
  })

  it('is deleted with all its rows', async () => {
    const created = await asUser(sql, 'deleter', async transaction => {
      const created = await insertHousehold(transaction)
      await insertPlanning(transaction, created)
      return created
    })
    await administrator`delete from identity.households where id = ${created}`
    const tables = await administrator<{ name: string }[]>`
      select attrelid::regclass::text as name from pg_attribute join pg_class c on c.oid = attrelid
      where attname = 'household_id' and relforcerowsecurity and not relispartition and c.oid <> 'operations.audit_logs'::regclass`
    expect(tables.length).toBeGreaterThan(8)
    for (const { name } of tables) {
      expect({ name, left: (await administrator.unsafe(`select from ${name} where household_id = '${created}'`)).count }).toEqual({
        name,
        left: 0,
      })
    }
  })
})

describe('the last owner', () => {
  it.each([
    ['leave', 'delete from identity.household_members where user_id = operations.current_user_id()'],
    ['become an editor', "update identity.household_members set role = 'editor' where user_id = operations.current_user_id()"],
  ])('cannot %s', async (_, statement) => {
    await expect(asUser(sql, 'owner', transaction => transaction.unsafe(statement))).rejects.toMatchObject(ownerKept)
  })

  it('may leave after making another owner', async () => {
    const created = await asUser(sql, 'giver', transaction => insertHousehold(transaction))
    await administrator`insert into identity.household_members (household_id, user_id, role) values (${created}, ${ids.viewer}, 'viewer')`
    const giver = await asUser(sql, 'giver', async (transaction, person) => {
      await setRole(transaction, created, ids.viewer, 'owner')
      await setRole(transaction, created, person.id, 'viewer')
      return person.id
    })
    expect(await rolesIn(created)).toEqual({ [giver]: 'viewer', [ids.viewer]: 'owner' })
  })

  it('is kept when two owners leave at the same time', async () => {
    const created = await asUser(sql, 'pair', transaction => insertHousehold(transaction))
    await secondOwner(created, 'editor')
    const leave = (subject: string, hold: () => Promise<void> = async () => undefined) =>
      asUser(sql, subject, async (transaction, person) => {
        await transaction`delete from identity.household_members where household_id = ${created} and user_id = ${person.id}`
        await hold()
      }).then(
        () => 'left',
        (error: { code: string }) => error.code,
      )
    const outcomes = await overlap(
      administrator,
      hold => leave('pair', hold),
      () => leave('editor'),
    )
    expect(outcomes).toEqual(['left', 'NE409'])
    expect(Object.values(await rolesIn(created))).toEqual(['owner'])
  })
})

describe('a member', () => {
  it('may leave', async () => {
    await asUser(sql, 'guest', transaction => transaction`delete from identity.household_members where household_id = ${householdId}`)
    expect(await rolesIn(householdId)).not.toHaveProperty(ids.guest)
  })

  it.each(['editor', 'viewer'])('who is a %s cannot make themselves an owner', async person => {
    const count = await asUser(sql, person, async (transaction, { id }) => (await setRole(transaction, householdId, id, 'owner')).count)
    expect(count).toBe(0)
  })

  it('cannot be moved, nor added without an invitation', async () => {
    const move = asUser(sql, 'owner', transaction => transaction`update identity.household_members set user_id = ${ids.stranger}`)
    await expect(move).rejects.toThrow('permission denied for table household_members')
    const add = asUser(
      sql,
      'owner',
      transaction =>
        transaction`insert into identity.household_members (household_id, user_id, role) values (${householdId}, ${ids.stranger}, 'viewer')`,
    )
    await expect(add).rejects.toThrow('permission denied for table household_members')
  })

  it('can read the names of the other members, and of no other user', async () => {
    await administrator`update identity.users set first_name = 'Ada', email = 'ada@example.com' where id = ${ids.owner}`
    const read = (subject: string) =>
      asUser(sql, subject, transaction => transaction`select email, first_name from identity.member_profiles where user_id = ${ids.owner}`)
    expect([...(await read('viewer'))]).toEqual([{ email: 'ada@example.com', first_name: 'Ada' }])
    expect(await read('stranger')).toHaveLength(0)
  })
})

/** Acts for a user as the functions of the database do, with rights that no request has. */
const functionsSql = database.connect('nestegg_owner')

describe('a row of a household', () => {
  it('cannot be moved to another', async () => {
    const elsewhere = await asUser(sql, 'owner', async transaction => {
      await insertPlanning(transaction, householdId)
      return insertHousehold(transaction, 'Second')
    })
    const move = asUser(
      functionsSql,
      'owner',
      transaction => transaction`update planning.capital_market_assumptions set household_id = ${elsewhere}`,
    )
    await expect(move).rejects.toThrow('A row cannot move to another household.')
  })

  it('cannot be placed below a plan of another household', async () => {
    const [plan] = await administrator<{ id: string }[]>`select id from planning.plans where household_id = ${householdId}`
    const attached = asUser(sql, 'stranger', async transaction => {
      const [own] = await transaction<{ id: string }[]>`select id from identity.households`
      await transaction`
        insert into planning.plan_inputs (household_id, plan_id, input_type, input_name, input_value) values (${own!.id}, ${plan!.id}, 'age', 'spouse', '40')`
    })
    await expect(attached).rejects.toThrow('violates foreign key constraint "plan_inputs_plan_fk"')
  })

  it('cannot have a plan of another household as its parent, even for a member of both', async () => {
    const refer = asUser(sql, 'owner', async transaction => {
      const other = await insertPlanning(transaction, await insertHousehold(transaction, 'Fourth'))
      await transaction`update planning.plans set parent_plan_id = ${other.planId} where household_id = ${householdId}`
    })
    await expect(refer).rejects.toThrow('violates foreign key constraint "plans_parent_fk"')
  })

  it.each([
    ['cma_id', 'update planning.plans set cma_id = (select id from planning.capital_market_assumptions where household_id = $1)'],
    [
      'portfolio_model_id',
      'update planning.plans set portfolio_model_id = (select id from planning.portfolio_models where household_id = $1)',
    ],
    [
      'cma_id',
      'update planning.portfolio_models set cma_id = (select id from planning.capital_market_assumptions where household_id = $1)',
    ],
  ])('cannot refer by %s to what is another household’s, even for a member of both', async (column, statement) => {
    const refer = asUser(functionsSql, 'owner', async transaction => {
      const other = await insertHousehold(transaction, 'Third')
      await insertPlanning(transaction, other)
      await transaction.unsafe(`${statement} where household_id = $2`, [other, householdId])
    })
    await expect(refer).rejects.toThrow(`${column} refers to what is missing or belongs to another household.`)
  })
})
