import type { Transaction } from '../../db/database.ts'
import { convertBalances } from '../../db/queries/wealth/index.ts'
import { actualAmountOf } from '../../domain/planning/index.ts'
import { type CalendarDate, Decimal, type Issue, type Money } from '../../domain/shared/index.ts'
import { readValuedBalances, type ValuedBalance } from '../wealth/index.ts'
import { linkedAccountOf } from './linked-accounts.ts'

interface PlanInputLike {
  readonly inputType: string
  readonly inputName: string
  readonly inputValue: unknown
}

/** An input of a plan with the balance of the real account that it is linked to. */
export interface ActualInput {
  readonly inputType: string
  readonly inputName: string
  readonly linkedAccountId: string
  /** As the plan states it, in dollars. */
  readonly balance: Money
}

/** An input without a balance, and why. */
export interface MissingInput {
  readonly inputName: string
  readonly reason: string
}

export interface Actuals {
  readonly date: CalendarDate
  readonly found: readonly ActualInput[]
  readonly missing: readonly MissingInput[]
}

/** Plans are in US dollars. */
const CURRENCY = 'USD'

/** Whether an input takes the balance of a real account, debt or property. */
export const isLinkable = ({ inputType }: PlanInputLike): boolean => ['account', 'debt', 'property'].includes(inputType)

const missingOf = ({ date, missing }: ValuedBalance): string | undefined =>
  missing &&
  (missing.symbol === null ? `a currency of the account has no exchange rate on ${date}` : `${missing.symbol} has no price on ${date}`)

/**
 * The balances at the ends of days of the accounts that inputs are linked to, in dollars: only of accounts of the household that the caller may
 * see. A property has its last valuation, and an account with securities their value at market prices.
 */
export const readActuals = async (
  transaction: Transaction,
  householdId: string,
  inputs: readonly PlanInputLike[],
  dates: readonly CalendarDate[],
): Promise<Actuals[]> => {
  const rows = await convertBalances(transaction, await readValuedBalances(transaction, householdId, dates), CURRENCY)
  const byPlace = new Map(rows.map(row => [`${row.accountId} ${row.date}`, row]))
  return dates.map(date => {
    const found: ActualInput[] = []
    const missing: MissingInput[] = []
    for (const input of inputs) {
      const { inputName, inputType } = input
      const linkedAccountId = linkedAccountOf(input)
      const row = byPlace.get(`${linkedAccountId} ${date}`)
      const gap = row && missingOf(row)
      if (linkedAccountId === undefined) missing.push({ inputName, reason: 'it is linked to no account' })
      else if (!row) missing.push({ inputName, reason: `the account has no balance on ${date}` })
      else if (gap !== undefined) missing.push({ inputName, reason: gap })
      else if (row.converted === undefined)
        missing.push({ inputName, reason: `there is no exchange rate from ${row.currency} to ${CURRENCY} for ${date}` })
      else {
        const taken = actualAmountOf(inputType, new Decimal(row.converted))
        if ('fault' in taken) missing.push({ inputName, reason: taken.fault })
        else found.push({ inputType, inputName, linkedAccountId, balance: taken.amount })
      }
    }
    return { date, found, missing }
  })
}

/** The same on one day; nothing is read for no inputs. */
export const readActualsOf = async (
  transaction: Transaction,
  householdId: string,
  inputs: readonly PlanInputLike[],
  date: CalendarDate,
): Promise<Actuals> => {
  const [actuals] = inputs.length > 0 ? await readActuals(transaction, householdId, inputs, [date]) : []
  return actuals ?? { date, found: [], missing: [] }
}

/** The reasons as issues of a request, each with the name of its input. */
export const missingIssues = (missing: readonly MissingInput[]): Issue[] =>
  missing.map(({ inputName, reason }) => ({ path: 'body.balances', message: `leaves out ${inputName}: ${reason}` }))
