import type { Command } from 'commander'
import { auditCommands } from '../../lambdas/operations/audit-commands.ts'
import { type CommandContext, withDatabaseOptions } from './context.ts'
import type { ReachOptions } from './reach-database.ts'
import { wholeNumber } from './whole-number.ts'

interface VerifyOptions extends ReachOptions {
  readonly from?: string
  readonly to?: string
  readonly json?: true
}

/** Adds the commands that seal and verify the audit trail. */
export const addAuditCommands = (program: Command, { run }: CommandContext): void => {
  const group = program.command('audit').description('the chain of the audit trail')
  withDatabaseOptions(group.command('seal').description('seal the new rows now')).action((options: ReachOptions) =>
    run(auditCommands.seal, {}, options),
  )
  withDatabaseOptions(group.command('verify').description('find changed, inserted and removed rows, seals and anchors'))
    .option('--from <month>', 'verify the rows and anchors from this month on, such as 2026-01')
    .option('--to <month>', 'verify the rows and anchors up to this month')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nExits with 1 if anything was changed, and names it; with 3 if the time was over before all rows were verified.',
    )
    .action(({ from, json, to, ...options }: VerifyOptions) => run(auditCommands.verify, { from, json, to }, options))
  withDatabaseOptions(group.command('list-anchors').description('list the newest anchors'))
    .option('--limit <count>', 'how many, up to 1000', wholeNumber, 20)
    .option('--json', 'as JSON')
    .action(({ json, limit, ...options }: ReachOptions & { json?: true; limit: number }) =>
      run(auditCommands.listAnchors, { json, limit }, options),
    )
}
