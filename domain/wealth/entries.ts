import { Decimal, type Issue, minorDigits, unless } from '../shared/index.ts'
import type { AccountType, TaxType } from './account-types.ts'
import { cashlessTypes, type ContributionSource } from './ledger-terms.ts'
import { isOptionSymbol, type TransferOrigin } from './lots/index.ts'
import type { TransactionType } from './transaction-types.ts'

/** What an investment transaction has more than one of cash. Amounts, prices and quantities are decimal text. */
export interface SecurityFields {
  readonly settlementDate?: string | null | undefined
  readonly symbol?: string | null | undefined
  readonly securityName?: string | null | undefined
  readonly securityId?: string | null | undefined
  readonly quantity?: string | null | undefined
  readonly price?: string | null | undefined
  readonly commission?: string | null | undefined
  readonly regulatoryFees?: string | null | undefined
  readonly otherFees?: string | null | undefined
  readonly load?: string | null | undefined
  readonly penalty?: string | null | undefined
  readonly taxes?: string | null | undefined
  readonly taxWithheld?: string | null | undefined
  readonly stateTaxWithheld?: string | null | undefined
  readonly value?: string | null | undefined
  readonly acquiredDate?: string | null | undefined
  readonly lotOrigin?: TransferOrigin | null | undefined
  readonly costBasis?: string | null | undefined
  readonly basisShare?: string | null | undefined
  readonly isQualified?: boolean | null | undefined
  readonly taxYear?: number | null | undefined
  readonly contributionSource?: ContributionSource | null | undefined
  readonly contributorId?: string | null | undefined
  readonly splitNumerator?: number | null | undefined
  readonly splitDenominator?: number | null | undefined
  readonly newSymbol?: string | null | undefined
  readonly dataQualityScore?: number | null | undefined
  readonly confidenceScore?: number | null | undefined
}

/** A transaction that a person enters. */
export interface LedgerEntry extends SecurityFields {
  readonly type: TransactionType
  /** YYYY-MM-DD. */
  readonly date: string
  /** Left out: no money moves. */
  readonly amount?: string | undefined
  readonly description: string
}

/** The account of an entry. */
export interface EntryAccount {
  readonly type: AccountType
  readonly taxType: TaxType | null
  readonly currency: string
  readonly openedOn: string | null
  readonly closedOn: string | null
}

const lacks = (value: unknown): value is null | undefined => value === undefined || value === null

type Field = keyof SecurityFields
const withheld = ['taxWithheld', 'stateTaxWithheld'] as const
const fees = ['commission', 'regulatoryFees', 'otherFees', 'load', 'penalty', 'taxes', ...withheld] as const
const security = ['symbol', 'securityName', 'securityId'] as const
const trade = [...security, 'settlementDate', 'quantity', 'price', ...fees] as const
const contributed = ['taxYear', 'contributionSource', 'contributorId'] as const
const scores = ['dataQualityScore', 'confidenceScore'] as const
const income = [...security, 'settlementDate', ...fees] as const
const moved = [...security, 'quantity', 'price', 'value', 'acquiredDate', 'lotOrigin', 'settlementDate'] as const
const exchange = [...security, 'newSymbol', 'quantity', 'price', 'splitNumerator', 'splitDenominator'] as const

/** Per type: the fields without which it has no meaning, and those it may have besides. */
const fieldsOf: Record<TransactionType, { readonly needs: readonly Field[]; readonly takes: readonly Field[] }> = {
  cash: { needs: [], takes: [] },
  buy: { needs: ['symbol', 'quantity', 'price'], takes: trade },
  sell: { needs: ['symbol', 'quantity', 'price'], takes: trade },
  short: { needs: ['symbol', 'quantity', 'price'], takes: trade },
  cover: { needs: ['symbol', 'quantity', 'price'], takes: trade },
  dividend: { needs: ['symbol'], takes: [...income, 'isQualified'] },
  reinvestment: { needs: ['symbol', 'quantity', 'price'], takes: [...trade, 'isQualified'] },
  interest: { needs: [], takes: income },
  fee: { needs: [], takes: income },
  contribution: { needs: [], takes: [...contributed, 'settlementDate'] },
  withdrawal: { needs: [], takes: ['taxYear', 'penalty', 'settlementDate', ...withheld] },
  transfer_in: { needs: [], takes: [...moved, 'costBasis'] },
  transfer_out: { needs: [], takes: moved },
  split: { needs: ['symbol', 'splitNumerator', 'splitDenominator'], takes: security },
  stock_dividend: { needs: ['symbol', 'quantity'], takes: security },
  merger: { needs: ['symbol'], takes: exchange },
  spin_off: { needs: ['symbol', 'newSymbol'], takes: [...exchange, 'basisShare'] },
  symbol_change: { needs: ['symbol', 'newSymbol'], takes: [...security, 'newSymbol'] },
  return_of_capital: { needs: ['symbol'], takes: income },
}
const securityFields = [
  ...new Set<Field>([...trade, ...exchange, ...scores, 'isQualified', ...contributed, 'basisShare', 'costBasis', ...moved]),
]

/** Whether money goes out (-1), comes in (1), or can do both (0). */
const directions: Partial<Record<TransactionType, -1 | 1>> = {
  contribution: 1,
  withdrawal: -1,
  transfer_in: 1,
  transfer_out: -1,
  return_of_capital: 1,
}
/** The direction of the price of a trade in the amount. Fees always go out. */
const tradeSigns: Partial<Record<TransactionType, -1 | 1>> = { buy: -1, cover: -1, sell: 1, short: 1, reinvestment: -1 }
const CENT = '0.01'
const mayMoveNoMoney: ReadonlySet<TransactionType> = new Set(cashlessTypes)
/** Types of corporate actions: money that comes with them is cash in lieu of a fraction of a share, or cash of a merger. */
const corporateActions: ReadonlySet<TransactionType> = new Set(['split', 'stock_dividend', 'merger', 'spin_off'])

/** The amount that follows from quantity, price and fees; undefined for a type without them. */
const tradeAmount = (entry: LedgerEntry): Decimal | undefined => {
  const sign = tradeSigns[entry.type]
  if (sign === undefined || lacks(entry.quantity) || lacks(entry.price)) return undefined
  const charges = fees.reduce((sum, name) => sum.plus(entry[name] ?? 0), new Decimal(0))
  return new Decimal(entry.quantity).times(entry.price).times(sign).minus(charges)
}

const amountFaults = (entry: LedgerEntry): readonly Issue[] => {
  const { type } = entry
  const amount = new Decimal(entry.amount ?? 0)
  if (type === 'symbol_change') return unless(amount.isZero(), 'amount', 'must be left out or "0.00": this type moves no money')
  if (corporateActions.has(type)) return unless(!amount.isNegative(), 'amount', 'must not be below zero: it is cash that comes in')
  if (amount.isZero()) return unless(mayMoveNoMoney.has(type), 'amount', 'must be given and not be zero')
  const direction = directions[type]
  if (direction !== undefined && amount.isNegative() === direction > 0)
    return [{ path: 'amount', message: direction > 0 ? 'must be above zero: money comes in' : 'must be below zero: money goes out' }]
  const expected = tradeAmount(entry)
  if (expected === undefined || amount.minus(expected).abs().lessThanOrEqualTo(CENT)) return []
  return [{ path: 'amount', message: `must be ${expected.toFixed(2)}: quantity times price with the fees` }]
}

/** Faults of what tax lots are made of. */
const lotFaults = ({ acquiredDate, amount, costBasis, date, lotOrigin, newSymbol, symbol, type, value }: LedgerEntry): readonly Issue[] => [
  ...unless(lacks(symbol) || !isOptionSymbol(symbol), 'symbol', 'must not be an option: options have no tax lots here'),
  ...unless(
    type !== 'merger' || !lacks(newSymbol) || new Decimal(amount ?? 0).greaterThan(0),
    'newSymbol',
    'is needed, unless the merger pays cash alone',
  ),
  ...unless(lacks(newSymbol) || newSymbol !== symbol, 'newSymbol', 'must be another symbol'),
  ...unless(lacks(acquiredDate) || acquiredDate <= date, 'acquiredDate', 'must not be after the date'),
  ...unless(lotOrigin !== 'inheritance' || type === 'transfer_in', 'lotOrigin', 'must not be inheritance for shares that leave'),
  ...unless(
    lotOrigin !== 'inheritance' || !lacks(value) || !lacks(costBasis),
    'value',
    'is needed for an inheritance: what the shares were worth on the day of death',
  ),
  ...unless(
    lotOrigin !== 'gift' || type !== 'transfer_in' || (!lacks(costBasis) && !lacks(acquiredDate)),
    lacks(costBasis) ? 'costBasis' : 'acquiredDate',
    'is needed for a gift: that of the giver',
  ),
]

/** Faults of an entry that do not depend on its account. Their paths are names of fields. */
export const entryFaults = (entry: LedgerEntry): Issue[] => {
  const { needs, takes } = fieldsOf[entry.type]
  const takesScores = entry.type === 'cash' ? [] : scores
  const allowed: ReadonlySet<Field> = new Set([...needs, ...takes, ...takesScores])
  const missing = needs.flatMap(name => unless(!lacks(entry[name]), name, `is needed for the type ${entry.type}`))
  const foreign = securityFields.flatMap(name =>
    unless(lacks(entry[name]) || allowed.has(name), name, `must be left out for the type ${entry.type}`),
  )
  const unpaired = unless(
    needs.includes('splitNumerator') || lacks(entry.splitNumerator) === lacks(entry.splitDenominator),
    lacks(entry.splitNumerator) ? 'splitNumerator' : 'splitDenominator',
    'must be given together with the other part of the split',
  )
  const shareless = unless(
    !needs.includes('quantity') || lacks(entry.quantity) || new Decimal(entry.quantity).greaterThan(0),
    'quantity',
    'must be above zero',
  )
  const emptyTransfer = unless(
    !entry.type.startsWith('transfer_') || !new Decimal(entry.amount ?? 0).isZero() || (!lacks(entry.symbol) && !lacks(entry.quantity)),
    'amount',
    'must be given, or else the symbol and the quantity that were moved',
  )
  const unsettled = unless(
    lacks(entry.settlementDate) || entry.settlementDate >= entry.date,
    'settlementDate',
    'must not be before the date',
  )
  const others = [...missing, ...foreign, ...unpaired, ...shareless, ...emptyTransfer, ...unsettled, ...lotFaults(entry)]
  return [...others, ...(missing.length > 0 ? [] : amountFaults(entry))]
}

const holdsSecurities: ReadonlySet<AccountType> = new Set(['investment', 'retirement', 'other'])
const taxedByYear: ReadonlySet<TaxType> = new Set([
  '401k',
  '403b',
  '457b',
  'traditional_ira',
  'rollover_ira',
  'roth_ira',
  'sep_ira',
  'simple_ira',
  'hsa',
])

const yearFaults = ({ date, taxYear, type }: LedgerEntry, account: EntryAccount): readonly Issue[] => {
  if (type !== 'contribution') return []
  if (lacks(taxYear)) {
    const counted = account.type === 'retirement' || (account.taxType !== null && taxedByYear.has(account.taxType))
    return unless(!counted, 'taxYear', 'is needed for a contribution to a retirement account')
  }
  const year = Number(date.slice(0, 4))
  return unless(
    taxYear === year || taxYear === year - 1,
    'taxYear',
    `must be ${year} or ${year - 1}, the year of the date or the one before`,
  )
}

/** Faults of an entry in its account: dates outside of its life, a currency with fewer decimals, a type that it cannot have. */
export const entryFaultsIn = (entry: LedgerEntry, account: EntryAccount): Issue[] => {
  const { closedOn, currency, openedOn } = account
  const digits = minorDigits(currency)
  return [
    ...unless(openedOn === null || entry.date >= openedOn, 'date', `must not be before the account was opened, on ${openedOn}`),
    ...unless(closedOn === null || entry.date <= closedOn, 'date', `must not be after the account was closed, on ${closedOn}`),
    ...unless(
      entry.amount === undefined || new Decimal(entry.amount).decimalPlaces() <= digits,
      'amount',
      `must have at most ${digits} decimals, as ${currency} has`,
    ),
    ...unless(entry.type === 'cash' || holdsSecurities.has(account.type), 'type', 'must be cash: the account holds no securities'),
    ...yearFaults(entry, account),
  ]
}
