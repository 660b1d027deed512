import { DomainError, issuesOf } from '../../../shared/index.ts'
import { checkReversals } from '../check-reversals.ts'
import { checkRows } from '../check-rows.ts'
import { Findings } from '../findings.ts'
import { ownAccount, ownFormatName, ownHolding, ownTransaction, withoutUndefined } from '../own-format.ts'
import type { FileAccount, FileContent } from '../rows.ts'
import { isObject, type JsonObject, objectsIn } from './values.ts'
import type * as z from 'zod'

/**
 * Accounts with all that is known of their transactions and holdings, as JSON: `{ format, version, accounts: [{ …, transactions, holdings }] }`.
 * Amounts are texts, money out is negative.
 */
export const writeJson = (accounts: readonly FileAccount[]): string => {
  const plain = accounts.map(({ holdings, transactions, ...account }) => ({
    ...account,
    transactions: transactions.map(row => ({ ...row, line: undefined })),
    holdings: holdings.map(row => ({ ...row, line: undefined })),
  }))
  return `${JSON.stringify({ format: ownFormatName, version: 1, accounts: plain }, undefined, 1)}\n`
}

/** Whether a document is an export of `writeJson`. */
export const isOwnJson = (document: unknown): document is JsonObject => isObject(document) && document['format'] === ownFormatName

const rowsIn = <Row>(account: JsonObject, name: string, schema: z.ZodType<Row>, findings: Findings): (Row & { line: number })[] =>
  objectsIn(account, name).flatMap((given, index) => {
    const { data, error } = schema.safeParse(given)
    if (error === undefined) return [{ line: index + 1, ...data }]
    for (const { message, path } of issuesOf(error)) findings.reject(index + 1, message, path)
    findings.rejectedCount += 1
    return []
  })

/** Reads an export of `writeJson`. @throws DomainError if it has another version, or what it says of an account is not valid */
export const readOwnJson = (document: JsonObject): FileContent => {
  if (document['version'] !== 1) throw new DomainError([{ path: 'version', message: 'is not 1: the file is of a newer release' }])
  const findings = new Findings()
  const accounts = objectsIn(document, 'accounts').map((given, index): FileAccount => {
    const { holdings: _, transactions: __, ...rest } = given
    const { data, error } = ownAccount.safeParse(rest)
    if (error !== undefined)
      throw new DomainError(issuesOf(error).map(({ message, path }) => ({ path: `accounts.${index}.${path}`, message })))
    const transactions = rowsIn(given, 'transactions', ownTransaction, findings)
    return {
      ...data,
      transactions: checkReversals(checkRows(transactions.map(withoutUndefined), findings, { field: 'externalId' }), findings, 'key'),
      holdings: rowsIn(given, 'holdings', ownHolding, findings),
    }
  })
  const { notes, rejected, rejectedCount } = findings
  return { format: 'json', accounts, rejected, rejectedCount, notes }
}
