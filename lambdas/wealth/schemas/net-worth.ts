import * as z from 'zod'
import { accountTypes } from '../../../domain/wealth/index.ts'
import { calendarDate, uuid } from '../../runtime/schemas.ts'
import { requiredHousehold } from './household.ts'
import { valueGap } from './performance.ts'

export const netWorthQuery = z.strictObject({
  householdId: requiredHousehold,
  from: calendarDate
    .optional()
    .describe('First counted day. By default, and where it is earlier, the first day of the history.')
    .meta({ parameter: 'FirstNetWorthDay' }),
  to: calendarDate
    .optional()
    .describe('Last counted day. By default, and where it is later, today.')
    .meta({ parameter: 'LastNetWorthDay' }),
})

const amount = (text: string) => z.number().describe(`${text} An estimate in the currency of the answer.`)

const change = {
  beginValue: amount('Value at the end of the day before `from`.'),
  endValue: amount('Value at the end of `to`.'),
  netFlow: amount('Money and securities that came from outside, less what left.'),
  income: amount('Dividends and interest.'),
  fees: amount('Fees and taxes that were withheld.'),
  priceGain: amount('What prices and later statements changed.'),
  currencyGain: amount('What exchange rates changed.'),
}

export const netWorth = z.strictObject({
  currency: z.string(),
  firstDate: calendarDate.nullable().describe('The first day of the history. Null: there is none.'),
  from: calendarDate.nullable().describe('First counted day.'),
  to: calendarDate.nullable().describe('Last counted day, that of the total.'),
  total: z
    .strictObject({
      ...change,
      assets: amount('What accounts are worth of which the value is above zero.'),
      debts: amount('What is owed: not above zero.'),
    })
    .nullable()
    .describe(
      'All accounts, and what is on the way between them. endValue - beginValue = netFlow + income - fees + priceGain + currencyGain.',
    ),
  dates: z
    .array(calendarDate)
    .describe('At most 402 days, the first one is the day before `from` and the last one is `to`: the days of `values`.'),
  accounts: z.array(
    z.strictObject({
      accountId: uuid.nullable().describe('Null: what is on the way between two accounts.'),
      name: z.string().nullable(),
      type: z.enum(accountTypes).nullable(),
      ...change,
      values: z.array(z.number()).describe('The value at the end of each of `dates`.'),
    }),
  ),
  unpriced: z.array(valueGap).describe('Days on which a holding has no price, and is in no figure.'),
  unconverted: z.array(valueGap).describe('Days on which there is no exchange rate for a holding.'),
})
