import type { DataRow } from '../../../files/index.ts'
import { type AccountType, isDebt } from '../../account-types.ts'
import { isZero, magnitude, negated } from '../amounts.ts'
import type { Findings } from '../findings.ts'
import type { FileAccount, FileHolding } from '../rows.ts'
import { textLimits } from '../texts.ts'
import { Cells, type CsvColumns } from './cells.ts'

const cashSymbol = /^\$?CASH(?:$|[-_: ])|^CASH & CASH INVESTMENTS$/i

/** A row of a table of holdings. Cash has the symbol $CASH, and its quantity is the amount. */
export const readHolding = (row: DataRow, columns: CsvColumns, findings: Findings): FileHolding | undefined =>
  findings.row(row.line, fields => {
    const cells = new Cells(columns, fields, row)
    const symbol = cells.text('symbol', textLimits.symbol)?.toUpperCase()
    const securityId = cells.text('securityId')?.toUpperCase()
    const isCash = symbol !== undefined && cashSymbol.test(symbol)
    if (symbol === undefined && securityId === undefined) cells.fault('symbol', 'is missing')
    const price = cells.figure('price')
    const quantity = isCash ? (cells.money('quantity') ?? cells.money('marketValue')) : cells.figure('quantity')
    return {
      line: row.line,
      symbol: isCash ? undefined : symbol,
      securityId,
      securityName: cells.text('securityName') ?? cells.text('description'),
      quantity: cells.required('quantity', quantity) ?? '0',
      price: isCash || price === undefined || isZero(price) ? undefined : magnitude(price),
      marketValue: cells.money('marketValue') ?? cells.money('amount'),
      costBasis: cells.money('costBasis'),
      date: cells.date('date'),
      currency: cells.currency(),
      isCash: isCash || undefined,
    }
  })

const accountTypes: Readonly<Record<string, AccountType>> = {
  checking: 'checking',
  depository: 'checking',
  savings: 'savings',
  cash: 'checking',
  'credit card': 'credit_card',
  creditcard: 'credit_card',
  investment: 'investment',
  brokerage: 'investment',
  retirement: 'retirement',
  loan: 'loan',
  mortgage: 'mortgage',
  property: 'property',
  'real estate': 'property',
  vehicle: 'vehicle',
  other: 'other',
}

/** A row of a table of accounts. */
export const readAccount = (row: DataRow, columns: CsvColumns, findings: Findings): FileAccount | undefined =>
  findings.row(row.line, fields => {
    const cells = new Cells(columns, fields, row)
    const name = cells.text('account') ?? cells.text('description')
    if (name === undefined) cells.fault('account', 'is missing')
    const word = cells
      .raw('type')
      .toLowerCase()
      .replaceAll(/[\s_]+/g, ' ')
    const type = accountTypes[word]
    if (word !== '' && type === undefined) cells.fault('type', `"${word.slice(0, 40)}" is not a known type of account`)
    const balance = cells.money('balance') ?? cells.money('amount')
    const isOwed = type !== undefined && isDebt(type) && balance !== undefined && !balance.startsWith('-') && !isZero(balance)
    if (isOwed) findings.note('Balances of cards and loans are positive in the file. They were read as money that is owed.')
    return {
      key: name ?? '',
      name,
      type,
      currency: cells.currency(),
      balance: isOwed ? negated(balance) : balance,
      transactions: [],
      holdings: [],
    }
  })
