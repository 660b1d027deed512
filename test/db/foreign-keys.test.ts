import { afterAll, expect, it } from 'vitest'
import { createTestDatabase } from '../support/postgres.ts'
import { insertHousehold, insertPlanning } from './household.ts'
import { asUser } from './requests.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())
const administrator = database.connect('postgres')

/**
 * Every foreign key to a table with an owner. `carried`: both sides contain the owner, or the key is the owner. `checked`: the other table
 * also has published rows, without an owner, and a trigger compares the owners whenever the reference is written.
 */
const keys = await administrator<{ name: string; carried: boolean; checked: boolean }[]>`
  with owned as (
    select attrelid as relation, attnum as owner, attnotnull as always from pg_attribute join pg_class c on c.oid = attrelid
    where attname = 'household_id' and not attisdropped and relkind in ('r', 'p')
    union all
    select attrelid, attnum, true from pg_attribute where attrelid in ('identity.users'::regclass, 'identity.households'::regclass) and attname = 'id'
    union all
    select attrelid, attnum, true from pg_attribute u join pg_class c on c.oid = attrelid
    where attname = 'user_id' and not attisdropped and relkind in ('r', 'p')
      and not exists (select from pg_attribute h where h.attrelid = u.attrelid and h.attname = 'household_id')
  )
  select conrelid::regclass || ' ' || conname as name,
    exists (select from unnest(conkey, confkey) as pair (own, other)
      where other = target.owner and (own = source.owner or confrelid in ('identity.users'::regclass, 'identity.households'::regclass))) as carried,
    not target.always and exists (select from pg_trigger join pg_proc p on p.oid = tgfoid, pg_attribute a
      where tgrelid = conrelid and proname = 'refer_within_household' and attrelid = conrelid and attnum = conkey[1] and attnum = any (tgattr)
        and encode(tgargs, 'escape') = attname || '\\000' || confrelid::regclass || '\\000'
        and tgtype & (4 | 16) = 4 | 16 and tgenabled = 'O') as checked
  from pg_constraint join owned target on target.relation = confrelid left join owned source on source.relation = conrelid
  where contype = 'f' order by 1`

it('finds the foreign keys', () => expect(keys.length).toBeGreaterThan(15))

it.each(keys)('$name refers to rows of the same owner only', ({ carried, checked }) => {
  expect(carried || checked).toBe(true)
})

it('does not let an input be superseded by one of another household, even for a member of both', async () => {
  const refer = asUser(database.connect('nestegg_write'), 'member of both', async transaction => {
    const own = await insertPlanning(transaction, await insertHousehold(transaction, 'First'))
    const other = await insertPlanning(transaction, await insertHousehold(transaction, 'Second'))
    await transaction`
      update planning.plan_inputs set superseded_by = (select id from planning.plan_inputs where plan_id = ${other.planId}) where plan_id = ${own.planId}`
  })
  await expect(refer).rejects.toMatchObject({ code: '23503', constraint_name: 'plan_inputs_superseded_by_fk' })
})
