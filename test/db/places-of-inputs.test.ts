import { afterAll, expect, it } from 'vitest'
import { migrate, rollback } from '../../db/migrate/index.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { insertPlanning, makeHousehold } from './household.ts'
import { copyMigrations } from './migrations-folder.ts'
import { asUser } from './requests.ts'

const database = await createTestDatabase({ empty: true })
const administrator = database.connect('postgres')
afterAll(() => database.drop())

const backup = async () => undefined
const migrateTo = async (entries: number) => {
  const { folder, remove } = copyMigrations({ entries })
  await migrate(database.location, { backup, folder })
  remove()
}

/** Ids in the order of time. */
const idOf = (number: number) => `01990000-0000-7000-8000-${String(number).padStart(12, '0')}`

it('gives the inputs that were replaced before it the places of the first ones, and can be rolled back', async () => {
  await migrateTo(15)
  const { householdId } = await makeHousehold(database)
  const { planId } = await asUser(database.connect('nestegg_write'), 'owner', transaction => insertPlanning(transaction, householdId))
  await administrator`delete from planning.plan_inputs`
  /** Alex was replaced twice, Robin once, Savings never; Old was replaced and removed; Ring and Circle are damaged. */
  const chain: readonly (readonly [number: number, name: string, supersededBy: number | null])[] = [
    [1, 'Alex', 5],
    [2, 'Robin', 6],
    [3, 'Old', 7],
    [4, 'Savings', null],
    [5, 'Alex', 8],
    [6, 'Robin', null],
    [7, 'Old', null],
    [8, 'Alex', null],
    [9, 'Ring', 10],
    [10, 'Circle', 9],
  ]
  await administrator.begin(async transaction => {
    await transaction.unsafe("set local session_replication_role = 'replica'")
    for (const [number, name, supersededBy] of chain)
      await transaction`
        insert into planning.plan_inputs (id, household_id, plan_id, input_type, input_name, input_value, superseded_by, removed_at, updated_at)
        values (${idOf(number)}, ${householdId}, ${planId}, 'person', ${name}, '{}', ${supersededBy === null ? null : idOf(supersededBy)},
          ${number === 7 ? '2026-01-01' : null}, '2026-01-01')`
  })
  const rows = () => administrator`select * from planning.plan_inputs order by id`
  const auditRows = () => administrator`select count(*)::int as count from operations.audit_logs`
  const [before, audited] = [await rows(), await auditRows()]

  await migrateTo(16)
  const keys = [1, 2, 3, 4, 1, 2, 3, 1, 9, 10].map(idOf)
  expect(await rows()).toEqual(before.map((row, index) => ({ ...row, sort_key: keys[index] })))
  const current = await administrator`
    select input_name as name from planning.plan_inputs where superseded_by is null and removed_at is null order by sort_key, id`
  expect(current.map(({ name }) => name)).toEqual(['Alex', 'Robin', 'Savings'])
  expect(await auditRows()).toEqual(audited)

  const added = await asUser(
    database.connect('nestegg_write'),
    'owner',
    transaction => transaction`
      insert into planning.plan_inputs (household_id, plan_id, input_type, input_name, input_value)
      values (${householdId}, ${planId}, 'goal', 'First', '{}'), (${householdId}, ${planId}, 'goal', 'Second', '{}') returning id, sort_key`,
  )
  expect(added[0]!['sort_key'] > keys.toSorted().at(-1)! && added[1]!['sort_key'] > added[0]!['sort_key']).toBe(true)
  await administrator`delete from planning.plan_inputs where input_type = 'goal'`

  const { folder, remove } = copyMigrations({ entries: 16 })
  await rollback(database.location, 1, { backup, folder })
  remove()
  expect(await rows()).toEqual(before)
})
