import type { Command } from 'commander'
import { backupCommands } from '../../lambdas/operations/backup-commands.ts'
import { type CommandContext, withDatabaseOptions } from './context.ts'
import type { ReachOptions } from './reach-database.ts'

type Options = ReachOptions & { readonly json?: true }

interface RestoreOptions extends ReachOptions {
  readonly auditLost?: true
  readonly table?: string[]
  readonly to?: string
  readonly yes?: true
}

const withJson = (command: Command): Command => withDatabaseOptions(command).option('--json', 'as JSON')

/** Adds the commands on logical backups. */
export const addBackupCommands = (program: Command, { environment, run, terminal }: CommandContext): void => {
  const group = program.command('backup').description('backups of the database: encrypted, and each restored before it is called good')
  withJson(group.command('create').description('make a backup, restore it into a scratch database and compare it')).action(
    ({ json, ...options }: Options) => run(backupCommands.create, { json }, options),
  )
  withJson(group.command('list').description('list the backups in the store')).action(({ json, ...options }: Options) =>
    run(backupCommands.list, { json }, options),
  )
  withJson(group.command('verify').description('restore a backup into a scratch database and compare it'))
    .argument('<backup>', 'its id, the beginning of it, or "latest"')
    .action((backup: string, { json, ...options }: Options) => run(backupCommands.verify, { backup, json }, options))
  withJson(
    group.command('drill').description('restore the newest good backup into a scratch database, and measure recovery time and point'),
  )
    .argument('[backup]', 'its id, the beginning of it, or "latest"', 'latest')
    .option('--archive', 'with the archive of the server of this machine instead of a backup')
    .action((backup: string, { archive, json, ...options }: Options & { archive?: true }) =>
      run(backupCommands.drill, { backup, archive, json }, options),
    )
  const restore = withDatabaseOptions(group.command('restore').description('put a backup in the place of the database'))
    .argument('[backup]', 'its id, the beginning of it, "latest", or "previous" for the database of before the last restore')
    .option(
      '--to <moment>',
      'instead of a backup: a moment such as 2026-11-26T10:15:30Z, from the archive of the server; in AWS also "latest"',
    )
    .option('--table <name...>', 'only these tables, such as planning.plans')
    .option('--audit-lost', 'keep the audit trail of the restored database, because that of the one in use is lost, and declare so')
    .option('--yes', 'exchange the database, or the rows of the tables')
    .addHelpText(
      'after',
      '\nThe backup is restored into a database of its own and compared. Then the two are exchanged in one transaction. The database of before is kept.\nIn AWS the cluster is restored: the command prints how, with the names of the deployment, and changes nothing.\n\nExamples:\n  npm run admin -- backup restore latest --yes\n  npm run admin -- backup restore latest --table planning.plans planning.plan_inputs --yes\n  npm run admin -- backup restore --to 2026-11-26T10:15:30Z --yes\n  npm run admin -- backup restore previous --yes\n  npm run admin -- backup restore --environment prod --to 2026-11-26T10:15:30Z',
    )
    .action(async (backup: string | undefined, { auditLost, table, to, yes, ...options }: RestoreOptions) => {
      const inAws = environment()
      if (inAws === undefined) return run(backupCommands.restore, { backup, to, tables: table, auditLost, yes }, options)
      if (to === undefined || backup !== undefined || table !== undefined)
        return restore.error('error: in AWS the whole cluster is restored: give --to and neither a backup nor --table')
      const { describeClusterRestore } = await import('./restore-cluster.ts')
      return terminal.out(await describeClusterRestore(inAws, to))
    })
  withDatabaseOptions(group.command('rotate-key').description('make a new key file, and encrypt the keys of all backups with it')).action(
    (options: ReachOptions) =>
      run(backupCommands.rotateKey, {}, options, 'KMS rotates the key of backups: see "Rotate keys and secrets" in docs/runbook.md'),
  )
  withDatabaseOptions(group.command('prune').description('remove backups that are no longer kept: 30 days, and one for each of 12 months'))
    .option('--dry-run', 'only show what would be removed')
    .option('--previous', 'also drop the databases of before restores')
    .action(({ dryRun, previous, ...options }: ReachOptions & { dryRun?: true; previous?: true }) =>
      run(backupCommands.prune, { dryRun, previous }, options),
    )
}
