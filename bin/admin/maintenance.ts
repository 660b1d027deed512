import type { Command } from 'commander'
import type { OperatorCommand } from '../../lambdas/runtime/command.ts'
import { maintenanceCommands } from '../../lambdas/operations/maintenance-commands.ts'
import { setupCommands } from '../../lambdas/operations/setup-commands.ts'
import { type CommandContext, withDatabaseOptions } from './context.ts'
import type { ReachOptions } from './reach-database.ts'
import { wholeNumber } from './whole-number.ts'

type Given = ReachOptions & Readonly<Record<string, unknown>>

/** Adds the commands that keep the database in order, and the one that shows its state. */
export const addMaintenanceCommands = (program: Command, { run }: CommandContext): void => {
  const group = program.command('maintenance').description('the maintenance of the database, which a job does daily too')
  const add = (parent: Command, name: string, description: string, command: OperatorCommand, details: string): Command =>
    withDatabaseOptions(parent.command(name).description(description))
      .option('--json', 'as JSON')
      .addHelpText('after', `\n${details}`)
      .action(({ data, urlFile, ...given }: Given) => run(command, given, { data, ...(urlFile === undefined ? {} : { urlFile }) }))

  add(
    group,
    'analyze',
    'refresh the statistics of tables that have changed',
    maintenanceCommands.maintenanceAnalyze,
    'Each table in a statement of its own, the most changed first. Exits with 1 if one failed, with 3 if there was no time for all.',
  ).option('--all', 'of every table')
  add(
    group,
    'vacuum',
    'remove dead rows, and freeze old ones',
    maintenanceCommands.maintenanceVacuum,
    'It never waits for a lock for longer than 3 s, so it blocks nobody. Exits with 1 if a table failed, with 3 if there was no time for all.',
  ).option('--freeze', 'freeze the rows of every table, as once a month')
  add(
    group,
    'statistics',
    'make the declared statistics of several columns, and refresh those of all tables',
    maintenanceCommands.maintenanceStatistics,
    'Statistics here are those from which PostgreSQL plans statements. The declared ones say which columns depend on each other: db/maintenance/extended-statistics.ts.',
  )
  add(
    group,
    'reindex',
    'make invalid and half-empty indexes again, one at a time',
    maintenanceCommands.maintenanceReindex,
    'CONCURRENTLY: readers and writers go on. What a stopped run left is dropped first.',
  )
  add(
    group,
    'cleanup',
    'move rows out of default partitions, and remove leftovers and expired rows',
    maintenanceCommands.maintenanceCleanup,
    'It removes only what has expired or what another command left.',
  )
  add(
    group,
    'report',
    'show the state of the database, and what to do first',
    maintenanceCommands.maintenanceReport,
    'Each recommendation comes with the statement that does it. Exits with 3 when one is a warning or critical.\n\nExamples:\n  npm run admin -- maintenance report\n  npm run admin -- --environment prod maintenance report --json',
  ).option('--limit <count>', 'how many tables, indexes and statements', wholeNumber, 15)
  add(
    program,
    'status',
    'show the state of the platform on one screen',
    setupCommands.status,
    'Exits with 3 when something needs attention.',
  )
}
