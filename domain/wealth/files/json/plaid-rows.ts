import type { TransactionCategory } from '../../categories.ts'
import type { TransactionType } from '../../transaction-types.ts'
import { isZero, magnitude, negated } from '../amounts.ts'
import type { Findings, RowFields } from '../findings.ts'
import type { FileTransaction } from '../rows.ts'
import { textLimits } from '../texts.ts'
import { type PlaidSecurities, securityFields } from './plaid-accounts.ts'
import { type JsonObject, member, numberIn, objectIn, textIn } from './values.ts'

const primaries: Readonly<Record<string, TransactionCategory>> = {
  INCOME: 'income',
  TRANSFER_IN: 'transfer',
  TRANSFER_OUT: 'transfer',
  LOAN_DISBURSEMENTS: 'transfer',
  LOAN_PAYMENTS: 'payment',
  BANK_FEES: 'payment',
  ENTERTAINMENT: 'entertainment',
  FOOD_AND_DRINK: 'food_and_drink',
  GENERAL_MERCHANDISE: 'shopping',
  HOME_IMPROVEMENT: 'home_improvement',
  MEDICAL: 'health_and_fitness',
  PERSONAL_CARE: 'personal_care',
  GENERAL_SERVICES: 'business_services',
  GOVERNMENT_AND_NON_PROFIT: 'government_services',
  TRANSPORTATION: 'transportation',
  TRAVEL: 'travel',
  RENT_AND_UTILITIES: 'payment',
  OTHER: 'other',
}

const detailed: Readonly<Record<string, TransactionCategory>> = {
  GENERAL_SERVICES_EDUCATION: 'education',
  GENERAL_SERVICES_INSURANCE: 'payment',
  PERSONAL_CARE_GYMS_AND_FITNESS_CENTERS: 'health_and_fitness',
  TRANSFER_IN_INVESTMENT_AND_RETIREMENT_FUNDS: 'investment',
  TRANSFER_OUT_INVESTMENT_AND_RETIREMENT_FUNDS: 'investment',
}

/** The category of Plaid's personal finance category; undefined for one that is not known. */
export const categoryOfPlaid = (primary: string | undefined, detail?: string): TransactionCategory | undefined =>
  detailed[detail ?? ''] ?? primaries[primary ?? '']

const currencyIn = (object: JsonObject, fields: RowFields): string | undefined => {
  const unofficial = textIn(object, 'unofficial_currency_code')
  if (textIn(object, 'iso_currency_code') === undefined && unofficial !== undefined)
    return fields.fault('unofficial_currency_code', `"${unofficial.slice(0, 20)}" is not a currency of ISO 4217`)
  return fields.currency('iso_currency_code', textIn(object, 'iso_currency_code'))
}

const dateIn = (object: JsonObject, name: string, fields: RowFields) => {
  const text = textIn(object, name)
  return text === undefined ? undefined : fields.date(name, text, text)
}

const requiredIn = <Value>(object: JsonObject, name: string, value: Value | undefined, fields: RowFields): Value => {
  if (value === undefined && member(object, name) === undefined) fields.missing(name)
  return value as Value
}

/** A bank transaction of Plaid. Plaid's amount is positive for money out; here it is negative. */
export const readPlaidTransaction = (transaction: JsonObject, line: number, findings: Findings): FileTransaction | undefined =>
  findings.row(line, fields => {
    const amount = requiredIn(transaction, 'amount', fields.money('amount', numberIn(transaction, 'amount')), fields)
    const category = objectIn(transaction, 'personal_finance_category')
    const [primary, detail] = [textIn(category, 'primary'), textIn(category, 'detailed')]
    return {
      line,
      type: 'cash',
      date: requiredIn(transaction, 'date', dateIn(transaction, 'date', fields), fields),
      amount: amount === undefined ? '0.00' : negated(amount),
      currency: currencyIn(transaction, fields),
      description:
        fields.text('name', textIn(transaction, 'name') ?? textIn(transaction, 'original_description'), textLimits.description) ?? '',
      merchantName: fields.text('merchant_name', textIn(transaction, 'merchant_name')),
      externalId: requiredIn(transaction, 'transaction_id', fields.text('transaction_id', textIn(transaction, 'transaction_id')), fields),
      pendingId: fields.text('pending_transaction_id', textIn(transaction, 'pending_transaction_id')),
      checkNumber: fields.text('check_number', textIn(transaction, 'check_number')),
      label: fields.text('personal_finance_category', detail ?? primary),
      category: categoryOfPlaid(primary, detail),
      isPending: member(transaction, 'pending') === true || undefined,
    }
  })

interface Kind {
  /** `transfer` is in or out by its sign. */
  readonly type: TransactionType | 'transfer'
  readonly isQualified?: boolean
  readonly isTax?: boolean
  readonly isPending?: boolean
}

const kinds: ReadonlyMap<string, Kind> = new Map(
  (
    [
      [
        { type: 'buy' },
        'buy|dividend reinvestment|interest reinvestment|long-term capital gain reinvestment|short-term capital gain reinvestment',
      ],
      [{ type: 'cover' }, 'buy to cover'],
      [{ type: 'sell' }, 'sell'],
      [{ type: 'short' }, 'sell short'],
      [{ type: 'dividend' }, 'dividend|long-term capital gain|short-term capital gain|unqualified gain'],
      [{ type: 'dividend', isQualified: true }, 'qualified dividend'],
      [{ type: 'dividend', isQualified: false }, 'non-qualified dividend'],
      [{ type: 'interest' }, 'interest|interest receivable|margin expense'],
      [{ type: 'fee' }, 'account fee|management fee|fund fee|legal fee|miscellaneous fee|transfer fee|trust fee|fee'],
      [{ type: 'fee', isTax: true }, 'tax|tax withheld|non-resident tax'],
      [{ type: 'contribution' }, 'contribution|deposit'],
      [{ type: 'withdrawal' }, 'withdrawal|distribution'],
      [{ type: 'return_of_capital' }, 'return of principal'],
      [{ type: 'transfer' }, 'transfer|send|request'],
      [{ type: 'cash', isPending: true }, 'pending credit|pending debit'],
    ] as const
  ).flatMap(([kind, names]) => names.split('|').map(name => [name, kind] as const)),
)

const kindOf = (type: string, subtype: string): Kind | undefined => {
  // A contribution that is invested at once is listed as a purchase.
  if (type === 'buy' && (subtype === 'contribution' || subtype === 'deposit')) return { type: 'buy' }
  if (type === 'sell' && subtype === 'distribution') return { type: 'sell' }
  return type === 'cancel' ? undefined : kinds.get(subtype)
}

/** An investment transaction of Plaid. */
export const readPlaidInvestment = (
  transaction: JsonObject,
  line: number,
  securities: PlaidSecurities,
  findings: Findings,
): FileTransaction | undefined =>
  findings.row(line, fields => {
    const [type, subtype] = [textIn(transaction, 'type') ?? '', textIn(transaction, 'subtype') ?? '']
    const kind = kindOf(type, subtype)
    if (kind === undefined)
      fields.fault('subtype', `"${`${type} / ${subtype}`.slice(0, 60)}" is a kind of transaction that is not read: enter it by hand`)
    const date = requiredIn(transaction, 'date', dateIn(transaction, 'date', fields), fields)
    const given = requiredIn(transaction, 'amount', fields.money('amount', numberIn(transaction, 'amount')), fields)
    const amount = given === undefined ? '0.00' : negated(given)
    const [units, price, fees] = [
      fields.figure('quantity', numberIn(transaction, 'quantity')),
      fields.figure('price', numberIn(transaction, 'price')),
      fields.charge('fees', numberIn(transaction, 'fees')),
    ]
    const hasUnits = units !== undefined && !isZero(units)
    const isIn = hasUnits ? !units.startsWith('-') : !amount.startsWith('-')
    const named = securityFields(securities.get(textIn(transaction, 'security_id') ?? ''))
    const ofUnits = kind?.type === 'transfer' && hasUnits
    return {
      line,
      type: kind === undefined ? 'cash' : kind.type === 'transfer' ? (isIn ? 'transfer_in' : 'transfer_out') : kind.type,
      date,
      tradeDate: date,
      amount: ofUnits ? '0.00' : amount,
      value: ofUnits && !isZero(amount) ? magnitude(amount) : undefined,
      currency: currencyIn(transaction, fields),
      description: fields.text('name', textIn(transaction, 'name'), textLimits.description) ?? '',
      externalId: fields.text('investment_transaction_id', textIn(transaction, 'investment_transaction_id')),
      label: fields.text('subtype', subtype),
      symbol: fields.text('ticker_symbol', named.symbol),
      securityName: fields.text('security name', named.securityName),
      securityId: fields.text('cusip', named.securityId),
      quantity: hasUnits ? magnitude(units) : undefined,
      price: price === undefined || isZero(price) ? undefined : magnitude(price),
      charges: kind?.isTax === true ? { taxWithheld: magnitude(amount) } : fees === undefined ? undefined : { fees },
      isQualified: kind?.isQualified,
      isPending: kind?.isPending,
    }
  })
