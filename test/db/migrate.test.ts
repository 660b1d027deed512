import { appendFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { type Backup, type MigrateOptions, migrate, migrationStatus, readMigrations } from '../../db/migrate/index.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { copyMigrations, type MigrationsFolder } from './migrations-folder.ts'
import { useTrialMigrations } from './trial-migrations.ts'

const noBackup = async () => undefined

const trial = useTrialMigrations()

const run = (options: Partial<MigrateOptions> = {}) =>
  migrate(trial.database.location, { backup: noBackup, folder: trial.migrations.folder, ...options })
const tableNames = async () => {
  const rows = await trial.database.connect('postgres')<{ name: string }[]>`
    select relname as name from pg_class where relnamespace = 'operations'::regnamespace and relkind = 'r' and relname like 'trial%' order by 1`
  return rows.map(row => row.name)
}

describe('applying', () => {
  it('applies pending migrations in order, then nothing', async () => {
    const tags = [
      trial.migrations.add('one', 'create table operations.trial_one (a int)'),
      trial.migrations.add('two', 'drop table operations.trial_one'),
    ]
    expect((await run()).applied).toEqual(tags)
    expect((await run()).applied).toEqual([])
  })

  it('reports each statement before it runs', async () => {
    const tag = trial.migrations.add('one', 'select 1--> statement-breakpoint\nselect 2')
    const onProgress = vi.fn<NonNullable<MigrateOptions['onProgress']>>()
    await run({ onProgress })
    expect(onProgress.mock.calls.map(([{ tag, statement, statements }]) => [tag, statement, statements])).toEqual([
      [tag, 1, 2],
      [tag, 2, 2],
    ])
  })

  it('applies nothing if a later migration fails, and names the migration, the statement and the reason', async () => {
    trial.migrations.add('good', 'create table operations.trial_good (a int)')
    trial.migrations.add('bad', 'create table operations.trial_bad (a int)--> statement-breakpoint\n-- Divides.\nselect 1 / 0')
    await expect(run()).rejects.toThrow(
      /^\d{4}_bad failed at its statement 2: select 1 \/ 0\ndivision by zero\nNothing of this run was applied\.$/,
    )
    expect(await tableNames()).toEqual([])
    expect((await migrationStatus(trial.database.location, trial.migrations.folder)).migrations.map(({ state }) => state)).toEqual([
      ...readMigrations().map(() => 'applied'),
      'pending',
      'pending',
    ])
  })

  it('names the failed statement, not an equal one before it', async () => {
    const statement = 'create table operations.trial_twice (a int)'
    trial.migrations.add('once', statement)
    trial.migrations.add('again', `select 1--> statement-breakpoint\n${statement}`)
    await expect(run()).rejects.toThrow(/^\d{4}_again failed at its statement 2: create table .*\nrelation "trial_twice" already exists/)
  })
})

describe('a migration that ends its transaction', () => {
  it.each([
    ['commit', 'create table operations.trial_one (a int); commit'],
    ['commit', 'create table operations.trial_one (a int);\n-- now\n COMMIT WORK; begin'],
    ['rollback', 'rollback'],
    ['end', 'select 1; end'],
    ['start transaction', 'start  transaction isolation level serializable'],
    ['begin', 'begin; select 1'],
    ['abort', 'select 1 /* ; */; abort'],
    ['prepare transaction', "prepare transaction 'x'"],
    ['commit', 'select 1 as a$b$; commit; select 2 as c$b$'],
    ['commit', "select name'\\'; commit; select ''"],
  ])('is refused before anything is applied: %s in %s', async (command, statements) => {
    const tag = trial.migrations.add('ends', statements)
    await expect(run()).rejects.toThrow(`${tag}.sql: "${command}" is not allowed`)
    expect(await tableNames()).toEqual([])
  })

  it('is refused in its rollback too', async () => {
    const tag = trial.migrations.add('ends', 'select 1', { rollback: 'select 1; commit' })
    await expect(run()).rejects.toThrow(`rollback/${tag}.sql: "commit" is not allowed`)
  })

  it('is applied if the word is in a body, a text, a comment, a name or a savepoint', async () => {
    const tag = trial.migrations.add(
      'innocent',
      `create function operations.trial_body() returns text language plpgsql as $$ begin return 'x'; end; $$;
       create function operations.trial_atomic() returns int language sql begin atomic select 1; select case when true then 2 end; end;
       do $body$ begin perform 1; end; $body$;
       -- ; commit
       /* ; commit */
       create table operations.trial_words (begin text default '; commit;', "end; commit" text);
       select e'\\'; commit;';
       savepoint here; rollback to here; rollback to savepoint here`,
    )
    expect((await run()).applied).toEqual([tag])
    expect(await tableNames()).toEqual(['trial_words'])
  })

  it('is detected after it was applied, however it is written', async () => {
    trial.migrations.add(
      'hidden',
      'set local search_path = operations; create domain atomic as int; create table trial_hidden (begin atomic); commit',
    )
    await expect(run()).rejects.toThrow('A statement ended the transaction of the migrator.')
  })
})

describe('backup', () => {
  it('is made before anything is applied, with the tags of the pending migrations', async () => {
    const tag = trial.migrations.add('one', 'create table operations.trial_one (a int)')
    const backup = vi.fn<Backup>(async () => expect(await tableNames()).toEqual([]))
    await run({ backup })
    expect(backup.mock.calls).toEqual([[{ tags: [tag] }]])
  })

  it('is not made when nothing is pending', async () => {
    const backup = vi.fn<Backup>(noBackup)
    await run({ backup })
    expect(backup).not.toHaveBeenCalled()
  })

  it('that fails prevents all changes', async () => {
    trial.migrations.add('one', 'create table operations.trial_one (a int)')
    const backup = async () => Promise.reject(new Error('disk full'))
    await expect(run({ backup })).rejects.toThrow('disk full')
    expect(await tableNames()).toEqual([])
  })

  it.each([null, 'none'] as const)('of a database with data cannot be skipped with %s', async backup => {
    trial.migrations.add('one', 'create table operations.trial_one (a int)')
    await expect(run({ backup })).rejects.toThrow(/no backup was arranged; nothing was changed \(pending: \d{4}_one\)/)
    expect(await tableNames()).toEqual([])
  })

  it('of an empty database can be skipped, but only explicitly', async () => {
    const empty = await createTestDatabase({ empty: true })
    await expect(migrate(empty.location, { backup: null })).rejects.toThrow('no backup was arranged')
    expect((await migrate(empty.location, { backup: 'none' })).applied).toEqual(readMigrations().map(({ tag }) => tag))
    await empty.drop()
  })
})

it('applies a migration whose time the clock of this machine has not reached', async () => {
  const tag = trial.migrations.add('one', 'create table operations.trial_one (a int)', { when: Date.now() + 3_600_000 })
  expect((await run()).applied).toEqual([tag])
})

describe('history', () => {
  it('refuses an edited file that was applied, naming it, and applies nothing', async () => {
    appendFileSync(join(trial.migrations.folder, '0001_identity.sql'), '\n-- A harmless remark.\n')
    trial.migrations.add('one', 'create table operations.trial_one (a int)')
    await expect(run()).rejects.toThrow(/^Edited after it was applied: 0001_identity\./)
    expect(await tableNames()).toEqual([])
  })

  it("refuses a migration older than the newest applied one, which Drizzle's own migrator skips silently", async () => {
    trial.migrations.editJournal(entries => entries.forEach(entry => (entry.when -= entry.idx === entries.length - 1 ? 0 : 10_000)))
    await trial.database.connect('nestegg_owner')`delete from drizzle.__drizzle_migrations
      where created_at < (select max(created_at) from drizzle.__drizzle_migrations)`
    await expect(run()).rejects.toThrow(/^Never applied, although newer migrations were: 0000_platform, 0001_identity/)
  })

  it('refuses a history from which a migration was removed', async () => {
    const [removed] = readMigrations(trial.migrations.folder)
    trial.migrations.editJournal(entries => (entries[0]!.when -= 1))
    await expect(run()).rejects.toThrow(`(made ${new Date(removed!.when).toISOString()})`)
  })

  it('does not change a database that is ahead of this code, as after a return to an older deployment', async () => {
    const older = copyMigrations({ entries: readMigrations().length - 1 })
    const result = await migrate(trial.database.location, { backup: null, folder: older.folder })
    older.remove()
    expect(result.applied).toEqual([])
    expect(result.status.ahead).toEqual([readMigrations().at(-1)?.when])
  })
})

describe('the journal', () => {
  it.each<[string, (folder: MigrationsFolder) => unknown, RegExp]>([
    ['a missing file', ({ folder }) => rmSync(join(folder, '0001_identity.sql')), /0001_identity: 0001_identity\.sql is missing/],
    ['a missing rollback', ({ add }) => add('one', 'select 1', { rollback: null }), /\d{4}_one: rollback\/\d{4}_one\.sql is missing/],
    [
      'an unwritten rollback',
      ({ add }) => add('one', 'select 1', { rollback: "raise exception 'The rollback of this migration has not been written.'" }),
      /rollback\/\d{4}_one\.sql has not been written/,
    ],
    [
      'a file that it does not list',
      ({ editJournal }) => editJournal(entries => entries.pop()),
      /(\d{4}_\w+)\.sql is not in the journal[^]*rollback\/\1\.sql belongs to no migration/,
    ],
    [
      'times out of order',
      ({ editJournal }) => editJournal(entries => (entries[2]!.when = entries[1]!.when)),
      /0002_operations: its time is not after that of 0001_identity/,
    ],
    [
      'a gap',
      ({ add }) => add('one', 'select 1', { idx: readMigrations().length + 1 }),
      /\d{4}_one: entry \d+ of the journal has idx \d+\n- \d{4}_one: its number is not its idx \d+/,
    ],
    ['another form', ({ editJournal }) => editJournal(entries => (entries[0]!.tag = 'platform')), /_journal\.json is malformed/],
  ])('with %s is refused', async (_, spoil, reason) => {
    spoil(trial.migrations)
    expect(() => readMigrations(trial.migrations.folder)).toThrow(reason)
    // Before anything is sent to the database.
    await expect(run()).rejects.toThrow(reason)
  })
})
