import { describe, expect, it } from 'vitest'
import { type MigrateOptions, migrate, migrationStatus, readMigrations, rollback } from '../../db/migrate/index.ts'
import { useTrialMigrations } from './trial-migrations.ts'

const noBackup = async () => undefined
const mark = '-- outside a transaction\n'
const makeIndex = 'create index concurrently if not exists trial_a on operations.trial (a)'

const trial = useTrialMigrations()

const run = (options: Partial<MigrateOptions> = {}) =>
  migrate(trial.database.location, { backup: noBackup, folder: trial.migrations.folder, ...options })
const indexes = async () => {
  const rows = await trial.database.connect('postgres')<{ name: string; valid: boolean }[]>`
    select relname as name, indisvalid as valid from pg_index join pg_class on oid = indexrelid where relname like 'trial%'`
  return rows.map(({ name, valid }) => ({ name, valid }))
}
const pending = async () => {
  const status = await migrationStatus(trial.database.location, trial.migrations.folder)
  return status.migrations.filter(({ state }) => state !== 'applied').map(({ tag, state }) => [tag, state])
}

describe('a migration outside a transaction', () => {
  it('is applied between those before it and those after it, and is taken back like others', async () => {
    const tags = [
      trial.migrations.add('table', 'create table operations.trial (a int)', { rollback: 'drop table operations.trial' }),
      trial.migrations.add('index', `${mark}${makeIndex}`, { rollback: 'drop index operations.trial_a' }),
      trial.migrations.add('later', 'insert into operations.trial values (1)', { rollback: 'delete from operations.trial' }),
    ]
    expect((await run()).applied).toEqual(tags)
    expect(await indexes()).toEqual([{ name: 'trial_a', valid: true }])
    expect((await run()).applied).toEqual([])
    expect(await rollback(trial.database.location, 3, { backup: noBackup, folder: trial.migrations.folder })).toEqual(tags.toReversed())
    expect(await indexes()).toEqual([])
    expect((await run()).applied).toEqual(tags)
  })

  it('that fails keeps what was applied before it, says so, and can be repeated', async () => {
    const table = trial.migrations.add('table', 'create table operations.trial (a int); insert into operations.trial values (1), (1)')
    const index = trial.migrations.add('index', `${mark}${makeIndex.replace('index', 'unique index')}`)
    const later = trial.migrations.add('later', 'insert into operations.trial values (2)')
    await expect(run()).rejects.toThrow(
      new RegExp(
        `^${index} failed at its statement 1: create unique index [^]*could not create unique index[^]*Applied and kept: ${table}\\.$`,
      ),
    )
    expect(await pending()).toEqual([
      [index, 'pending'],
      [later, 'pending'],
    ])
    // PostgreSQL keeps an invalid index, which "if not exists" would leave as it is.
    expect(await indexes()).toEqual([{ name: 'trial_a', valid: false }])
    await trial.database.connect('postgres')`delete from operations.trial`
    expect((await run()).applied).toEqual([index, later])
    expect(await indexes()).toEqual([{ name: 'trial_a', valid: true }])
  })

  it('that is refused at first says that nothing was applied', async () => {
    trial.migrations.add('index', `${mark}${makeIndex}`)
    await expect(run()).rejects.toThrow(/relation "operations.trial" does not exist\nNothing of this run was applied\.$/)
  })

  it.each([
    'create table operations.trial (a int)',
    'create index concurrently trial_a on operations.trial (a)',
    'create index if not exists trial_a on operations.trial (a)',
    'vacuum operations.trial--> statement-breakpoint\nupdate operations.trial set a = 1',
  ])('must be repeatable: %s is refused before anything is applied', async statements => {
    const tag = trial.migrations.add('index', `${mark}${statements}`)
    expect(() => readMigrations(trial.migrations.folder)).toThrow(
      new RegExp(`${tag}\\.sql: outside a transaction, ".*" cannot be repeated`),
    )
  })

  it.each([
    'drop index concurrently if exists operations.trial_a',
    'reindex table concurrently operations.trial',
    'vacuum (analyze) operations.trial',
    '-- Faster lists.\nanalyze operations.trial;',
  ])('may be %s', statement => {
    trial.migrations.add('table', 'create table operations.trial (a int)')
    const tag = trial.migrations.add('other', `${mark}${statement}`)
    expect(readMigrations(trial.migrations.folder).at(-1)).toMatchObject({ tag, isOutsideTransaction: true })
    return expect(run()).resolves.toMatchObject({ applied: [expect.any(String), tag] })
  })
})
