import { type Command, Option } from 'commander'
import { eventSeverities, eventStatuses } from '../../db/schema/operations/system-events.ts'
import { eventCommands } from '../../lambdas/operations/event-commands.ts'
import { type CommandContext, withDatabaseOptions } from './context.ts'
import type { ReachOptions } from './reach-database.ts'
import { wholeNumber } from './whole-number.ts'

interface ListOptions extends ReachOptions {
  readonly severity?: string
  readonly status?: string
  readonly component?: string
  readonly limit: number
  readonly json?: true
}

/** Adds the commands that list, show, acknowledge and resolve system events. */
export const addEventCommands = (program: Command, { run }: CommandContext): void => {
  const group = program.command('events').description('system events: failures, slow work, limits')
  withDatabaseOptions(group.command('list').description('list the newest system events'))
    .addOption(new Option('--severity <severity>', 'only this severity').choices(eventSeverities))
    .addOption(new Option('--status <status>', 'only this status').choices(eventStatuses))
    .option('--component <name>', 'only of this route, job, task or part')
    .option('--limit <count>', 'how many, up to 1000', wholeNumber, 20)
    .option('--json', 'as JSON')
    .action(({ component, json, limit, severity, status, ...options }: ListOptions) =>
      run(eventCommands.list, { component, json, limit, severity, status }, options),
    )
  withDatabaseOptions(group.command('show').description('show a system event'))
    .argument('<id>', 'its id')
    .option('--json', 'as JSON')
    .action((id: string, { json, ...options }: ReachOptions & { json?: true }) => run(eventCommands.show, { id, json }, options))
  withDatabaseOptions(group.command('acknowledge').description('say that a system event was seen'))
    .argument('<id>', 'its id')
    .action((id: string, options: ReachOptions) => run(eventCommands.acknowledge, { id }, options))
  withDatabaseOptions(group.command('resolve').description('resolve a system event'))
    .argument('<id>', 'its id')
    .requiredOption('--notes <text>', 'what the cause was, and what was done')
    .action((id: string, { notes, ...options }: ReachOptions & { notes: string }) => run(eventCommands.resolve, { id, notes }, options))
}
