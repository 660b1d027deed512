import type { Command } from 'commander'
import { backupCommands } from '../../lambdas/operations/backup-commands.ts'
import { type CommandContext, withDatabaseOptions } from './context.ts'
import type { ReachOptions } from './reach-database.ts'

const notInAws = 'AWS backs the cluster up: see "Restore" in docs/runbook.md'

type Options = ReachOptions & { readonly json?: true }

const withJson = (command: Command): Command => withDatabaseOptions(command).option('--json', 'as JSON')

/** Adds the commands on logical backups. */
export const addBackupCommands = (program: Command, { run }: CommandContext): void => {
  const group = program.command('backup').description('backups of the database: encrypted, and each restored before it is called good')
  withJson(group.command('create').description('make a backup, restore it into a scratch database and compare it')).action(
    ({ json, ...options }: Options) => run(backupCommands.create, { json }, options, notInAws),
  )
  withJson(group.command('list').description('list the backups in the store')).action(({ json, ...options }: Options) =>
    run(backupCommands.list, { json }, options, notInAws),
  )
  withJson(group.command('verify').description('restore a backup into a scratch database and compare it'))
    .argument('<backup>', 'its id, the beginning of it, or "latest"')
    .action((backup: string, { json, ...options }: Options) => run(backupCommands.verify, { backup, json }, options, notInAws))
  withJson(
    group.command('drill').description('restore the newest good backup into a scratch database, and measure recovery time and point'),
  )
    .argument('[backup]', 'its id, the beginning of it, or "latest"', 'latest')
    .action((backup: string, { json, ...options }: Options) => run(backupCommands.drill, { backup, json }, options, notInAws))
  withDatabaseOptions(group.command('restore').description('put a backup in the place of the database'))
    .argument('<backup>', 'its id, the beginning of it, "latest", or "previous" for the database of before the last restore')
    .option('--table <name...>', 'only these tables, such as planning.plans')
    .option('--yes', 'exchange the database, or the rows of the tables')
    .addHelpText(
      'after',
      '\nThe backup is restored into a database of its own and compared. Then the two are exchanged in one transaction. The database of before is kept.\n\nExamples:\n  npm run admin -- backup restore latest --yes\n  npm run admin -- backup restore latest --table planning.plans planning.plan_inputs --yes\n  npm run admin -- backup restore previous --yes',
    )
    .action((backup: string, { table, yes, ...options }: ReachOptions & { table?: string[]; yes?: true }) =>
      run(backupCommands.restore, { backup, tables: table, yes }, options, notInAws),
    )
  withDatabaseOptions(group.command('prune').description('remove backups that are no longer kept: 30 days, and one for each of 12 months'))
    .option('--dry-run', 'only show what would be removed')
    .option('--previous', 'also drop the databases of before restores')
    .action(({ dryRun, previous, ...options }: ReachOptions & { dryRun?: true; previous?: true }) =>
      run(backupCommands.prune, { dryRun, previous }, options, notInAws),
    )
}
