import { afterAll, expect, it } from 'vitest'
import { migrate, rollback } from '../../db/migrate/index.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { copyMigrations } from './migrations-folder.ts'

const database = await createTestDatabase({ empty: true })
afterAll(() => database.drop())
const administrator = database.connect('postgres')
const backup = async () => undefined

/** Migrations before, and with, the one that lets runs be under way. */
const before = 6

it('keeps the runs that were there, on the way up and back; what never succeeded is gone on the way back', async () => {
  const older = copyMigrations({ entries: before })
  await migrate(database.location, { backup, folder: older.folder })
  older.remove()
  const zeroHash = '0'.repeat(64)
  await administrator.unsafe(`
    insert into identity.users (cognito_sub) values ('alice');
    insert into identity.households (user_id, name, timezone) select id, 'Home', 'UTC' from identity.users;
    insert into planning.capital_market_assumptions (user_id, version, name, effective_date, assumptions)
      select id, '1', 'Mine', '2026-01-01', '{}' from identity.users;
    insert into planning.portfolio_models (user_id, cma_id, name, risk_level, asset_allocation, expected_return, volatility)
      select user_id, id, 'Mine', 5, '{}', 0.05, 0.1 from planning.capital_market_assumptions;
    insert into planning.plans (user_id, household_id, name, cma_id, portfolio_model_id, random_seed, planning_horizon_years, as_of_date)
      select h.user_id, h.id, 'Plan', m.cma_id, m.id, 1, 30, '2026-01-01' from identity.households h, planning.portfolio_models m;
    insert into planning.runs (user_id, plan_id, plan_version, status, specification, provenance, engine_version, random_seed, path_count,
      shard_count, input_hash, output_hash, result, computation_time_ms)
      select user_id, id, 1, 'succeeded', '{}', '{}', '1', 1, 1, 1, '${zeroHash}', '${zeroHash}', '{}', 1 from planning.plans`)
  const newer = copyMigrations({ entries: before + 1 })
  const options = { backup, folder: newer.folder }
  await migrate(database.location, options)
  const read = () => administrator`
    select status, started_at = created_at as started, finished_at = created_at as finished, updated_by from planning.runs`
  expect([...(await read())]).toEqual([{ status: 'succeeded', started: true, finished: true, updated_by: null }])
  await administrator.unsafe(`
    insert into planning.runs (user_id, plan_id, plan_version, status, specification, provenance, engine_version, random_seed, path_count,
      shard_count, input_hash)
      select user_id, id, 1, 'queued', '{}', '{}', '1', 1, 1, 1, '${zeroHash}' from planning.plans`)
  await rollback(database.location, 1, options)
  newer.remove()
  expect([...(await administrator`select status from planning.runs`)]).toEqual([{ status: 'succeeded' }])
  const [table] = await administrator`select relrowsecurity, relforcerowsecurity from pg_class where oid = 'planning.runs'::regclass`
  expect(table).toEqual({ relrowsecurity: true, relforcerowsecurity: true })
})
