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

/** Facts that several checks have. */
const splitFacts = z.strictObject(split).meta({ id: 'HealthSplit', description: 'A split.' })
const lotFacts = z
  .strictObject({ ...lots, quantity: shares })
  .meta({ id: 'HealthLots', description: 'Shares of a security in an account.' })
const balanceFacts = z.strictObject(balance).meta({ id: 'HealthBalance', description: 'The balance of an account.' })
const ageFacts = z.strictObject(age).meta({ id: 'HealthAge', description: 'How old the balance of an account is.' })
const syncFacts = z
  .strictObject({ message: message.nullable(), lastSyncAt })
  .meta({ id: 'HealthSync', description: 'The synchronisation of a connection.' })
const rangeFacts = z.strictObject(inRange).meta({ id: 'HealthRange', description: 'How many there are, and of which days.' })

const finding = <Check extends HealthCheck, Facts extends z.ZodObject>(check: Check, facts: Facts) =>
  z.strictObject({
    check: z.literal(check),
    area: z.literal(healthChecks[check].area as (typeof healthChecks)[Check]['area']),
    severity,
    subject,
    facts,
  })

const healthFinding = z
  .discriminatedUnion('check', [
    finding(
      'no_price',
      z.strictObject({
        ...inAccount,
        isListed: z.boolean().describe('Whether the market data have the security.'),
        lastTradeOn: calendarDate.nullable().describe('The last trade, by the price of which it is valued. Null: it has no value.'),
      }),
    ),
    finding(
      'stale_price',
      z.strictObject({ date: calendarDate.describe('The day of the last close.'), price: z.string(), currency, tradingDays }),
    ),
    finding('missing_split', splitFacts),
    finding('split_without_jump', splitFacts),
    finding(
      'wrong_unit',
      z.strictObject({ from, until, factor: z.number().describe('100: prices are a hundred times too high. 0.01: too low.') }),
    ),
    finding(
      'wrong_price',
      z.strictObject({
        date: calendarDate.describe('The newest one.'),
        change: z.number().describe('From the close before, as a fraction. The next close takes it back.'),
        count,
      }),
    ),
    finding('price_gap', z.strictObject({ from, until, tradingDays })),
    finding('missing_rate', z.strictObject({ quote: z.string().describe('The currency of the household.') })),
    finding(
      'stale_rate',
      z.strictObject({
        quote: z.string().describe('The currency of the household.'),
        date: calendarDate.describe('The day of the newest rate.'),
        days,
      }),
    ),
    finding('lots_under_way', z.strictObject({ since: instant, count: z.int().describe('Securities that wait.') })),
    finding('negative_position', lotFacts),
    finding('split_not_entered', z.strictObject({ ...inAccount, ...split, quantity: shares })),
    finding('unknown_cost_basis', lotFacts),
    finding('incomplete_lots', z.strictObject({ ...lots, message })),
    finding('unnamed_security', z.strictObject({ ...inAccount, quantity: shares })),
    finding('unclassified_security', z.strictObject(inAccount)),
    finding(
      'balance_differs',
      z.strictObject({
        ...balance,
        stated: z.string().describe('What the institution has stated.'),
        difference: z.string().describe('Stated less ledger.'),
        date: calendarDate.describe('The day of the statement.'),
      }),
    ),
    finding('balance_below_zero', balanceFacts),
    finding('debt_above_zero', balanceFacts),
    finding('closed_with_balance', z.strictObject({ ...balance, date: calendarDate.describe('The day of the closing.') })),
    finding('stale_balance', ageFacts),
    finding('nothing_entered', ageFacts),
    finding('coverage_gap', z.strictObject({ from, until, months: z.int().describe('Whole months without a transaction.') })),
    finding(
      'statement_gap',
      z.strictObject({
        from: calendarDate.describe('The statement before.'),
        until: calendarDate.describe('The statement after.'),
        days,
      }),
    ),
    finding(
      'no_opening_balance',
      z.strictObject({ ...balance, date: calendarDate.describe('The end of the first month in which it shows.') }),
    ),
    finding(
      'nothing_recorded',
      z.strictObject({ isStated: z.boolean().describe('Whether its balance is stated, and not added up from transactions.') }),
    ),
    finding('no_tax_type', z.strictObject({})),
    finding('connection_broken', syncFacts),
    finding('connection_failing', syncFacts),
    finding('connection_expiring', z.strictObject({ expiresAt: instant, isExpired: z.boolean() })),
    finding('not_synced', z.strictObject({ lastSyncAt })),
    finding('failed_import', z.strictObject({ message })),
    finding(
      'unfinished_import',
      z.strictObject({
        since: instant,
        isUnderWay: z.boolean().describe('Whether its transactions are being stored or removed. Else it waits for the person.'),
      }),
    ),
    finding('rejected_rows', z.strictObject({ count, importedAt: instant })),
    finding(
      'possible_duplicates',
      z.strictObject({
        ...inRange,
        amount: z.string().describe('Of the newest pair.'),
        currency,
        description: z.string().describe('Of the newest pair.'),
      }),
    ),
    finding('unmatched_transfer', rangeFacts),
    finding('transfer_to_confirm', z.strictObject({ count })),
    finding('future_transaction', rangeFacts),
    finding('old_pending', z.strictObject({ ...inRange, allowedDays })),
    finding('uncategorised', rangeFacts),
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
