import type { CalendarDate } from '../../../shared/index.ts'
import type { AccountType } from '../../account-types.ts'
import { keysOf } from '../../duplicates.ts'
import type { FileAccount, FileTransaction } from '../rows.ts'

const accountTypes: Partial<Readonly<Record<AccountType, string>>> = { checking: 'CHECKING', savings: 'SAVINGS', loan: 'CREDITLINE' }

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const element = (name: string, text: string | undefined): string =>
  text === undefined || text === '' ? '' : `<${name}>${escaped(text)}</${name}>`
const day = (date: CalendarDate): string => date.replaceAll('-', '')

/** The identifier that OFX demands, for a row without one. Our reader leaves it out. */
const madeId = ({ key, occurrence }: { key: string; occurrence: number }): string => `nestegg-${key}-${occurrence}`
export const isMadeId = (id: string): boolean => /^nestegg-[\da-f]{32}-\d+$/.test(id)

const kindOf = ({ amount, category, checkNumber }: FileTransaction): string => {
  if (checkNumber !== undefined) return 'CHECK'
  if (category === 'transfer') return 'XFER'
  if (category === 'payment') return 'PAYMENT'
  return amount.startsWith('-') ? 'DEBIT' : 'CREDIT'
}

const transactionOf = (row: FileTransaction, id: string): string =>
  [
    '<STMTTRN>',
    element('TRNTYPE', kindOf(row)),
    element('DTPOSTED', day(row.date)),
    element('TRNAMT', row.amount),
    element('FITID', row.externalId ?? id),
    element('CHECKNUM', row.checkNumber),
    element('NAME', row.description),
    element('MEMO', row.notes),
    '</STMTTRN>',
  ].join('')

export interface OfxExport {
  readonly text: string
  /** Number of rows that OFX for banks cannot hold: investments, and pending ones. */
  readonly skippedCount: number
}

/** One statement of an account, in one currency. */
const statementOf = (account: FileAccount, rows: readonly FileTransaction[], currency: string, asOf: CalendarDate): string => {
  const isCard = account.type === 'credit_card'
  const keys = keysOf(rows)
  const dates = rows.map(({ date }) => date).toSorted()
  const id = element('ACCTID', account.mask ?? account.key.slice(0, 22))
  const from = isCard
    ? `<CCACCTFROM>${id}</CCACCTFROM>`
    : `<BANKACCTFROM>${element('BANKID', account.institutionId?.slice(0, 9) ?? '0')}${id}${element('ACCTTYPE', accountTypes[account.type ?? 'checking'] ?? 'CHECKING')}</BANKACCTFROM>`
  const hasBalance = account.balance !== undefined && currency === (account.currency ?? currency)
  const balance = hasBalance
    ? `<LEDGERBAL>${element('BALAMT', account.balance)}${element('DTASOF', day(account.balanceDate ?? asOf))}</LEDGERBAL>`
    : ''
  const [set, response] = isCard ? ['CCSTMTTRNRS', 'CCSTMTRS'] : ['STMTTRNRS', 'STMTRS']
  return [
    `<${set}><TRNUID>0</TRNUID><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS><${response}>`,
    element('CURDEF', currency),
    from,
    `<BANKTRANLIST>${element('DTSTART', day(account.from ?? dates[0] ?? asOf))}${element('DTEND', day(account.to ?? dates.at(-1) ?? asOf))}`,
    ...rows.map((row, index) => transactionOf(row, madeId(keys[index]!))),
    '</BANKTRANLIST>',
    balance,
    `</${response}></${set}>`,
  ].join('\n')
}

/**
 * The bank and card transactions of accounts as OFX 2.2. It holds date, amount, currency, description, notes, identifier and check number; JSON and CSV
 * hold everything. Each currency of an account is a statement of its own. Only the last four characters of an account number are known, and written.
 * @param asOf the day of the export
 * @param currency of rows and accounts that name none
 */
export const writeOfx = (
  accounts: readonly FileAccount[],
  { asOf, currency }: { readonly asOf: CalendarDate; readonly currency: string },
): OfxExport => {
  let skippedCount = 0
  const sets = { bank: [] as string[], card: [] as string[] }
  for (const account of accounts) {
    const kept = account.transactions.filter(row => row.type === 'cash' && row.isPending !== true)
    skippedCount += account.transactions.length - kept.length
    const currencyOf = (row: FileTransaction) => row.currency ?? account.currency ?? currency
    const groups = Map.groupBy(kept, currencyOf)
    if (groups.size === 0 && account.transactions.length === 0) groups.set(account.currency ?? currency, [])
    for (const [code, rows] of groups) sets[account.type === 'credit_card' ? 'card' : 'bank'].push(statementOf(account, rows, code, asOf))
  }
  const wrap = (name: string, statements: readonly string[]) => (statements.length === 0 ? [] : [`<${name}>`, ...statements, `</${name}>`])
  const text = [
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>',
    '<?OFX OFXHEADER="200" VERSION="220" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>',
    '<OFX>',
    `<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS><DTSERVER>${day(asOf)}</DTSERVER><LANGUAGE>ENG</LANGUAGE></SONRS></SIGNONMSGSRSV1>`,
    ...wrap('BANKMSGSRSV1', sets.bank),
    ...wrap('CREDITCARDMSGSRSV1', sets.card),
    '</OFX>',
    '',
  ].join('\n')
  return { text, skippedCount }
}
