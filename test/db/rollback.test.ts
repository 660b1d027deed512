import { expect, it, vi } from 'vitest'
import { type Backup, migrate, migrationStatus, rollback } from '../../db/migrate/index.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { copyMigrations } from './migrations-folder.ts'
import { useTrialMigrations } from './trial-migrations.ts'

const noBackup = async () => undefined

const trial = useTrialMigrations()

const addTable = (name: string, rollback = `drop table operations.${name}`) =>
  trial.migrations.add(name, `create table operations.${name} (a int)`, { rollback })
const options = () => ({ backup: noBackup, folder: trial.migrations.folder })
const isThere = async (table: string) => {
  const [row] = await trial.database.connect('postgres')<
    { there: boolean }[]
  >`select to_regclass(${`operations.${table}`}) is not null as there`
  return row?.there
}
const pending = async () => {
  const status = await migrationStatus(trial.database.location, trial.migrations.folder)
  return status.migrations.filter(({ state }) => state === 'pending').map(({ tag }) => tag)
}

it('rolls back the newest first, and no more than requested', async () => {
  const tags = [addTable('trial_one'), addTable('trial_two'), addTable('trial_three')]
  await migrate(trial.database.location, options())
  expect(await rollback(trial.database.location, 2, options())).toEqual([tags[2], tags[1]])
  expect(await Promise.all(['trial_one', 'trial_two', 'trial_three'].map(isThere))).toEqual([true, false, false])
  expect(await pending()).toEqual([tags[1], tags[2]])
})

it('rolls back nothing if one statement fails, and names it', async () => {
  addTable('trial_one', 'drop table operations.trial_one--> statement-breakpoint\ndrop table operations.never_there')
  addTable('trial_two')
  await migrate(trial.database.location, options())
  await expect(rollback(trial.database.location, 2, options())).rejects.toThrow(
    /^The rollback of \d{4}_trial_one failed at its statement 2: drop table operations\.never_there\ntable "never_there" does not exist\nNothing was rolled back\.$/,
  )
  expect(await Promise.all(['trial_one', 'trial_two'].map(isThere))).toEqual([true, true])
  expect(await pending()).toEqual([])
})

it('makes a backup first, and is refused without one', async () => {
  const tag = addTable('trial_one')
  await migrate(trial.database.location, options())
  await expect(rollback(trial.database.location, 1, { ...options(), backup: 'none' })).rejects.toThrow('no backup was arranged')
  await expect(rollback(trial.database.location, 1, { ...options(), backup: null })).rejects.toThrow('no backup was arranged')
  const backup = vi.fn<Backup>(async () => expect(await isThere('trial_one')).toBe(true))
  await rollback(trial.database.location, 1, { ...options(), backup })
  expect(backup.mock.calls).toEqual([[{ tags: [tag] }]])
})

it('is refused if the database is ahead of this code', async () => {
  const older = copyMigrations({ entries: 2 })
  await expect(rollback(trial.database.location, 1, { backup: noBackup, folder: older.folder })).rejects.toThrow(
    'that this code cannot roll back',
  )
  older.remove()
})

it('does nothing if no migration is applied', async () => {
  const empty = await createTestDatabase({ empty: true })
  expect(await rollback(empty.location, 1, options())).toEqual([])
  await empty.drop()
})
