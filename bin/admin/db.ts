import { relative } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { connect } from '../../db/connections.ts'
import { createMigration, type MigrateOptions, type MigrationStatus, migrate, migrationStatus, rollback } from '../../db/migrate/index.ts'
import { loadReferenceData } from '../../db/reference-data/index.ts'
import { type CommandContext, exitCodes, withDatabaseOptions } from './context.ts'
import type { ReachedDatabase, ReachOptions } from './reach-database.ts'
import { alignColumns } from './terminal.ts'

interface ChangeOptions extends ReachOptions {
  readonly snapshot?: string
}

const asTimes = (times: readonly number[]) => times.map(when => new Date(when).toISOString()).join(', ')

const describeStatus = ({ migrations, ahead, foreign }: MigrationStatus): string => {
  const notes = [
    ...(ahead.length > 0 ? [`The database is ahead of this code, by migrations made ${asTimes(ahead)}.`] : []),
    ...(foreign.length > 0 ? [`The database has migrations that this code does not, made ${asTimes(foreign)}.`] : []),
  ]
  return alignColumns(migrations.map(({ tag, state }) => [state, tag])) + notes.map(note => `${note}\n`).join('')
}

const isUpToDate = ({ migrations, foreign }: MigrationStatus) =>
  foreign.length === 0 && migrations.every(({ state }) => state === 'applied')

/** The data of a platform on this machine is copied. For any other database the operator must name the snapshot they took. */
const arrangeBackup = ({ terminal }: CommandContext, database: ReachedDatabase, { snapshot }: ChangeOptions): MigrateOptions['backup'] => {
  const { copyData } = database
  if (copyData) return async () => terminal.out(`Copied the data to ${await copyData()}\n`)
  return snapshot === undefined
    ? 'none'
    : async ({ tags }) => terminal.out(`Continuing with ${tags.join(', ')}; snapshot taken: ${snapshot}\n`)
}

const parseSteps = (text: string): number => {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.')
  return Number(text)
}

const snapshotOption = ['--snapshot <name>', 'for a database that is not on this machine: the snapshot that you took of it'] as const

const addStatus = (group: Command, { terminal, exitWith, withDatabase }: CommandContext) =>
  withDatabaseOptions(group.command('status').description('show which migrations are applied'))
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExits with 3 when a migration is pending, skipped or edited.\n\nExample:\n  npm run admin -- db status --json')
    .action(async (options: ReachOptions & { json?: true }) => {
      const status = await withDatabase(options, ({ location }) => migrationStatus(location))
      terminal.out(options.json ? `${JSON.stringify(status)}\n` : describeStatus(status))
      if (!isUpToDate(status)) exitWith(exitCodes.outOfDate)
    })

const addMigrate = (group: Command, context: CommandContext) =>
  withDatabaseOptions(group.command('migrate').description('apply pending migrations after a backup, and load reference data'))
    .option(...snapshotOption)
    .addHelpText(
      'after',
      '\nExamples:\n  npm run admin -- db migrate\n  npm run admin -- db migrate --url-file prod.url --snapshot before-release-12',
    )
    .action((options: ChangeOptions) =>
      context.withDatabase(options, async database => {
        const { terminal } = context
        const { applied } = await terminal.progress('Migrating', update =>
          migrate(database.location, {
            backup: arrangeBackup(context, database, options),
            onProgress: ({ tag, statement, statements }) => update(`${tag}: statement ${statement} of ${statements}`),
          }),
        )
        const owner = connect(database.location, 'nestegg_owner')
        try {
          await loadReferenceData(owner)
        } finally {
          await owner.end()
        }
        terminal.out(applied.length === 0 ? 'Nothing is pending.\n' : applied.map(tag => `Applied ${tag}\n`).join(''))
      }),
    )

const addRollback = (group: Command, context: CommandContext) =>
  withDatabaseOptions(group.command('rollback').description('roll back the newest migrations after a backup'))
    .argument('[steps]', 'how many migrations', parseSteps, 1)
    .option(...snapshotOption)
    .addHelpText(
      'after',
      '\nThis deletes everything that the migrations made, including its data.\n\nExample:\n  npm run admin -- db rollback 2',
    )
    .action((steps: number, options: ChangeOptions) =>
      context.withDatabase(options, async database => {
        const { terminal } = context
        const tags = await terminal.progress('Rolling back', update =>
          rollback(database.location, steps, {
            backup: arrangeBackup(context, database, options),
            onProgress: ({ tag, statement, statements }) => update(`${tag}: statement ${statement} of ${statements}`),
          }),
        )
        terminal.out(tags.length === 0 ? 'Nothing is applied.\n' : tags.map(tag => `Rolled back ${tag}\n`).join(''))
      }),
    )

const addCreate = (group: Command, { terminal }: CommandContext) =>
  group
    .command('create')
    .description('make the next migration from the changes in db/schema, and a rollback file to write')
    .argument('<name>', 'lower case, digits and underscores')
    .option('--custom', 'make an empty migration, for functions, triggers, policies, partitions and grants')
    .addHelpText('after', '\nExamples:\n  npm run admin -- db create add_lots\n  npm run admin -- db create protect_lots --custom')
    .action((name: string, options: { custom?: true }) => {
      const root = process.cwd()
      const created = createMigration(name, { custom: options.custom === true, root })
      terminal.out(`Made ${relative(root, created.migrationPath)}\n`)
      terminal.out(`Write its rollback: ${relative(root, created.rollbackPath)}; until then it is not applied.\n`)
    })

export const addDbCommands = (program: Command, context: CommandContext): void => {
  const group = program.command('db').description('the database and its migrations')
  addStatus(group, context)
  addMigrate(group, context)
  addRollback(group, context)
  addCreate(group, context)
}
