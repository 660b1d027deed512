import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import * as z from 'zod'

/** Folder of published figures: NESTEGG_REFERENCE, or beside the repository. */
export const referenceFolder = process.env.NESTEGG_REFERENCE ?? fileURLToPath(new URL('../../../shared/reference', import.meta.url))

export const referenceMissing = !existsSync(referenceFolder)
if (referenceMissing) console.log(`skipped: no reference figures at ${referenceFolder} (set NESTEGG_REFERENCE)`)

const rowsOf = <T extends z.ZodType>(file: string, row: T): z.infer<T>[] =>
  z.array(row).parse(parse(readFileSync(`${referenceFolder}/${file}`, 'utf8'), { columns: true }))

/** Stocks and bonds of consecutive years. */
export interface History {
  years: number[]
  stocks: number[]
  bonds: number[]
  inflation: number[]
}

/** Damodaran's annual returns: S&P 500, ten-year Treasury bond, CPI. */
export function damodaran(): History {
  const number = z.coerce.number()
  const rows = rowsOf(
    'damodaran_annual_returns_1928_2025.csv',
    z.object({ year: number, sp500_total_return: number, tbond_10y_total_return: number, cpi_inflation: number }),
  )
  return {
    years: rows.map(row => row.year),
    stocks: rows.map(row => row.sp500_total_return),
    bonds: rows.map(row => row.tbond_10y_total_return),
    inflation: rows.map(row => row.cpi_inflation),
  }
}

/** Years from one January to the next, computed from Shiller's months, with dividends reinvested monthly. */
export function shiller(): History {
  const number = z.coerce.number()
  const months = rowsOf(
    'shiller_ie_data_monthly_1871_2026.csv',
    z.object({ date: z.string(), sp_price: number, dividend_annualised: number, cpi: number, bond_total_return_gross_month: number }),
  )
  const history: History = { years: [], stocks: [], bonds: [], inflation: [] }
  for (let january = 0; january + 12 < months.length; january += 12) {
    let stocks = 1
    let bonds = 1
    for (let month = january; month < january + 12; month++) {
      const [now, next] = [months[month]!, months[month + 1]!]
      stocks *= (next.sp_price + next.dividend_annualised / 12) / now.sp_price
      bonds *= now.bond_total_return_gross_month
    }
    history.years.push(Number(months[january]!.date.slice(0, 4)))
    history.stocks.push(stocks - 1)
    history.bonds.push(bonds - 1)
    history.inflation.push(months[january + 12]!.cpi / months[january]!.cpi - 1)
  }
  return history
}

const successTable = z.record(z.string(), z.array(z.number()))

export function retirementTables() {
  const ours = z.object({ our_values: successTable })
  const safemax = z.object({ safemax: z.number(), year: z.number() })
  return z
    .object({
      reproduction_here: z.object({ table1_nominal_end: ours, table3_cpi_30y_end: ours, fool_1961_1998_cpi_end: ours }),
      bengen_reproduction_here: z.object({
        shiller_GS10_end: safemax,
        shiller_GS10_begin: safemax,
        damodaran_T10_begin_60_40: safemax,
      }),
    })
    .parse(JSON.parse(readFileSync(`${referenceFolder}/expected/retirement_published_tables.json`, 'utf8')))
}

export function capitalMarketAssumptions() {
  const survey = z.object({
    assets: z.array(z.object({ name: z.string(), expected_return: z.number(), sd: z.number() })),
    correlation: z.array(z.array(z.number())),
  })
  return z
    .object({ horizon_2017_10y_survey: survey, rvk_2015_lafpp: survey })
    .parse(JSON.parse(readFileSync(`${referenceFolder}/capital_market_assumptions.json`, 'utf8')))
}
