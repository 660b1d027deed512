import { readFileSync } from 'node:fs'
import { basename, extname } from 'node:path'
import type { Command } from 'commander'
import { parseAnnualReturns } from '../../domain/market/index.ts'
import { DomainError } from '../../domain/shared/index.ts'
import { largestReturnsBytes, returnCommands } from '../../lambdas/market/return-commands.ts'
import { addBarStoreCommands } from './bar-store.ts'
import { addBarCommands } from './bars.ts'
import { type CommandContext, withDatabaseOptions } from './context.ts'
import type { ReachOptions } from './reach-database.ts'

/** The text of a file of returns, which is checked here, so that its faults are named before anything is sent. */
const readReturns = (file: string): string => {
  try {
    const bytes = readFileSync(file)
    if (bytes.length > largestReturnsBytes)
      throw new DomainError([{ path: '', message: `it has ${bytes.length} bytes, and may have ${largestReturnsBytes}` }])
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    parseAnnualReturns(text)
    return text
  } catch (error) {
    if (error instanceof DomainError) throw new Error(`${file} was not imported:\n${error.message}`, { cause: error })
    if (error instanceof TypeError) throw new Error(`${file} was not imported: it is not text in UTF-8.`, { cause: error })
    throw error
  }
}

const addImport = (group: Command, { run }: CommandContext) =>
  withDatabaseOptions(group.command('import-returns').description('import historical annual returns from CSV, for simulation by bootstrap'))
    .argument('<file>', 'a column "year", then one column of fractions per series (0.05 is five percent)')
    .option('--name <name>', "the dataset's name; by default that of the file")
    .option('--source <text>', "the source of the figures; by default the file's name")
    .addHelpText(
      'after',
      '\nThe same figures again change nothing; other figures under the same name become its next version.\n\nExample:\n  npm run admin -- market import-returns returns.csv --name us-1928 --source "Damodaran, January 2026"',
    )
    .action((file: string, { name, source, ...options }: ReachOptions & { name?: string; source?: string }) =>
      run(
        returnCommands.importReturns,
        { name: name ?? basename(file, extname(file)), source: source ?? basename(file), csv: readReturns(file) },
        options,
      ),
    )

const addList = (group: Command, { run }: CommandContext) =>
  withDatabaseOptions(group.command('list-returns').description('list the imported datasets'))
    .option('--json', 'as JSON')
    .action(({ json, ...options }: ReachOptions & { json?: true }) => run(returnCommands.listReturns, { json }, options))

export const addMarketCommands = (program: Command, context: CommandContext): void => {
  const group = program.command('market').description('market data')
  addImport(group, context)
  addList(group, context)
  addBarCommands(group, context)
  addBarStoreCommands(group, context)
}
