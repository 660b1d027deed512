import * as z from 'zod'
import { healthAreas, type HealthCheck, healthChecks, severities, subjectKinds } from '../../../domain/wealth/index.ts'
import { calendarDate, instant, uuid } from '../../runtime/schemas.ts'
import { shares } from './lots.ts'

export const dataHealthQuery = z.strictObject({ householdId: uuid.describe('The household.') })

const severity = z.enum(severities).meta({
  id: 'HealthSeverity',
  description: '`problem`: figures are wrong or missing. `warning`: they may be. `hint`: they would be better.',
})

const subject = z
  .strictObject({
    kind: z.enum(subjectKinds),
    id: z.string().describe('The id of an account, connection, import or household; the symbol of a security; the code of a currency.'),
    name: z.string(),
  })
  .meta({ id: 'HealthSubject', description: 'What a finding is about.' })

const count = z.int().describe('How many.')
const currency = z.string().describe('ISO 4217.')
const from = calendarDate.describe('The first day.')
const until = calendarDate.describe('The last day.')
const days = z.int().describe('Calendar days.')
const allowedDays = z.int().describe('Days after which it is a finding.')
const tradingDays = z.int().describe('Days on which the exchange has traded.')
const lastSyncAt = instant.nullable().describe('When data have come last. Null: never.')
const message = z.string().describe('The reason in words.')
const balance = { balance: z.string().describe('In the currency of the account.'), currency }
const inAccount = { accountId: uuid, accountName: z.string() }
const split = {
  date: calendarDate.describe('The first day after the split.'),
  numerator: z.int().describe('New shares.'),
  denominator: z.int().describe('For so many old ones.'),
}
const inRange = { count, from, until }
const lots = { ...inAccount, date: calendarDate.describe('The first day on which it shows.'), count }
const age = { date: calendarDate.describe('The day of the balance.'), days, allowedDays }

const finding = <Check extends HealthCheck, Facts extends z.ZodRawShape>(check: Check, facts: Facts) =>
  z.strictObject({
    check: z.literal(check),
    area: z.literal(healthChecks[check].area as (typeof healthChecks)[Check]['area']),
    severity,
    subject,
    facts: z.strictObject(facts),
  })

const healthFinding = z
  .discriminatedUnion('check', [
    finding('no_price', {
      ...inAccount,
      isListed: z.boolean().describe('Whether the market data have the security.'),
      lastTradeOn: calendarDate.nullable().describe('The last trade, by the price of which it is valued. Null: it has no value.'),
    }),
    finding('stale_price', { date: calendarDate.describe('The day of the last close.'), price: z.string(), currency, tradingDays }),
    finding('missing_split', split),
    finding('split_without_jump', split),
    finding('wrong_unit', { from, until, factor: z.number().describe('100: prices are a hundred times too high. 0.01: too low.') }),
    finding('wrong_price', {
      date: calendarDate.describe('The newest one.'),
      change: z.number().describe('From the close before, as a fraction. The next close takes it back.'),
      count,
    }),
    finding('price_gap', { from, until, tradingDays }),
    finding('missing_rate', { quote: z.string().describe('The currency of the household.') }),
    finding('stale_rate', {
      quote: z.string().describe('The currency of the household.'),
      date: calendarDate.describe('The day of the newest rate.'),
      days,
    }),
    finding('lots_under_way', { since: instant, count: z.int().describe('Securities that wait.') }),
    finding('negative_position', { ...lots, quantity: shares }),
    finding('split_not_entered', { ...inAccount, ...split, quantity: shares }),
    finding('unknown_cost_basis', { ...lots, quantity: shares }),
    finding('incomplete_lots', { ...lots, message }),
    finding('unnamed_security', { ...inAccount, quantity: shares }),
    finding('unclassified_security', inAccount),
    finding('balance_differs', {
      ...balance,
      stated: z.string().describe('What the institution has stated.'),
      difference: z.string().describe('Stated less ledger.'),
      date: calendarDate.describe('The day of the statement.'),
    }),
    finding('balance_below_zero', balance),
    finding('debt_above_zero', balance),
    finding('closed_with_balance', { ...balance, date: calendarDate.describe('The day of the closing.') }),
    finding('stale_balance', age),
    finding('nothing_entered', age),
    finding('coverage_gap', { from, until, months: z.int().describe('Whole months without a transaction.') }),
    finding('statement_gap', {
      from: calendarDate.describe('The statement before.'),
      until: calendarDate.describe('The statement after.'),
      days,
    }),
    finding('no_opening_balance', { ...balance, date: calendarDate.describe('The end of the first month in which it shows.') }),
    finding('nothing_recorded', { isStated: z.boolean().describe('Whether its balance is stated, and not added up from transactions.') }),
    finding('no_tax_type', {}),
    finding('connection_broken', { message: message.nullable(), lastSyncAt }),
    finding('connection_failing', { message: message.nullable(), lastSyncAt }),
    finding('connection_expiring', { expiresAt: instant, isExpired: z.boolean() }),
    finding('not_synced', { lastSyncAt }),
    finding('failed_import', { message }),
    finding('unfinished_import', {
      since: instant,
      isUnderWay: z.boolean().describe('Whether its transactions are being stored or removed. Else it waits for the person.'),
    }),
    finding('rejected_rows', { count, importedAt: instant }),
    finding('possible_duplicates', {
      ...inRange,
      amount: z.string().describe('Of the newest pair.'),
      currency,
      description: z.string().describe('Of the newest pair.'),
    }),
    finding('unmatched_transfer', inRange),
    finding('transfer_to_confirm', { count }),
    finding('future_transaction', inRange),
    finding('old_pending', { ...inRange, allowedDays }),
    finding('uncategorised', inRange),
  ])
  .meta({ id: 'HealthFinding', description: 'What is wrong with data, or may be, with the facts of its check.' })

const checkName = z.enum(Object.keys(healthChecks) as [HealthCheck, ...HealthCheck[]])

export const dataHealth = z
  .strictObject({
    date: calendarDate.describe('Today in the timezone of the household.'),
    counts: z.strictObject({ problem: z.int(), warning: z.int(), hint: z.int() }).describe('All findings by severity.'),
    items: z.array(healthFinding).describe('The gravest first. Of each check at most 100.'),
    leftOut: z.array(z.strictObject({ check: checkName, count: z.int() })).describe('How many more findings a check has.'),
    checked: z
      .array(z.strictObject({ area: z.enum(healthAreas), checks: z.int().describe('How many checks.'), subjects: z.int() }))
      .describe('What was checked. `subjects`: how many securities, currencies, accounts, connections or imports.'),
  })
  .meta({ id: 'DataHealth', description: 'What is wrong with the data of a household, or may be.' })
