import { asc, eq } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { accounts } from '../../schema/wealth/accounts.ts'
import { beneficiaries } from '../../schema/wealth/beneficiaries.ts'
import { investmentTransactions } from '../../schema/wealth/transactions.ts'
import { goals } from '../../schema/wealth/goals.ts'

/** What refers to a person, by name: accounts that they own, open or closed, 529 accounts that save for them, contributions that they gave, accounts of which they are a beneficiary, and goals. */
export const usesOfPerson = async (transaction: Transaction, personId: string) => {
  const owned = await transaction
    .select({ name: accounts.name })
    .from(accounts)
    .where(eq(accounts.ownerId, personId))
    .orderBy(asc(accounts.name))
  const left = await transaction
    .selectDistinct({ name: accounts.name })
    .from(accounts)
    .innerJoin(beneficiaries, eq(beneficiaries.accountId, accounts.id))
    .where(eq(beneficiaries.personId, personId))
    .orderBy(asc(accounts.name))
  const saved = await transaction
    .select({ name: accounts.name })
    .from(accounts)
    .where(eq(accounts.designatedBeneficiaryId, personId))
    .orderBy(asc(accounts.name))
  const given = await transaction
    .selectDistinct({ name: accounts.name })
    .from(accounts)
    .innerJoin(investmentTransactions, eq(investmentTransactions.accountId, accounts.id))
    .where(eq(investmentTransactions.contributorId, personId))
    .orderBy(asc(accounts.name))
  const wanted = await transaction.select({ name: goals.name }).from(goals).where(eq(goals.personId, personId)).orderBy(asc(goals.name))
  const names = (rows: readonly { readonly name: string }[]) => rows.map(({ name }) => name)
  return {
    accountsOwned: names(owned),
    accountsLeft: names(left),
    accountsSaved: names(saved),
    accountsGivenTo: names(given),
    goals: names(wanted),
  }
}
