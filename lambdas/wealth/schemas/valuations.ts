import * as z from 'zod'
import { money, nonNegativeMoney } from '../../../domain/shared/index.ts'
import { trendIntervals, valuationSources } from '../../../domain/wealth/index.ts'
import { calendarDate, instant, nameSchemas, prose, uuid } from '../../runtime/schemas.ts'

export const valuationPatchFields = {
  date: calendarDate.describe('The day in the household. Not after today.'),
  balance: money.describe('What it is worth. What is owed is negative.'),
  available: money.nullable().describe('What can be taken out at once.'),
  vested: nonNegativeMoney.nullable().describe('What would stay with the owner on leaving the employer.'),
  unvested: nonNegativeMoney.nullable().describe('What would be lost on leaving the employer.'),
  note: prose.nullable().describe('Where the value comes from.'),
}

export const valuationFields = {
  date: valuationPatchFields.date.optional().describe('The day in the household. By default today; not after it.'),
  balance: valuationPatchFields.balance,
  available: valuationPatchFields.available.optional(),
  vested: valuationPatchFields.vested.optional(),
  unvested: valuationPatchFields.unvested.optional(),
  note: valuationPatchFields.note.optional(),
}

export const valuation = z.strictObject({
  id: uuid,
  accountId: uuid,
  date: calendarDate,
  balance: z.string(),
  available: z.string().nullable(),
  vested: z.string().nullable(),
  unvested: z.string().nullable(),
  source: z
    .enum(valuationSources)
    .meta({ id: 'ValuationSource', description: 'Who has stated it. Only what a person has entered can be corrected or removed.' }),
  note: z.string().nullable(),
  version: z.int(),
  createdAt: instant,
  updatedAt: instant,
})

export const trendQuery = {
  from: calendarDate.optional().describe('First day. By default a year before `to`.'),
  to: calendarDate.optional().describe('Last day. By default, and at the latest, today in the household’s timezone.'),
  interval: z.enum(trendIntervals).default('month').meta({
    id: 'TrendInterval',
    description: 'One balance at the end of each day, week (Sunday), month, quarter or year, and one on the last day.',
  }),
}

const point = z.strictObject({ date: calendarDate, balance: z.string() })

export const accountTrend = z.strictObject({
  accountId: uuid,
  currency: z.string(),
  items: z.array(point).describe('In order of date. Days before the account begins and after it was closed are left out.'),
})

const sum = point.extend({
  assets: z.string().describe('Sum of the balances above zero.'),
  owed: z.string().describe('Sum of the balances below zero.'),
})

export const householdTrend = z.strictObject({
  accounts: z.array(accountTrend),
  totals: z
    .array(
      z.strictObject({
        currency: z.string(),
        items: z.array(sum),
      }),
    )
    .describe('By currency.'),
  converted: z
    .strictObject({
      currency: z.string().describe('The currency of the household.'),
      items: z.array(sum).describe('On the days of which all rates are known.'),
      missing: z.array(z.string()).describe('Currencies without a rate on one of the days or in the week before it.'),
    })
    .nullable()
    .describe('All currencies in that of the household, each day by its exchange rates. Null if all accounts are in that currency.'),
})

nameSchemas({ AccountTrend: accountTrend, BalanceOnDate: point, SumOnDate: sum, Valuation: valuation })
