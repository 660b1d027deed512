import type { Decimal } from '../../domain/shared/index.ts'
import type { EnvironmentName } from '../../lib/deployment.ts'
import type { Estimate, Line } from './estimate.ts'
import { type Load, loadFields, loadNames } from './load.ts'
import { pricedRegion, pricesOf } from './prices.ts'

export interface Bill {
  readonly environment: EnvironmentName
  readonly region: string
  readonly load: Load
  readonly estimate: Estimate
}

/** What a bill has besides. */
export const notIncluded = [
  'free tiers, which are not deducted, except the three free dashboards',
  'support plans, taxes, discounts and credits',
  'deployments, operator commands, and reads of logs and metrics by people',
  'what AWS Backup charges for a restore test, for which no public price was found',
  'transfer between zones, and what failures and attacks add',
  'the first two yearly rotations of a key, each of which adds a dollar a month to it',
]

const grouped = (number: string): string => number.replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ',')

/** Dollars in cents: `1,234.50`. */
export const inCents = (dollars: Decimal): string =>
  dollars.greaterThan(0) && dollars.lessThan('0.01') ? '<0.01' : grouped(dollars.toFixed(2))

const table = (rows: readonly (readonly [string, string, string, string, string])[]): string[] => {
  const widths = [0, 1, 2, 3, 4].map(column => Math.max(...rows.map(row => row[column]!.length)))
  const isText = (column: number) => column === 0 || column === 2
  return rows.map(row =>
    row.map((cell, column) => (isText(column) ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('  '),
  )
}

const lineCells = ({ what, quantity, price, dollars }: Line) =>
  [`  ${what}`, grouped(quantity.toFixed()), price.unit, price.dollars.toFixed(), inCents(dollars)] as const

const regionNote = ({ environment, region }: Bill): string[] =>
  region === pricedRegion ? [] : [`${environment} is in ${region}. The prices are those of ${pricedRegion}: the bill will differ.`, '']

/** A bill for a terminal. */
export const asText = (bill: Bill): string => {
  const { environment, estimate, load } = bill
  const rows = estimate.services.flatMap(({ name, lines, dollars }) => [
    [name, '', '', '', inCents(dollars)] as const,
    ...lines.map(lineCells),
  ])
  const heading = ['', 'quantity', 'unit', 'price', 'dollars'] as const
  return [
    `${environment}: an estimate of one month, in dollars, with prices of ${pricedRegion} that were looked up on ${pricesOf}.`,
    '',
    ...regionNote(bill),
    ...table([heading, ...rows, ['Total', '', '', '', inCents(estimate.dollars)]]).map(line => line.trimEnd()),
    '',
    'The load:',
    ...loadNames.map(name => `  ${grouped(load[name].toFixed()).padStart(9)}  ${loadFields[name].meaning}`),
    '',
    'Not included:',
    ...notIncluded.map(text => `  - ${text}`),
    '',
  ].join('\n')
}

/** A bill for programs. Amounts are decimal strings. */
export const asJson = ({ environment, estimate, load, region }: Bill): string =>
  `${JSON.stringify(
    {
      environment,
      region,
      prices: { region: pricedRegion, lookedUpOn: pricesOf },
      load: Object.fromEntries(loadNames.map(name => [name, load[name].toFixed()])),
      notIncluded,
      dollars: estimate.dollars.toFixed(),
      lines: estimate.services.flatMap(({ lines }) =>
        lines.map(({ what, quantity, price, dollars }) => ({
          service: price.service,
          what,
          quantity: quantity.toFixed(),
          unit: price.unit,
          unitPrice: price.dollars.toFixed(),
          dollars: dollars.toFixed(),
          page: price.page,
          read: price.read,
        })),
      ),
    },
    null,
    2,
  )}\n`
