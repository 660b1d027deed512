import { DomainError } from '../../../shared/index.ts'
import { checkRows } from '../check-rows.ts'
import { Findings } from '../findings.ts'
import type { FileAccount, FileContent, FileHolding, FileTransaction } from '../rows.ts'
import { readPlaidAccount, readPlaidHolding } from './plaid-accounts.ts'
import { readPlaidInvestment, readPlaidTransaction } from './plaid-rows.ts'
import { isObject, type JsonObject, objectIn, objectsIn, textIn } from './values.ts'

const lists = ['transactions', 'added', 'modified', 'removed', 'investment_transactions', 'holdings'] as const

/** Whether a document has the shape of an answer of Plaid. */
export const isPlaid = (document: unknown): document is JsonObject =>
  isObject(document) && [...lists, 'accounts'].some(name => Array.isArray(document[name]))

/**
 * Reads an answer of Plaid: /transactions/sync, /transactions/get, /investments/transactions/get, /investments/holdings/get or /accounts/get.
 * @param document parsed; its numbers may be texts
 * @throws DomainError if a list has something else than objects
 */
export const readPlaid = (document: JsonObject): FileContent => {
  const findings = new Findings()
  const item = objectIn(document, 'item')
  const institution = findings.row(1, fields => ({
    institutionName: fields.text('institution_name', textIn(item, 'institution_name')),
    institutionId: fields.text('institution_id', textIn(item, 'institution_id')),
  }))
  const accounts = new Map<
    string,
    { account: Omit<FileAccount, 'transactions' | 'holdings'>; transactions: FileTransaction[]; holdings: FileHolding[] }
  >()
  for (const [index, given] of objectsIn(document, 'accounts').entries()) {
    const account = readPlaidAccount(given, index + 1, findings)
    if (account !== undefined) accounts.set(account.key, { account: { ...account, ...institution }, transactions: [], holdings: [] })
  }
  const heldOf = (row: JsonObject, line: number, list: string) => {
    const id = textIn(row, 'account_id') ?? ''
    const held = accounts.get(id)
    if (held === undefined)
      findings.rejectRow(line, id === '' ? 'is missing' : 'is not among the accounts of the file', `${list}.account_id`)
    return held
  }
  const securities = new Map(objectsIn(document, 'securities').map(security => [textIn(security, 'security_id') ?? '', security]))
  for (const list of ['transactions', 'added', 'modified'] as const)
    for (const [index, given] of objectsIn(document, list).entries()) {
      const held = heldOf(given, index + 1, list)
      const row = held && readPlaidTransaction(given, index + 1, findings)
      if (row !== undefined) held!.transactions.push(row)
    }
  for (const [index, given] of objectsIn(document, 'investment_transactions').entries()) {
    const held = heldOf(given, index + 1, 'investment_transactions')
    const row = held && readPlaidInvestment(given, index + 1, securities, findings)
    if (row !== undefined) held!.transactions.push(row)
  }
  for (const [index, given] of objectsIn(document, 'holdings').entries()) {
    const held = heldOf(given, index + 1, 'holdings')
    const holding = held && readPlaidHolding(given, index + 1, securities, findings)
    if (holding !== undefined) held!.holdings.push(holding)
  }
  if (accounts.size === 0 && findings.rejectedCount === 0)
    throw new DomainError([{ path: 'accounts', message: 'the file has no accounts' }])
  const idsIn = (list: string) => objectsIn(document, list).flatMap(row => textIn(row, 'transaction_id') ?? [])
  const read = [...accounts.values()].map(
    ({ account, holdings, transactions }): FileAccount => ({
      ...account,
      transactions: checkRows(transactions, findings, { field: 'transaction_id' }),
      holdings,
    }),
  )
  const { notes, rejected, rejectedCount } = findings
  return { format: 'json', accounts: read, rejected, rejectedCount, notes, removedIds: idsIn('removed'), modifiedIds: idsIn('modified') }
}
