import type { TransactionType } from '../../transaction-types.ts'
import { isZero, magnitude, negated, shown, wholeRatio } from '../amounts.ts'
import type { Findings, RowFields } from '../findings.ts'
import type { FileCharges, FileTransaction } from '../rows.ts'
import { firstLineOf, textLimits } from '../texts.ts'
import { readBankRow } from './bank-rows.ts'
import { child, type Element, leaf } from './elements.ts'
import { Leaves, plainNumber, type Security, securityIdOf } from './values.ts'

/** What all investment transactions of a statement share. */
interface Statement {
  readonly currency: string | undefined
  readonly securities: ReadonlyMap<string, Security>
  readonly findings: Findings
}

/** Kinds of bank transactions in a brokerage account that are types of their own. */
const bankTypes: Readonly<Record<string, TransactionType>> = { INT: 'interest', DIV: 'dividend', FEE: 'fee', SRVCHG: 'fee' }

const incomeLabels: Readonly<Record<string, string>> = {
  CGLONG: 'Capital gain distribution, long-term',
  CGSHORT: 'Capital gain distribution, short-term',
  MISC: 'Miscellaneous income',
}

const incomeTypes: Readonly<Record<string, TransactionType>> = {
  DIV: 'dividend',
  CGLONG: 'dividend',
  CGSHORT: 'dividend',
  INTEREST: 'interest',
  MISC: 'cash',
}

const chargesOf = (leaves: Leaves): FileCharges | undefined => {
  const charges: FileCharges = {
    commission: leaves.charge('COMMISSION'),
    fees: leaves.charge('FEES'),
    load: leaves.charge('LOAD'),
    penalty: leaves.charge('PENALTY'),
    taxes: leaves.charge('TAXES'),
    taxWithheld: leaves.charge('WITHHOLDING'),
    stateTaxWithheld: leaves.charge('STATEWITHHOLDING'),
  }
  return Object.values(charges).some(charge => charge !== undefined) ? charges : undefined
}

type Particular = Partial<FileTransaction> & { readonly type: TransactionType }

/** The amount with the sign that the type demands. Some institutions write the total of a purchase without its sign. */
const signed = (amount: string | undefined, isOut: boolean, element: Element, { findings }: Statement): string | undefined => {
  if (amount === undefined || isZero(amount) || amount.startsWith('-') === isOut) return amount
  findings.note(`Line ${element.line}: the total of ${element.name} has the wrong sign. It was read as money ${isOut ? 'out' : 'in'}.`)
  return negated(amount)
}

const tradeType = (element: Element): TransactionType => {
  if (element.name.startsWith('BUY'))
    return leaf(element, 'BUYTYPE') === 'BUYTOCOVER' || leaf(element, 'OPTBUYTYPE') === 'BUYTOCLOSE' ? 'cover' : 'buy'
  return leaf(element, 'SELLTYPE') === 'SELLSHORT' || leaf(element, 'OPTSELLTYPE') === 'SELLTOOPEN' ? 'short' : 'sell'
}

const readTrade = (element: Element, leaves: Leaves, statement: Statement): Particular => {
  const type = tradeType(element)
  const amount = signed(leaves.required('TOTAL', leaves.money('TOTAL')), type === 'buy' || type === 'cover', element, statement)
  return { type, amount, ...unitsOf(leaves, true) }
}

const unitsOf = (leaves: Leaves, isRequired: boolean): Partial<FileTransaction> => {
  const units = leaves.figure('UNITS')
  if (isRequired) leaves.required('UNITS', units)
  const price = leaves.figure('UNITPRICE')
  return { quantity: units === undefined ? undefined : magnitude(units), price: price === undefined ? undefined : magnitude(price) }
}

const readSplit = (leaves: Leaves, fields: RowFields): Particular => {
  const [numerator, denominator] = [leaves.raw('NUMERATOR'), leaves.raw('DENOMINATOR')]
  const ratio = wholeRatio(plainNumber(numerator ?? ''), plainNumber(denominator ?? ''))
  if (ratio === undefined)
    fields.fault('NUMERATOR', `${shown(`${numerator ?? ''}/${denominator ?? ''}`)} is not the ratio of two numbers above zero`)
  return { type: 'split', amount: leaves.money('FRACCASH') ?? '0.00', splitRatio: ratio }
}

/** What is particular to an aggregate; undefined if it is not a transaction of the account. */
const readParticular = (element: Element, detail: Element, fields: RowFields, statement: Statement): Particular | undefined => {
  const leaves = new Leaves(fields, detail)
  const { name } = element
  if (/^(?:BUY|SELL)/.test(name)) return readTrade(element, leaves, statement)
  const total = () => leaves.required('TOTAL', leaves.money('TOTAL'))
  const kind = leaves.raw('INCOMETYPE')?.toUpperCase() ?? ''
  switch (name) {
    case 'INCOME':
    case 'REINVEST': {
      const type = incomeTypes[kind]
      if (type === undefined) fields.fault('INCOMETYPE', `${shown(kind)} is not CGLONG, CGSHORT, DIV, INTEREST or MISC`)
      const label = incomeLabels[kind]
      if (name === 'INCOME') return { type: type ?? 'cash', amount: total(), label, category: 'investment' }
      const spent = total()
      return {
        type: 'reinvestment',
        amount: '0.00',
        value: spent === undefined ? undefined : magnitude(spent),
        label,
        ...unitsOf(leaves, true),
      }
    }
    case 'TRANSFER': {
      const action = leaves.raw('TFERACTION')?.toUpperCase()
      if (action !== 'IN' && action !== 'OUT') fields.fault('TFERACTION', 'must be IN or OUT')
      const type = action === 'IN' ? 'transfer_in' : 'transfer_out'
      return { type, amount: '0.00', acquiredDate: leaves.date('DTPURCHASE'), ...unitsOf(leaves, true) }
    }
    case 'SPLIT':
      return readSplit(leaves, fields)
    case 'RETOFCAP':
      return { type: 'return_of_capital', amount: total() }
    case 'MARGININTEREST':
      return { type: 'interest', amount: signed(total(), true, element, statement), label: 'Margin interest' }
    case 'INVEXPENSE':
      return { type: 'fee', amount: signed(total(), true, element, statement) }
    default:
      return undefined
  }
}

/** The element that has the fields of a trade: INVBUY and INVSELL stand within the aggregate of their kind of security. */
const detailOf = (element: Element): Element => child(element, 'INVBUY') ?? child(element, 'INVSELL') ?? element

const readInvestmentRow = (element: Element, statement: Statement): FileTransaction | undefined => {
  const detail = detailOf(element)
  return statement.findings.row(element.line, fields => {
    const particular = readParticular(element, detail, fields, statement)!
    const leaves = new Leaves(fields, detail)
    const memo = leaves.notes('INVTRAN', 'MEMO')
    const securityId = fields.text('UNIQUEID', securityIdOf(detail))
    const security = securityId === undefined ? undefined : statement.securities.get(securityId)
    const tradeDate = leaves.required('DTTRADE', leaves.date('INVTRAN', 'DTTRADE'), 'INVTRAN')
    return {
      line: element.line,
      date: tradeDate,
      tradeDate,
      settlementDate: leaves.date('INVTRAN', 'DTSETTLE'),
      currency: leaves.currency() ?? statement.currency,
      description: (memo === undefined ? security?.name : firstLineOf(memo)) ?? '',
      externalId: fields.text('FITID', leaves.raw('INVTRAN', 'FITID'), textLimits.identifier),
      securityId,
      securityName: security?.name,
      symbol: security?.symbol,
      charges: chargesOf(leaves),
      ...particular,
      amount: particular.amount!,
    }
  })
}

const readInvestmentBankRow = (element: Element, { currency, findings }: Statement): FileTransaction | undefined => {
  const row = readBankRow(element, currency, findings)
  if (row === undefined) return undefined
  const kind = leaf(element, 'TRNTYPE')?.toUpperCase() ?? ''
  const isOut = row.amount.startsWith('-')
  const type = kind === 'XFER' ? (isOut ? 'transfer_out' : 'transfer_in') : (bankTypes[kind] ?? 'cash')
  return { ...row, type, tradeDate: row.date }
}

const tradeNames = /^(?:(?:BUY|SELL)(?:DEBT|MF|OPT|OTHER|STOCK)|INCOME|REINVEST|TRANSFER|SPLIT|RETOFCAP|MARGININTEREST|INVEXPENSE)$/

/** The transactions of an INVTRANLIST. */
export const readInvestmentRows = (list: Element, statement: Statement): FileTransaction[] =>
  list.children.flatMap(element => {
    const { line, name } = element
    if (name === 'DTSTART' || name === 'DTEND') return []
    if (name === 'INVBANKTRAN') {
      const transaction = child(element, 'STMTTRN')
      return (transaction && readInvestmentBankRow(transaction, statement)) ?? []
    }
    if (tradeNames.test(name)) return readInvestmentRow(element, statement) ?? []
    if (name === 'JRNLFUND' || name === 'JRNLSEC')
      statement.findings.note(`Line ${line}: ${name} moves something within the account. It is no transaction.`)
    else statement.findings.rejectRow(line, 'is a kind of transaction that is not read: enter it by hand', name)
    return []
  })
