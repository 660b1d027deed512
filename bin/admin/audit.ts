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

/** Adds the commands that seal, verify and declare the audit trail. */
export const addAuditCommands = (program: Command, { environment, run, terminal }: CommandContext): void => {
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
  withDatabaseOptions(group.command('declare-loss').description('declare that a restore has lost what newer anchors name'))
    .requiredOption('--reason <text>', 'why, for whoever verifies the trail later')
    .option('--yes', 'sign the record, which nobody can remove')
    .addHelpText(
      'after',
      '\nThe record names the anchors that the restored audit trail does not have. "audit verify" then lists them as a note, and new anchors go on.\nIn AWS only the job that seals may sign: the command prints how to call it, with the names of the deployment, and changes nothing.',
    )
    .action(async ({ reason, yes, ...options }: ReachOptions & { reason: string; yes?: true }) => {
      const inAws = environment()
      if (inAws === undefined) return run(auditCommands.declare, { reason, yes }, options)
      const { describeDeclaration } = await import('./declare-loss.ts')
      return terminal.out(await describeDeclaration(inAws, reason))
    })
  withDatabaseOptions(group.command('list-anchors').description('list the newest anchors'))
    .option('--limit <count>', 'how many, up to 1000', wholeNumber, 20)
    .option('--json', 'as JSON')
    .action(({ json, limit, ...options }: ReachOptions & { json?: true; limit: number }) =>
      run(auditCommands.listAnchors, { json, limit }, options),
    )
}
