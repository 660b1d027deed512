import { readFileSync } from 'node:fs'
import { basename, extname } from 'node:path'
import type { Command } from 'commander'
import { connect, type DatabaseLocation, type Sql } from '../../db/connections.ts'
import { parseAnnualReturns } from '../../domain/market/index.ts'
import { DomainError } from '../../domain/shared/index.ts'
import { addBarStoreCommands } from './bar-store.ts'
import { addBarCommands } from './bars.ts'
import { type CommandContext, withDatabaseOptions } from './context.ts'
import type { ReachOptions } from './reach-database.ts'
import { importAnnualReturns, listReturnDatasets } from './return-datasets.ts'
import { alignColumns } from './terminal.ts'

const asOperator = async <Result>(location: DatabaseLocation, work: (operator: Sql) => Promise<Result>): Promise<Result> => {
  const operator = connect(location, 'nestegg_operator')
  try {
    return await work(operator)
  } finally {
    await operator.end()
  }
}

const readReturns = (file: string) => {
  try {
    return parseAnnualReturns(new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)))
  } catch (error) {
    if (error instanceof DomainError) throw new Error(`${file} was not imported:\n${error.message}`, { cause: error })
    if (error instanceof TypeError) throw new Error(`${file} was not imported: it is not text in UTF-8.`, { cause: error })
    throw error
  }
}

const addImport = (group: Command, { terminal, withDatabase }: CommandContext) =>
  withDatabaseOptions(group.command('import-returns').description('import historical annual returns from CSV, for simulation by bootstrap'))
    .argument('<file>', 'a column "year", then one column of fractions per series (0.05 is five percent)')
    .option('--name <name>', "the dataset's name; by default that of the file")
    .option('--source <text>', "the source of the figures; by default the file's name")
    .addHelpText(
      'after',
      '\nThe same figures again change nothing; other figures under the same name become its next version.\n\nExample:\n  npm run admin -- market import-returns returns.csv --name us-1928 --source "Damodaran, January 2026"',
    )
    .action(async (file: string, options: ReachOptions & { name?: string; source?: string }) => {
      const returns = readReturns(file)
      const { name = basename(file, extname(file)), source = basename(file) } = options
      const { version, isNew } = await withDatabase(options, ({ location }) =>
        asOperator(location, operator => importAnnualReturns(operator, { name, source, returns })),
      )
      const contents = `${returns.series.length} series, ${returns.years.at(0)} to ${returns.years.at(-1)}`
      terminal.out(
        isNew
          ? `Imported "${name}" version ${version}: ${contents}\n`
          : `Nothing to do: these figures are already stored as "${name}" version ${version}.\n`,
      )
    })

const addList = (group: Command, { terminal, withDatabase }: CommandContext) =>
  withDatabaseOptions(group.command('list-returns').description('list the imported datasets'))
    .option('--json', 'as JSON')
    .action(async (options: ReachOptions & { json?: true }) => {
      const datasets = await withDatabase(options, ({ location }) => asOperator(location, listReturnDatasets))
      if (options.json) return terminal.out(`${JSON.stringify(datasets)}\n`)
      if (datasets.length === 0) return terminal.out('No returns are imported yet.\n')
      const rows = datasets.map(({ id, name, version, firstYear, lastYear, series, source }) => [
        name,
        `v${version}`,
        `${firstYear}-${lastYear}`,
        id,
        series.join(','),
        source,
      ])
      return terminal.out(alignColumns([['NAME', 'VERSION', 'YEARS', 'ID', 'SERIES', 'SOURCE'], ...rows]))
    })

export const addMarketCommands = (program: Command, context: CommandContext): void => {
  const group = program.command('market').description('market data')
  addImport(group, context)
  addList(group, context)
  addBarCommands(group, context)
  addBarStoreCommands(group, context)
}
