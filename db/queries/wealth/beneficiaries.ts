import { asc, eq } from 'drizzle-orm'
import type { Transaction } from '../../database.ts'
import { people } from '../../schema/identity/people.ts'
import { beneficiaries } from '../../schema/wealth/beneficiaries.ts'

const columns = {
  accountId: beneficiaries.accountId,
  rank: beneficiaries.rank,
  personId: beneficiaries.personId,
  name: beneficiaries.name,
  personName: people.name,
  kind: beneficiaries.kind,
  share: beneficiaries.share,
}

const inOrder = [asc(beneficiaries.accountId), asc(beneficiaries.rank), asc(beneficiaries.position)]

const read = async (transaction: Transaction, where: ReturnType<typeof eq>) => {
  const rows = await transaction
    .select(columns)
    .from(beneficiaries)
    .leftJoin(people, eq(people.id, beneficiaries.personId))
    .where(where)
    .orderBy(...inOrder)
  return rows.map(({ name, personName, ...rest }) => ({ ...rest, name: personName ?? name ?? '' }))
}

export type Beneficiary = Awaited<ReturnType<typeof read>>[number]

/** In the order in which they were given. */
export const beneficiariesOf = (transaction: Transaction, accountId: string): Promise<Beneficiary[]> =>
  read(transaction, eq(beneficiaries.accountId, accountId))

export const beneficiariesOfHousehold = (transaction: Transaction, householdId: string): Promise<Beneficiary[]> =>
  read(transaction, eq(beneficiaries.householdId, householdId))

/** Replaces all beneficiaries of an account. */
export const replaceBeneficiaries = async (
  transaction: Transaction,
  accountId: string,
  rows: readonly (typeof beneficiaries.$inferInsert)[],
): Promise<void> => {
  await transaction.delete(beneficiaries).where(eq(beneficiaries.accountId, accountId))
  if (rows.length > 0) await transaction.insert(beneficiaries).values([...rows])
}
