import { type CalendarDate, Decimal } from '../../shared/index.ts'
import { contributionChecks } from './contribution-checks.ts'
import type { ContributionFacts, Deposit, LimitCheck, LimitedAccount, LimitKind } from './terms.ts'

/** Limits of which an excess is allowed: it is not deducted, must be Roth, or is reported as a gift. */
const soft: ReadonlySet<LimitKind> = new Set(['ira_deduction', 'pre_tax_deferral', 'gift_529'])

const keyOf = ({ accountId, beneficiaryId, kind, personId }: LimitCheck): string => [kind, personId, accountId, beneficiaryId].join(' ')

/** A deposit that somebody thinks of, as the checks see one. */
const planned = (account: LimitedAccount, amount: Decimal, date: CalendarDate, year: number): Deposit => ({
  id: `planned ${account.id}`,
  account,
  date,
  amount,
  source: null,
  contributorId: null,
  taxYear: year,
})

/**
 * What may still be put into an account for the year: the least that is left of the limits that a deposit counts towards.
 * @returns null if no limit concerns the account, or none of them is known
 * @throws RangeError if there is no table for the year
 */
const contributionRoom = (facts: ContributionFacts, account: LimitedAccount, date: CalendarDate): Decimal | null => {
  const used = new Map(contributionChecks(facts).map(check => [keyOf(check), check]))
  const probe = planned(account, new Decimal('0.01'), date, facts.year)
  const lefts = contributionChecks({ ...facts, deposits: [...facts.deposits, probe] }).flatMap(check => {
    const before = used.get(keyOf(check))
    if (soft.has(check.kind) || !check.used.greaterThan(before?.used ?? 0)) return []
    const left = before ? before.left : check.limit
    return left === null ? [] : [left]
  })
  return lefts.length === 0 ? null : Decimal.max(0, Decimal.min(...lefts))
}

/** What may still be put into each of some accounts, if the amounts are put in one after the other. Accounts can share a limit. */
export const contributionRooms = (
  facts: ContributionFacts,
  deposits: readonly { readonly account: LimitedAccount; readonly amount: Decimal }[],
  date: CalendarDate,
): ReadonlyMap<string, Decimal | null> => {
  const rooms = new Map<string, Decimal | null>()
  let known = facts
  for (const { account, amount } of deposits) {
    const room = contributionRoom(known, account, date)
    rooms.set(account.id, room)
    const taken = room === null ? amount : Decimal.min(room, amount)
    known = { ...known, deposits: [...known.deposits, planned(account, taken, date, facts.year)] }
  }
  return rooms
}
