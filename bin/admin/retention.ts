import type { Command } from 'commander'
import { retentionCommands } from '../../lambdas/operations/retention-commands.ts'
import { type CommandContext, withDatabaseOptions } from './context.ts'
import type { ReachOptions } from './reach-database.ts'

/** Adds the commands of retention and of legal holds. */
export const addRetentionCommands = (program: Command, { run }: CommandContext): void => {
  const retention = program.command('retention').description('how long rows are kept')
  withDatabaseOptions(retention.command('list').description('list the policies and the newest archives'))
    .option('--json', 'as JSON')
    .action(({ json, ...options }: ReachOptions & { json?: true }) => run(retentionCommands.list, { json }, options))
  withDatabaseOptions(retention.command('dry-run').description('count the rows that a policy would process'))
    .argument('<policy>', 'its name')
    .action((policy: string, options: ReachOptions) => run(retentionCommands.dryRun, { policy }, options))
  withDatabaseOptions(retention.command('run').description('run a policy now'))
    .argument('<policy>', 'its name')
    .action((policy: string, options: ReachOptions) => run(retentionCommands.run, { policy }, options))
  withDatabaseOptions(retention.command('restore-archive').description('put the rows of an archive back'))
    .argument('<archive>', 'its id')
    .action((archive: string, options: ReachOptions) => run(retentionCommands.restore, { archive }, options))
  const holds = program.command('holds').description('legal holds, which keep rows from retention')
  withDatabaseOptions(holds.command('list').description('list all holds'))
    .option('--json', 'as JSON')
    .action(({ json, ...options }: ReachOptions & { json?: true }) => run(retentionCommands.holdsList, { json }, options))
  withDatabaseOptions(holds.command('place').description('place a hold'))
    .option('--user <id>', 'on all rows of a person and of their households')
    .option('--household <id>', 'on all rows of a household')
    .requiredOption('--reason <text>', 'why the rows must be kept')
    .action(({ household, reason, user, ...options }: ReachOptions & { household?: string; user?: string; reason: string }) =>
      run(retentionCommands.holdsPlace, { household, reason, user }, options),
    )
  withDatabaseOptions(holds.command('release').description('release a hold'))
    .argument('<id>', 'its id')
    .action((id: string, options: ReachOptions) => run(retentionCommands.holdsRelease, { id }, options))
}
