import * as z from 'zod'
import { periodNames, performanceReasons, returnFigures, riskMetrics } from '../../../domain/wealth/index.ts'
import { calendarDate, nameSchemas, uuid } from '../../runtime/schemas.ts'
import { ofAccount, ofSecurity, requiredHousehold } from './household.ts'

const periodName = z.enum(periodNames).meta({ id: 'PerformancePeriod', description: 'A usual range up to today.' })

export const performanceQuery = z.strictObject({
  householdId: requiredHousehold,
  portfolioId: uuid.optional().meta({
    description: 'Only the accounts of this portfolio, in its currency and against its benchmark.',
    parameter: 'OfPortfolio',
  }),
  accountId: ofAccount.optional(),
  symbol: ofSecurity.optional(),
  period: periodName.optional(),
  from: calendarDate.optional().meta({ description: 'First counted day, instead of a period.', parameter: 'FirstCountedDay' }),
  to: calendarDate.optional().meta({ description: 'Last counted day. By default today.', parameter: 'LastCountedDay' }),
  riskFreeRate: z
    .string()
    .regex(/^0?\.\d{1,6}$|^0$/, 'must be a fraction below 1 as a decimal string: 2 % is "0.02"')
    .default('0')
    .describe('The yearly rate without risk, for the ratios. A fraction.'),
})

const reason = z.enum(Object.keys(performanceReasons) as [keyof typeof performanceReasons]).meta({
  id: 'PerformanceReason',
  description: 'Why a figure has no value.',
})

const figure = z
  .strictObject({
    value: z.number().nullable().describe('A fraction, or a ratio. Null: it has no meaning.'),
    reason: reason.nullable(),
    message: z.string().nullable().describe('The reason in words.'),
    date: calendarDate.nullable().describe('The day that the reason is about.'),
  })
  .meta({ id: 'PerformanceFigure', description: 'An estimate, or the reason why there is none.' })

const described = z
  .strictObject({ name: z.string(), formula: z.string(), ...figure.shape })
  .meta({ id: 'DescribedFigure', description: 'A figure with its formula.' })

/** A described figure for each key. */
const figuresOf = <Key extends string>(record: Readonly<Record<Key, unknown>>) =>
  z.strictObject(Object.fromEntries(Object.keys(record).map(key => [key, described])) as Record<Key, typeof described>)

const amount = (text: string) => z.number().describe(`${text} An estimate in the currency of the answer.`)

const onTheWay = uuid.nullable().describe('Of what is on the way between two accounts: the one that it comes into.')

export const valueGap = z
  .strictObject({ accountId: uuid, symbol: z.string().nullable(), from: calendarDate, to: calendarDate })
  .meta({ id: 'ValueGap', description: 'Days on which a holding has no value.' })

const scope = {
  currency: z.string(),
  firstDate: calendarDate.nullable().describe('The first day of the history. Null: there is none.'),
  from: calendarDate.nullable().describe('First counted day: the range begins with the value of the evening before.'),
  to: calendarDate.nullable().describe('Last counted day.'),
}

export const performance = z.strictObject({
  ...scope,
  sums: z
    .strictObject({
      beginValue: amount('Value at the beginning.'),
      endValue: amount('Value at the end.'),
      netFlow: amount('Money and securities that came from outside, less what left.'),
      gain: amount('End less beginning less flows.'),
      priceGain: amount('The part of the gain that prices made.'),
      currencyGain: amount('The part that exchange rates made.'),
      income: amount('Dividends and interest.'),
      fees: amount('Fees and taxes that were withheld.'),
    })
    .nullable(),
  returns: figuresOf(returnFigures).nullable(),
  risk: figuresOf(riskMetrics).nullable().describe('From the returns of the days from Monday to Friday, 252 a year.'),
  drawdown: z
    .strictObject({
      peakDate: calendarDate.nullable(),
      troughDate: calendarDate.nullable(),
      recoveryDate: calendarDate.nullable().describe('Null while the value is below the peak.'),
    })
    .nullable()
    .describe('The days of the maximum drawdown.'),
  benchmark: z.strictObject({ symbol: z.string(), name: z.string() }).nullable(),
  riskFreeRate: z.string(),
  periods: z.array(
    z.strictObject({
      period: periodName,
      from: calendarDate.nullable(),
      to: calendarDate.nullable(),
      timeWeighted: figure,
      timeWeightedAnnual: figure,
      moneyWeighted: figure,
      benchmark: figure,
    }),
  ),
  contributions: z
    .array(
      z.strictObject({
        accountId: uuid,
        symbol: z.string().nullable().describe('Null for money and for accounts with a stated balance.'),
        toAccountId: onTheWay,
        contribution: figure,
        gain: amount('What it gained.'),
        endValue: amount('Its value at the end.'),
      }),
    )
    .describe('What each holding contributed to the time-weighted return: they sum to it.'),
  points: z
    .array(
      z.strictObject({
        date: calendarDate,
        value: amount('Value at the end of the day.'),
        invested: amount('Value at the beginning and the flows since.'),
        growth: z.number().nullable().describe('What one unit has become.'),
        benchmark: z.number().nullable().describe('What one unit of the benchmark has become.'),
      }),
    )
    .describe('At most 401 days of the range.'),
  unpriced: z.array(valueGap).describe('Days on which a holding has no price, and is in no figure.'),
  unconverted: z.array(valueGap).describe('Days on which there is no exchange rate for a holding.'),
})

const flow = z.strictObject({ date: calendarDate, amount: z.number() })

export const performanceDerivation = z.strictObject({
  ...scope,
  timeWeighted: z
    .strictObject({
      ...described.shape,
      subPeriods: z.array(
        z.strictObject({
          from: calendarDate,
          to: calendarDate,
          beginValue: z.number(),
          flow: z.number().describe('At the start of `from`.'),
          flowAtEnd: z.number().describe('What left at the end of `to`.'),
          endValue: z.number(),
          return: z.number().describe('(endValue + flowAtEnd) / (beginValue + flow) - 1'),
        }),
      ),
      idleDays: z.int().describe('Days without any capital: each is a return of zero.'),
      totalLossOn: calendarDate.nullable(),
    })
    .nullable(),
  moneyWeighted: z
    .strictObject({
      ...described.shape,
      flows: z.array(flow).describe('Negative: put in. The last one contains the value at the end.'),
      otherRates: z.array(z.number()).describe('Other rates that solve the equation too.'),
    })
    .nullable(),
  modifiedDietz: z
    .strictObject({
      ...described.shape,
      beginValue: z.number().nullable(),
      endValue: z.number().nullable(),
      gain: z.number().nullable(),
      averageCapital: z.number().nullable(),
      flows: z.array(z.strictObject({ ...flow.shape, weight: z.number().describe('Share of the time that it was invested.') })),
    })
    .nullable(),
  simple: z
    .strictObject({
      ...described.shape,
      parts: z
        .strictObject({
          beginValue: z.number(),
          inflows: z.number(),
          outflows: z.number(),
          endValue: z.number(),
          gain: z.number(),
          capital: z.number(),
        })
        .nullable(),
    })
    .nullable(),
  holdings: z
    .array(
      z.strictObject({
        accountId: uuid,
        symbol: z.string().nullable(),
        toAccountId: onTheWay,
        beginValue: z.number().nullable().describe('At the beginning of the range. Null: not known.'),
        endValue: z.number().nullable(),
        flow: z.number().describe('What was put in, by trades and from outside.'),
        income: z.number(),
        fees: z.number(),
        priceGain: z.number(),
        currencyGain: z.number(),
        lastPrice: z.strictObject({ source: z.enum(['market', 'trade']), date: calendarDate }).nullable(),
      }),
    )
    .describe('From what the values are added up. endValue - beginValue - flow = priceGain + currencyGain + income - fees.'),
})

nameSchemas({ Performance: performance, PerformanceDerivation: performanceDerivation, CashFlow: flow })
