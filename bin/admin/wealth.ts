import type { Command } from 'commander'
import { wealthCommands } from '../../lambdas/wealth/commands.ts'
import { type CommandContext, withDatabaseOptions } from './context.ts'
import type { ReachOptions } from './reach-database.ts'

/** Adds the commands of accounts and their secrets. */
export const addWealthCommands = (program: Command, { run }: CommandContext): void => {
  const group = program.command('wealth').description('access tokens and credentials of accounts')
  withDatabaseOptions(group.command('rotate-keys').description('encrypt the keys of all access tokens and credentials again'))
    .addHelpText(
      'after',
      '\nOn this machine with a new key file. In AWS the next run of the job wealth/rewrap-credentials does it, with the newest key of KMS.\nIf it is stopped, all of them can still be read, and the next call goes on.',
    )
    .action((options: ReachOptions) => run(wealthCommands.rotateKeys, {}, options))
}
