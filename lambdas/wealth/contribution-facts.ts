import { peopleOfHousehold, type Person } from '../../db/queries/identity/index.ts'
import { accountsWithLimits, depositsFor } from '../../db/queries/wealth/contributions.ts'
import { findElections, findTaxYear, type PersonInTaxYear } from '../../db/queries/wealth/tax-years.ts'
import type { Transaction } from '../../db/database.ts'
import { type CalendarDate, Decimal, type Money } from '../../domain/shared/index.ts'
import {
  type ContributionFacts,
  contributionRooms,
  contributionTables,
  type Contributor,
  type LimitedAccount,
  type LimitedPlan,
} from '../../domain/us-tax/index.ts'

const decimal = (text: string | null | undefined): Decimal | null => (text === null || text === undefined ? null : new Decimal(text))

const contributorOf = ({ birthDate, id, relationship }: Person, stated: PersonInTaxYear | undefined): Contributor => ({
  id,
  relationship,
  birthDate,
  wages: decimal(stated?.wages),
  selfEmployment: decimal(stated?.selfEmployment),
  sepBasis: stated?.sepBasis ?? null,
  wagesYearBefore: decimal(stated?.wagesYearBefore),
  coveredAtWork: stated?.coveredAtWork ?? null,
  hsaCoverage: stated?.hsaCoverage ?? null,
  medicareFromMonth: stated?.medicareFromMonth ?? null,
  filingStatus: stated?.filingStatus ?? null,
  modifiedAgi: decimal(stated?.modifiedAgi),
})

/** An account at a bank has no contributions, only movements of cash. */
const holdsOnlyCash = new Set(['checking', 'savings'])

/** What the contribution limits of a household in a year depend on, and the accounts of which deposits are not counted. */
export const readContributionFacts = async (transaction: Transaction, householdId: string, year: number) => {
  const stored = await findTaxYear(transaction, householdId, year)
  const byPerson = new Map(stored?.people.map(person => [person.personId, person]))
  const found = await accountsWithLimits(transaction, householdId)
  const accounts = found.map((row): LimitedAccount => {
    const { taxType, type: _type, ...account } = row
    return { ...account, plan: taxType as LimitedPlan }
  })
  const byId = new Map(accounts.map(account => [account.id, account]))
  const facts: ContributionFacts = {
    year,
    tables: contributionTables,
    filingStatus: stored?.filingStatus ?? null,
    livedApart: stored?.livedApart ?? null,
    modifiedAgi: decimal(stored?.modifiedAgi),
    people: (await peopleOfHousehold(transaction, householdId)).map(person => contributorOf(person, byPerson.get(person.id))),
    accounts,
    deposits: (await depositsFor(transaction, householdId, year)).flatMap(({ accountId, amount, ...deposit }) => {
      const account = byId.get(accountId)
      return account ? [{ ...deposit, account, amount: new Decimal(amount) }] : []
    }),
    elections: await findElections(transaction, householdId, year - 4, year),
  }
  const uncounted = found.flatMap(({ id, name, ownerId, type }) => {
    const reason = holdsOnlyCash.has(type) ? 'cash_account' : ownerId === null ? 'no_owner' : undefined
    return reason === undefined ? [] : [{ accountId: id, accountName: name, reason }]
  })
  return { facts, uncounted, version: stored?.version ?? 0 }
}

/** What may still be put into each of some accounts this year, if the amounts are put in one after the other. Accounts without a known limit are left out. */
export const readContributionRooms = async (
  transaction: Transaction,
  householdId: string,
  amounts: readonly { readonly accountId: string; readonly amount: Money }[],
  today: CalendarDate,
): Promise<ReadonlyMap<string, Decimal | null>> => {
  const year = Number(today.slice(0, 4))
  if (amounts.length === 0 || !contributionTables.some(table => table.year === year)) return new Map()
  const { facts } = await readContributionFacts(transaction, householdId, year)
  const byId = new Map(facts.accounts.map(account => [account.id, account]))
  const deposits = amounts.flatMap(({ accountId, amount }) => {
    const account = byId.get(accountId)
    return account ? [{ account, amount: new Decimal(amount) }] : []
  })
  return contributionRooms(facts, deposits, today)
}
