import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { restoreTables } from '../../../../db/backup/index.ts'
import type { DatabaseLocation } from '../../../../db/connections.ts'
import type { Manifest } from '../../../../lambdas/operations/backups/manifest.ts'
import { relationsOf, withRestored } from '../../../../lambdas/operations/backups/restore-backup.ts'
import { readCatalogue } from '../../../db/catalogue.ts'
import { createTestDatabase } from '../../../support/postgres.ts'
import { backUp, fillDatabase, makePlace } from './place.ts'

const database = await createTestDatabase()
const place = makePlace()
const administrator = database.connect('postgres')
let manifest: Manifest
let scratch: DatabaseLocation
const finished = Promise.withResolvers<void>()
/** Keeps one restored database for all tests. */
let keeping: Promise<unknown>
beforeAll(async () => {
  await fillDatabase(database)
  manifest = (await backUp(database, place)).manifest
  const restored = Promise.withResolvers<DatabaseLocation>()
  keeping = withRestored({ location: database.location, backupId: manifest.id, ...place }, async given => {
    restored.resolve(given.scratch)
    await finished.promise
  })
  scratch = await Promise.race([restored.promise, keeping.then(() => Promise.reject(new Error('It was not kept.')))])
})
afterAll(async () => {
  finished.resolve()
  await keeping
  await database.drop()
  place.remove()
})

const restore = (...names: string[]) =>
  restoreTables(database.location, scratch, { names, relations: relationsOf(manifest), request: { requestId: 'trial' } })

const names = async (): Promise<string[]> => {
  const rows = await administrator<{ name: string }[]>`select name from planning.plans order by name`
  return rows.map(({ name }) => name)
}

describe('a restore of tables', () => {
  it('brings deleted and changed rows back, removes newer ones, and leaves the rest and the catalogue alone', async () => {
    const catalogue = await readCatalogue(administrator)
    await administrator`insert into planning.plans (household_id, name, cma_id, portfolio_model_id, random_seed, planning_horizon_years, as_of_date)
      select household_id, 'Newer', cma_id, portfolio_model_id, 1, 30, '2026-01-01' from planning.plans`
    await administrator`update planning.plans set name = 'Changed' where name = 'Plan'`
    await administrator`delete from planning.plan_inputs`
    await administrator`update identity.households set name = 'Kept' where name = 'Home'`
    const changes = await restore('planning.plan_inputs', 'planning.plans')
    expect(changes).toEqual([
      { table: 'planning.plans', inserted: 0, updated: 1, deleted: 1 },
      { table: 'planning.plan_inputs', inserted: 1, updated: 0, deleted: 0 },
    ])
    expect(await names()).toEqual(['Plan'])
    expect(await administrator`select input_name from planning.plan_inputs`).toMatchObject([{ input_name: 'age' }])
    expect(await administrator`select from identity.households where name = 'Kept'`).toHaveLength(1)
    expect(await readCatalogue(administrator)).toEqual(catalogue)
    const [audited] = await administrator`select action, metadata from operations.audit_logs where resource_type = 'operations.restores'`
    expect(audited).toEqual({ action: 'EXECUTE', metadata: { requestId: 'trial', changes } })
  })

  it('refuses while rows of other tables refer to rows that would go', async () => {
    await administrator`insert into planning.plans (household_id, name, cma_id, portfolio_model_id, random_seed, planning_horizon_years, as_of_date)
      select household_id, 'Newer', cma_id, portfolio_model_id, 1, 30, '2026-01-01' from planning.plans`
    await administrator`insert into planning.plan_inputs (household_id, plan_id, input_type, input_name, input_value)
      select household_id, id, 'age', 'newer', '40' from planning.plans where name = 'Newer'`
    await expect(restore('planning.plans')).rejects.toThrow(
      /^Nothing was restored: 1 rows of planning\.plan_inputs refer by \w+ to rows of planning\.plans that are not in the backup\. Restore these tables too\.$/,
    )
    expect(await names()).toEqual(['Newer', 'Plan'])
    await restore('planning.plans', 'planning.plan_inputs')
    expect(await names()).toEqual(['Plan'])
  })

  it('refuses rows that refer to what no longer exists', async () => {
    await administrator`delete from planning.plans`
    await expect(restore('planning.plan_inputs')).rejects.toThrow(
      /1 rows of planning\.plan_inputs in the backup refer by \w+ to rows of planning\.plans that no longer exist/,
    )
    expect(await names()).toEqual([])
  })

  it('refuses evidence and unknown tables', async () => {
    await expect(restore('operations.audit_logs')).rejects.toThrow('operations.audit_logs is evidence: no restore takes it back.')
    await expect(restore('planning.unknown')).rejects.toThrow('The backup has no table planning.unknown.')
  })

  it('restores a partitioned table', async () => {
    expect(await restore('market.bars')).toEqual([{ table: 'market.bars', inserted: 0, updated: 0, deleted: 0 }])
  })
})
