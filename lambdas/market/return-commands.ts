import * as z from 'zod'
import { importAnnualReturns, listReturnDatasets } from '../../db/queries/market/import-returns.ts'
import { annualReturns, returnDatasets } from '../../db/schema/market/returns.ts'
import { parseAnnualReturns } from '../../domain/market/index.ts'
import { alignColumns } from '../runtime/align-columns.ts'
import { defineCommand } from '../runtime/command.ts'
import { inserts } from '../runtime/writes.ts'

/** Largest file of returns: many times the returns of all markets for a century, and small enough for one request. */
export const largestReturnsBytes = 900_000

const importReturns = defineCommand({
  name: 'market import-returns',
  summary: 'Imports historical annual returns from CSV',
  role: 'nestegg_operator',
  arguments: z.strictObject({ name: z.string().min(1), source: z.string().min(1), csv: z.string().max(largestReturnsBytes) }),
  unrecorded: ['csv'],
  writes: [inserts(returnDatasets), inserts(annualReturns)],
  run: async ({ csv, name, source }, { inTransaction, out }) => {
    const returns = parseAnnualReturns(csv)
    const { isNew, version } = await inTransaction(transaction => importAnnualReturns(transaction, { name, source, returns }))
    out(
      isNew
        ? `Imported "${name}" version ${version}: ${returns.series.length} series, ${returns.years.at(0)} to ${returns.years.at(-1)}\n`
        : `Nothing to do: these figures are already stored as "${name}" version ${version}.\n`,
    )
  },
})

const listReturns = defineCommand({
  name: 'market list-returns',
  summary: 'Lists the imported datasets of returns',
  role: 'nestegg_operator',
  arguments: z.strictObject({ json: z.boolean().default(false) }),
  run: async ({ json }, { inTransaction, out }) => {
    const datasets = await inTransaction(listReturnDatasets)
    if (json) return out(`${JSON.stringify(datasets)}\n`)
    if (datasets.length === 0) return out('No returns are imported yet.\n')
    const rows = datasets.map(({ id, name, version, firstYear, lastYear, series, source }) => [
      name,
      `v${version}`,
      `${firstYear}-${lastYear}`,
      id,
      series.join(','),
      source,
    ])
    return out(alignColumns([['NAME', 'VERSION', 'YEARS', 'ID', 'SERIES', 'SOURCE'], ...rows]))
  },
})

export const returnCommands = { importReturns, listReturns }
