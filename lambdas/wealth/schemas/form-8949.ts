import * as z from 'zod'
import { comparedFields, differenceCauses, form8949Boxes } from '../../../domain/wealth/index.ts'
import { rejectedLine } from './imports.ts'
import { filingStatus } from './tax-years.ts'
import { calendarDate, nameSchemas, uuid } from '../../runtime/schemas.ts'

const dollars = z.string().describe('In US dollars.')
const maybeDollars = z.string().nullable().describe('In US dollars. Null: not known.')
export const formBox = z.enum(form8949Boxes).meta({
  id: 'Form8949Box',
  description:
    'A to C: short-term; D to F: long-term. A and D: the broker reports the basis. B and E: it does not. C and F: there is no Form 1099-B.',
})
const formTotals = z
  .strictObject({ proceeds: dollars, basis: dollars, adjustment: dollars, gain: dollars })
  .meta({ id: 'Form8949Totals', description: 'Columns (d), (e), (g) and (h).' })

export const rounding = z
  .enum(['cents', 'dollars'])
  .meta({ description: 'Whether amounts are in cents, or rounded to whole dollars, line by line.', parameter: 'FormRounding' })
export const plainSales = z
  .enum(['lines', 'totals'])
  .describe(
    '`totals`: sales with a reported basis and without an adjustment are on lines 1a and 8a of Schedule D, as its Exception 1 allows.',
  )

const sums = (...names: readonly string[]) => z.strictObject(Object.fromEntries(names.map(name => [name, formTotals])))
const amounts = (...names: readonly string[]) => z.strictObject(Object.fromEntries(names.map(name => [name, dollars])))
const carryover = z.strictObject({ shortTerm: dollars, longTerm: dollars })

export const scheduleD = z
  .strictObject({
    sums: sums('1a', '1b', '2', '3', '8a', '8b', '9', '10').describe('Lines that sum disposals.'),
    lines: amounts('4', '5', '6', '7', '11', '12', '13', '14', '15', '16', '21').describe(
      'Losses are below zero. Line 21 is the loss that is deducted.',
    ),
    carryover: carryover.describe('Losses for lines 6 and 14 of the next year. The whole deduction is taken as used.'),
  })
  .meta({ id: 'ScheduleD', description: 'Schedule D (Form 1040).' })

export const form8949 = z
  .strictObject({
    year: z.int(),
    rounding: z.enum(['cents', 'dollars']),
    plainSales: z.enum(['lines', 'totals']),
    isCurrent: z.boolean().describe('False while changes of the ledger are being calculated.'),
    parts: z
      .array(z.strictObject({ box: formBox, lineCount: z.int(), totals: formTotals }))
      .describe('The boxes that have lines, in their order.'),
    totals: z.strictObject({ short: formTotals, long: formTotals }),
    incomplete: z
      .strictObject({ lineCount: z.int(), proceeds: dollars })
      .describe('Disposals of which the basis or the proceeds are not known. They are in no total.'),
    facts: z
      .strictObject({
        filingStatus: filingStatus
          .nullable()
          .describe('Null: not stated. The deducted loss is then that of every status but married filing separately.'),
        shortTermLossCarryover: maybeDollars,
        longTermLossCarryover: maybeDollars,
        capitalGainDistributions: dollars.describe('What funds have distributed.'),
        factsVersion: z.int().describe('0: nothing is stated about the year.'),
      })
      .describe('What Schedule D takes from the facts of the year and from dividends. Amounts that are not stated count as zero.'),
    schedule: scheduleD,
  })
  .meta({ id: 'Form8949', description: 'The capital gains of a year in the shape of Form 8949, with Schedule D.' })

export const form8949Line = z
  .strictObject({
    transactionId: uuid.describe('The sale, or what else disposed of the shares.'),
    lotTransactionId: uuid.nullable().describe('The transaction that opened the lot.'),
    accountId: uuid,
    symbol: z.string(),
    box: formBox,
    description: z.string().describe('Column (a).'),
    acquired: z.string().nullable().describe('Column (b): a date, or INHERITED. Null: not known.'),
    sold: calendarDate.describe('Column (c).'),
    proceeds: maybeDollars.describe('Column (d).'),
    basis: maybeDollars.describe('Column (e).'),
    codes: z.enum(['', 'W']).describe('Column (f): W for a wash sale.'),
    adjustment: dollars.describe('Column (g): the loss that is disallowed.'),
    gain: maybeDollars.describe('Column (h).'),
    reason: z.string().nullable().describe('Why the gain is not known.'),
  })
  .meta({ id: 'Form8949Line', description: 'A line of Form 8949.' })

const brokerSale = z.strictObject({
  line: z.int().describe('The line of the file, from 1.'),
  symbol: z.string().nullable(),
  description: z.string().nullable(),
  quantity: z.string(),
  acquiredOn: calendarDate.nullable(),
  soldOn: calendarDate,
  proceeds: dollars,
  basis: maybeDollars,
  disallowedLoss: dollars,
  term: z.enum(['short', 'long']).nullable(),
  box: formBox.nullable(),
})
const side = z.strictObject({ proceeds: dollars, basis: dollars, disallowedLoss: dollars })

export const brokerComparison = z
  .strictObject({
    year: z.int(),
    items: z.array(
      z.strictObject({
        outcome: z.enum(['equal', 'differing', 'only_broker', 'only_here']),
        broker: z.array(brokerSale),
        ours: z.array(form8949Line),
        differences: z.array(
          z.strictObject({
            field: z.enum(comparedFields),
            broker: z.string().nullable(),
            ours: z.string().nullable(),
            difference: z.string().nullable().describe('Of amounts and quantities: the broker’s less ours.'),
          }),
        ),
        cause: z.enum(differenceCauses).nullable(),
        reason: z.string().nullable().describe('The likely cause in words.'),
      }),
    ),
    counts: z.strictObject({ equal: z.int(), differing: z.int(), only_broker: z.int(), only_here: z.int() }),
    totals: z.strictObject({ broker: side, ours: side }),
    rejected: z.array(rejectedLine).describe('Lines of the file that cannot be read. They are in no total.'),
    rejectedCount: z.int(),
    notes: z.array(z.string()),
    ambiguous: z.array(z.string()).describe('What in the file can be read in two ways.'),
  })
  .meta({ id: 'BrokerComparison', description: 'A broker’s Form 1099-B beside the disposals of the ledger.' })

nameSchemas({ BrokerSale: brokerSale, BrokerTotals: side, LossCarryover: carryover })
