import type { Account } from '../../db/queries/wealth/accounts.ts'
import type { LedgerRow } from '../../db/queries/wealth/index.ts'
import { type FileAccount, type FileTransaction, shortestDecimal } from '../../domain/wealth/index.ts'

const orLeftOut = <Value>(value: Value | null): Value | undefined => value ?? undefined
const figure = (decimal: string | null): string | undefined => (decimal === null ? undefined : shortestDecimal(decimal))

const chargesOf = (security: NonNullable<LedgerRow['investment']>): FileTransaction['charges'] => {
  const { commission, load, otherFees, penalty, regulatoryFees, stateTaxWithheld, taxes, taxWithheld } = security
  const all = { commission, fees: otherFees, regulatoryFees, load, penalty, taxes, taxWithheld, stateTaxWithheld }
  const given = Object.entries(all).filter(([, amount]) => amount !== null)
  return given.length === 0 ? undefined : Object.fromEntries(given)
}

const securityOf = (security: LedgerRow['investment'], { people }: ExportedNames): Partial<FileTransaction> => {
  if (!security) return {}
  const { splitDenominator: denominator, splitNumerator: numerator } = security
  return {
    tradeDate: security.tradeDate,
    settlementDate: orLeftOut(security.settlementDate),
    symbol: orLeftOut(security.symbol),
    securityName: orLeftOut(security.securityName),
    securityId: orLeftOut(security.securityId),
    quantity: figure(security.quantity),
    price: figure(security.price),
    value: orLeftOut(security.value),
    acquiredDate: orLeftOut(security.acquiredDate),
    lotOrigin: orLeftOut(security.lotOrigin),
    costBasis: orLeftOut(security.costBasis),
    basisShare: figure(security.basisShare),
    charges: chargesOf(security),
    isQualified: orLeftOut(security.isQualified),
    taxYear: orLeftOut(security.taxYear),
    contributionSource: orLeftOut(security.contributionSource),
    contributor: people.get(security.contributorId ?? ''),
    splitRatio: numerator === null || denominator === null ? undefined : { numerator, denominator },
    newSymbol: orLeftOut(security.newSymbol),
    dataQualityScore: orLeftOut(security.dataQualityScore),
    confidenceScore: orLeftOut(security.confidenceScore),
  }
}

/** The names that transactions refer to by their ids. */
export interface ExportedNames {
  readonly categories: ReadonlyMap<string, string>
  readonly accounts: ReadonlyMap<string, string>
  readonly people: ReadonlyMap<string, string>
}

const transactionOf = (row: LedgerRow, index: number, names: ExportedNames): FileTransaction => ({
  line: index + 1,
  type: row.type,
  date: row.date,
  amount: row.amount,
  currency: row.currency,
  description: row.description,
  merchantName: orLeftOut(row.merchantName),
  category: row.category,
  ownCategory: names.categories.get(row.categoryId ?? ''),
  attachments: row.attachments.length === 0 ? undefined : row.attachments,
  transferAccount: names.accounts.get(row.transferAccountId ?? ''),
  key: row.reversedById === null ? undefined : row.id,
  reverses: orLeftOut(row.reversesId),
  notes: orLeftOut(row.notes),
  tags: row.tags.length === 0 ? undefined : row.tags,
  externalId: orLeftOut(row.externalId),
  checkNumber: orLeftOut(row.checkNumber),
  isPending: row.isPending || undefined,
  splits:
    row.splits.length === 0
      ? undefined
      : row.splits.map(({ amount, category, categoryId, notes }) => ({
          amount,
          category,
          ownCategory: names.categories.get(categoryId ?? ''),
          notes: orLeftOut(notes),
        })),
  ...securityOf(row.investment, names),
})

/** An account with transactions, in the form of a file. */
export const fileAccountOf = (account: Account, rows: readonly LedgerRow[], names: ExportedNames): FileAccount => ({
  key: account.id,
  name: account.name,
  mask: orLeftOut(account.mask),
  type: account.type,
  taxType: orLeftOut(account.taxType),
  currency: account.currency,
  institutionName: orLeftOut(account.institutionName),
  transactions: rows.map((row, index) => transactionOf(row, index, names)),
  holdings: [],
})
