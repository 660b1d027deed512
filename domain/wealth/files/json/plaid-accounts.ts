import { Decimal, type Money } from '../../../shared/index.ts'
import { type AccountType, isDebt, type TaxType } from '../../account-types.ts'
import { negated } from '../amounts.ts'
import type { Findings } from '../findings.ts'
import type { FileAccount, FileHolding } from '../rows.ts'
import { textLimits } from '../texts.ts'
import { type JsonObject, member, numberIn, objectIn, textIn } from './values.ts'

const taxTypes: Readonly<Record<string, TaxType>> = {
  brokerage: 'taxable_brokerage',
  'non-taxable brokerage account': 'taxable_brokerage',
  '401k': '401k',
  'roth 401k': '401k',
  '403b': '403b',
  '457b': '457b',
  ira: 'traditional_ira',
  roth: 'roth_ira',
  'roth ira': 'roth_ira',
  'sep ira': 'sep_ira',
  'simple ira': 'simple_ira',
  '529': '529',
  'education savings account': '529',
  hsa: 'hsa',
  trust: 'trust',
  ugma: 'custodial',
  utma: 'custodial',
  custodial: 'custodial',
}

const retirement: ReadonlySet<string> = new Set([
  '401a',
  '401k',
  'roth 401k',
  '403b',
  '457b',
  'ira',
  'roth',
  'roth ira',
  'sep ira',
  'simple ira',
  'keogh',
  'pension',
  'profit sharing plan',
  'retirement',
  'sarsep',
  'thrift savings plan',
  'rrsp',
  'lira',
  'sipp',
])
const checking: ReadonlySet<string> = new Set(['checking', 'paypal', 'prepaid', 'ebt', 'payroll'])
const mortgages: ReadonlySet<string> = new Set(['mortgage', 'home equity', 'home equity loan'])

/** The type of an account by Plaid's type and subtype. */
export const accountTypeOfPlaid = (
  type: string | undefined,
  subtype: string | undefined,
): { type: AccountType; taxType: TaxType | undefined } => {
  const kind = subtype?.toLowerCase() ?? ''
  const taxType = taxTypes[kind]
  if (type === 'depository') return { type: checking.has(kind) ? 'checking' : 'savings', taxType }
  if (type === 'credit') return { type: 'credit_card', taxType: undefined }
  if (type === 'loan') return { type: mortgages.has(kind) ? 'mortgage' : 'loan', taxType: undefined }
  if (type === 'investment' || type === 'brokerage') return { type: retirement.has(kind) ? 'retirement' : 'investment', taxType }
  return { type: 'other', taxType: undefined }
}

/** A figure rounded to two decimals: values that Plaid computes have more. */
const rounded = (plain: string | undefined): Money | undefined => {
  if (plain === undefined || !/^-?\d{1,20}(?:\.\d+)?$/.test(plain)) return plain
  const text = new Decimal(plain).toFixed(2)
  return text === '-0.00' ? '0.00' : text
}

/** An account of Plaid. Money that is owed is positive there, and negative here. */
export const readPlaidAccount = (
  account: JsonObject,
  line: number,
  findings: Findings,
): Omit<FileAccount, 'transactions' | 'holdings'> | undefined =>
  findings.row(line, fields => {
    const balances = objectIn(account, 'balances')
    const { taxType, type } = accountTypeOfPlaid(textIn(account, 'type'), textIn(account, 'subtype'))
    const externalId = fields.text('account_id', textIn(account, 'account_id'), textLimits.identifier)
    if (externalId === undefined) fields.missing('account_id')
    const current = fields.money('balances.current', rounded(numberIn(balances, 'current')))
    return {
      key: externalId ?? '',
      externalId,
      name: fields.text('name', textIn(account, 'name') ?? textIn(account, 'official_name')),
      mask: fields.text('mask', textIn(account, 'mask')?.slice(-4)),
      type,
      taxType,
      currency: fields.currency('iso_currency_code', textIn(balances, 'iso_currency_code')),
      balance: current !== undefined && isDebt(type) ? negated(current) : current,
      availableBalance: fields.money('balances.available', rounded(numberIn(balances, 'available'))),
      creditLimit: fields.money('balances.limit', rounded(numberIn(balances, 'limit'))),
    }
  })

/** Securities by Plaid's identifier. */
export type PlaidSecurities = ReadonlyMap<string, JsonObject>

/** What a row says of a security: its symbol, name and CUSIP or ISIN. */
export const securityFields = (
  security: JsonObject | undefined,
): { symbol: string | undefined; securityName: string | undefined; securityId: string | undefined } => ({
  symbol: security && textIn(security, 'ticker_symbol')?.toUpperCase().slice(0, textLimits.symbol),
  securityName: security && textIn(security, 'name')?.slice(0, textLimits.name),
  securityId: security && (textIn(security, 'cusip') ?? textIn(security, 'isin')),
})

/** A position of Plaid. */
export const readPlaidHolding = (
  holding: JsonObject,
  line: number,
  securities: PlaidSecurities,
  findings: Findings,
): FileHolding | undefined =>
  findings.row(line, fields => {
    const security = securities.get(textIn(holding, 'security_id') ?? '')
    const { securityId, securityName, symbol } = securityFields(security)
    const quantity = fields.figure('quantity', numberIn(holding, 'quantity'))
    if (quantity === undefined) fields.missing('quantity')
    const asOf = textIn(holding, 'institution_price_as_of')
    const isCash = security !== undefined && member(security, 'type') === 'cash'
    return {
      line,
      symbol: isCash ? undefined : fields.text('ticker_symbol', symbol),
      securityName: fields.text('name', securityName),
      securityId: fields.text('cusip', securityId),
      quantity: quantity ?? '0',
      price: fields.figure('institution_price', numberIn(holding, 'institution_price')),
      marketValue: fields.money('institution_value', rounded(numberIn(holding, 'institution_value'))),
      costBasis: fields.money('cost_basis', rounded(numberIn(holding, 'cost_basis'))),
      date: asOf === undefined ? undefined : fields.date('institution_price_as_of', asOf, asOf.slice(0, 10)),
      currency: fields.currency('iso_currency_code', textIn(holding, 'iso_currency_code')),
      isCash: isCash || undefined,
    }
  })
