import type { Command } from 'commander'
import { operationsCommands } from '../../lambdas/operations/commands.ts'
import { type CommandContext, withDatabaseOptions } from './context.ts'
import type { ReachOptions } from './reach-database.ts'
import { wholeNumber } from './whole-number.ts'

/** Adds the command that shows which commands were run, and by whom. */
export const addOperationsCommands = (program: Command, { run }: CommandContext): void => {
  const group = program.command('operations').description('the operation of the platform')
  withDatabaseOptions(group.command('list-commands').description('list the newest operator commands, with their callers'))
    .option('--limit <count>', 'how many, up to 1000', wholeNumber, 20)
    .option('--json', 'as JSON')
    .action(({ json, limit, ...options }: ReachOptions & { json?: true; limit: number }) =>
      run(operationsCommands.listCommands, { json, limit }, options),
    )
}
