import type { Command } from 'commander'
import * as z from 'zod'
import { connect } from '../../db/connections.ts'
import { migrate } from '../../db/migrate/index.ts'
import { loadReferenceData } from '../../db/reference-data/index.ts'
import { arrangeBackup, backupArguments } from '../../lambdas/operations/commands.ts'
import { setupCommands, setupParts } from '../../lambdas/operations/setup-commands.ts'
import { defineCommand } from '../../lambdas/runtime/command.ts'
import { type CommandContext, withDatabaseOptions } from './context.ts'
import type { ReachOptions } from './reach-database.ts'

/** Months of partitions that are made in advance, as the daily job makes them. */
const monthsAhead = 3

/** Applies pending migrations, then loads reference data, as a start of the platform does. Returns the names of the migrations. */
export const migrateAndLoad = async (
  backup: z.output<z.ZodObject<typeof backupArguments>>,
  context: Parameters<Parameters<typeof defineCommand>[0]['run']>[1],
): Promise<readonly string[]> => {
  const { location, progress } = context
  const { applied } = await migrate(location, {
    // An empty database has no data to lose.
    backup: context.copyData || backup.snapshot !== undefined || backup.withoutSnapshot ? arrangeBackup(context, backup) : 'none',
    onProgress: ({ tag, statement, statements }) => progress(`${tag}: statement ${statement} of ${statements}`),
  })
  const owner = connect(location, 'nestegg_owner')
  try {
    await loadReferenceData(owner)
    await owner`select operations.make_audit_partitions(${monthsAhead})`
    await owner`select market.make_bar_partitions()`
  } finally {
    await owner.end()
  }
  return applied
}

const init = defineCommand({
  name: 'db setup --init',
  summary: 'Makes the roles, applies the migrations, loads the reference data and makes the partitions',
  role: 'nestegg_owner',
  arguments: z.strictObject({ ...backupArguments, json: z.boolean().default(false) }),
  run: async ({ json, ...backup }, context) => {
    const applied = await migrateAndLoad(backup, json ? { ...context, out: () => undefined } : context)
    if (json) return context.out(`${JSON.stringify({ applied })}\n`)
    context.out(`INIT\n${applied.length === 0 ? 'Nothing is pending.\n' : applied.map(tag => `Applied ${tag}\n`).join('')}\n`)
  },
})

type SetupOptions = ReachOptions &
  Partial<Record<'all' | 'init' | (typeof setupParts)[number] | 'repair' | 'json' | 'withoutSnapshot', true>> & { snapshot?: string }

/** Adds the command that sets a database up, and checks it. */
export const addSetup = (group: Command, { refuse, run }: CommandContext & { readonly refuse: (message: string) => never }): void => {
  withDatabaseOptions(group.command('setup').description('set the database up, optimize it, check its data, show its health'))
    .option('--all', 'all of these, in this order')
    .option('--init', 'roles, migrations, reference data and partitions; makes the data folder if there is none')
    .option('--optimize', 'missing partitions, bad indexes, statistics')
    .option('--validate', 'the declared checks of all data, which name each row that breaks a rule')
    .option('--health', 'the state in a few lines')
    .option('--repair', 'with --validate: repair what can be repaired safely')
    .option('--snapshot <name>', 'with --init, for a database that is not on this machine: the snapshot that you took of it')
    .option('--without-snapshot', 'with --init, for such a database: rely on its continuous backups alone')
    .option('--json', 'as JSON, one line for --init and one for the rest')
    .addHelpText(
      'after',
      '\nExits with 1 when something failed, with 3 when something needs attention. In AWS a deployment does the work of --init.\n\nExamples:\n  npm run admin -- db setup --all\n  npm run admin -- --environment prod db setup --validate --health',
    )
    .action(async ({ all, init: initializes, json, repair, snapshot, withoutSnapshot, ...options }: SetupOptions) => {
      const parts = setupParts.filter(part => all || options[part])
      const { data, urlFile } = options
      const reach = { data, ...(urlFile === undefined ? {} : { urlFile }) }
      if (!initializes && parts.length === 0) refuse('error: choose --all, or at least one of --init, --optimize, --validate, --health')
      if (repair && !parts.includes('validate')) refuse('error: --repair needs --validate')
      if (all || initializes) {
        await run(
          init,
          { snapshot, withoutSnapshot, json },
          { ...reach, makes: true },
          'a deployment makes the roles and migrates: choose --optimize, --validate or --health',
        )
      }
      if (parts.length > 0) await run(setupCommands.dbSetup, { parts, repair, json }, reach)
    })
}
