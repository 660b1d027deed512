import { relative } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import * as z from 'zod'
import { createMigration } from '../../db/migrate/index.ts'
import { backupArguments, operationsCommands } from '../../lambdas/operations/commands.ts'
import { defineCommand } from '../../lambdas/runtime/command.ts'
import { type CommandContext, withDatabaseOptions } from './context.ts'
import type { ReachOptions } from './reach-database.ts'
import { addSetup, migrateAndLoad } from './setup.ts'

interface ChangeOptions extends ReachOptions {
  readonly snapshot?: string
  readonly withoutSnapshot?: true
}

const parseSteps = (text: string): number => {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.')
  return Number(text)
}

const withBackupOptions = (command: Command): Command =>
  command
    .option('--snapshot <name>', 'for a database that is not on this machine: the snapshot that you took of it')
    .option('--without-snapshot', 'for such a database: rely on its continuous backups alone')

const addStatus = (group: Command, { run }: CommandContext) =>
  withDatabaseOptions(group.command('status').description('show which migrations are applied'))
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExits with 3 when a migration is pending, skipped or edited.\n\nExample:\n  npm run admin -- db status --json')
    .action(({ json, ...options }: ReachOptions & { json?: true }) => run(operationsCommands.dbStatus, { json }, options))

const migrateCommand = defineCommand({
  name: 'db migrate',
  summary: 'Applies pending migrations and loads reference data',
  role: 'nestegg_owner',
  arguments: z.strictObject(backupArguments),
  run: async (backup, context) => {
    const applied = await migrateAndLoad(backup, context)
    context.out(applied.length === 0 ? 'Nothing is pending.\n' : applied.map(tag => `Applied ${tag}\n`).join(''))
  },
})

const addMigrate = (group: Command, { run }: CommandContext) =>
  withBackupOptions(
    withDatabaseOptions(group.command('migrate').description('apply pending migrations after a backup, and load reference data')),
  )
    .addHelpText(
      'after',
      '\nExamples:\n  npm run admin -- db migrate\n  npm run admin -- db migrate --url-file prod.url --snapshot before-release-12',
    )
    .action(({ snapshot, withoutSnapshot, ...options }: ChangeOptions) =>
      run(
        migrateCommand,
        { snapshot, withoutSnapshot },
        options,
        'a deployment takes a snapshot and applies the migrations: npm run deploy -- <environment>',
      ),
    )

const addRollback = (group: Command, { run }: CommandContext) =>
  withBackupOptions(withDatabaseOptions(group.command('rollback').description('roll back the newest migrations after a backup')))
    .argument('[steps]', 'how many migrations', parseSteps, 1)
    .addHelpText(
      'after',
      '\nThis deletes everything that the migrations made, including its data.\n\nExample:\n  npm run admin -- db rollback 2',
    )
    .action((steps: number, { snapshot, withoutSnapshot, ...options }: ChangeOptions) =>
      run(operationsCommands.dbRollback, { steps, snapshot, withoutSnapshot }, options),
    )

const addCreate = (group: Command, { refuseEnvironment, terminal }: CommandContext) =>
  group
    .command('create')
    .description('make the next migration from the changes in db/schema, and a rollback file to write')
    .argument('<name>', 'lower case, digits and underscores')
    .option('--custom', 'make an empty migration, for functions, triggers, policies, partitions and grants')
    .addHelpText('after', '\nExamples:\n  npm run admin -- db create add_lots\n  npm run admin -- db create protect_lots --custom')
    .action((name: string, options: { custom?: true }) => {
      refuseEnvironment('it makes files in this folder, and works on no database')
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
  addSetup(group, { ...context, refuse: message => group.error(message) })
}
