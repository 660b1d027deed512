import { DomainError } from '../../../shared/index.ts'
import type { AccountType } from '../../account-types.ts'
import { hideNumber } from '../account-number.ts'
import { checkRows } from '../check-rows.ts'
import { Findings, type RowFields } from '../findings.ts'
import type { FileAccount, FileContent, FileTransaction } from '../rows.ts'
import { textLimits } from '../texts.ts'
import { readBankRow } from './bank-rows.ts'
import { child, descendants, type Element, leaf, parseElements } from './elements.ts'
import { readHoldings } from './holdings.ts'
import { readInvestmentRows } from './investment-rows.ts'
import { Leaves, readSecurities, type Security } from './values.ts'

export interface OfxOptions {
  /** False for an institution that uses identifiers more than once. */
  readonly idsAreUnique?: boolean | undefined
}

const accountTypes: Readonly<Record<string, AccountType>> = {
  CHECKING: 'checking',
  SAVINGS: 'savings',
  MONEYMRKT: 'savings',
  CD: 'savings',
  CREDITLINE: 'loan',
}

const statementNames = ['STMTTRNRS', 'CCSTMTTRNRS', 'INVSTMTTRNRS'] as const

const isFailure = (status: Element | undefined): status is Element => {
  const code = leaf(status, 'CODE')
  return (
    status !== undefined && code !== undefined && code !== '0' && leaf(status, 'SEVERITY') !== 'INFO' && leaf(status, 'SEVERITY') !== 'WARN'
  )
}

const answerOf = (status: Element): string => {
  const message = leaf(status, 'MESSAGE')?.slice(0, 300)
  return `${message === undefined ? 'no reason given' : message} (code ${(leaf(status, 'CODE') ?? '').slice(0, 10)})`
}

interface File {
  readonly findings: Findings
  readonly securities: ReadonlyMap<string, Security>
  readonly institution: { readonly institutionName?: string | undefined; readonly institutionId?: string | undefined }
}

const balancesOf = (statement: Element, fields: RowFields): Partial<FileAccount> => {
  const leaves = new Leaves(fields, statement)
  const plan = leaves.money('INV401KBAL', 'TOTAL')
  return {
    balance: leaves.money('LEDGERBAL', 'BALAMT') ?? plan,
    balanceDate: leaves.date('LEDGERBAL', 'DTASOF') ?? (plan === undefined ? undefined : leaves.date('DTASOF')),
    availableBalance: leaves.money('AVAILBAL', 'BALAMT'),
    cashBalance: leaves.money('INVBAL', 'AVAILCASH'),
  }
}

const readRows = (statement: Element, currency: string | undefined, { findings, securities }: File): FileTransaction[] => {
  const investments = child(statement, 'INVTRANLIST')
  if (investments) return readInvestmentRows(investments, { currency, securities, findings })
  const rows = [...descendants(statement, 'STMTTRN'), ...descendants(statement, 'STMTTRNP')]
  return rows.flatMap(element => readBankRow(element, currency, findings) ?? [])
}

const accountElementOf = (statement: Element): Element | undefined => statement.children.find(({ name }) => name.endsWith('ACCTFROM'))

const readStatement = (statement: Element, file: File, idsAreUnique: boolean | undefined): FileAccount | undefined => {
  const { findings, securities } = file
  const from = accountElementOf(statement)
  const isInvestment = statement.name === 'INVSTMTRS'
  const isPlan = child(statement, 'INV401K') !== undefined || child(statement, 'INV401KBAL') !== undefined
  const number = leaf(from, 'ACCTID')
  if (number === undefined) {
    findings.rejectRow(statement.line, 'the statement has no account number', 'ACCTID')
    return undefined
  }
  const currency = findings.row(statement.line, fields => fields.currency('CURDEF', leaf(statement, 'CURDEF')))
  const balances = findings.row(statement.line, fields => balancesOf(statement, fields))
  const list = child(statement, 'BANKTRANLIST') ?? child(statement, 'INVTRANLIST')
  const period = list && findings.row(list.line, fields => new Leaves(fields, list).period())
  const type = isPlan
    ? 'retirement'
    : isInvestment
      ? 'investment'
      : statement.name === 'CCSTMTRS'
        ? 'credit_card'
        : accountTypes[leaf(from, 'ACCTTYPE')?.toUpperCase() ?? '']
  const { mask, numberHash } = hideNumber(number)
  return {
    key: numberHash,
    mask,
    numberHash,
    type,
    taxType: isPlan ? '401k' : undefined,
    currency,
    ...balances,
    ...file.institution,
    ...period,
    transactions: checkRows(readRows(statement, currency, file), findings, { idsAreUnique, field: 'FITID' }),
    holdings: readHoldings(child(statement, 'INVPOSLIST'), { currency, securities, findings }),
  }
}

/**
 * Reads a file of OFX 1 (SGML) or 2 (XML), also with the fields of Intuit (QFX): statements of banks, cards, brokerage and 401(k) accounts.
 * @param text decoded; at most a few dozen megabytes, since all of its elements are held
 * @throws DomainError if it is cut, has declarations or deep nesting, or says that signing in failed
 */
export const readOfx = (text: string, { idsAreUnique }: OfxOptions = {}): FileContent => {
  const start = text.search(/<OFX\b/i)
  if (start === -1) throw new DomainError([{ path: 'file', message: 'has no <OFX>' }])
  const declared = text.slice(0, start).search(/<!(?:DOCTYPE|ENTITY)\b/i)
  if (declared !== -1)
    throw new DomainError([
      {
        path: `line ${text.slice(0, declared).split('\n').length}`,
        message: 'has a declaration. OFX has no declarations, so it is refused',
      },
    ])
  const { ofx, notes } = parseElements(text.slice(start), text.slice(0, start).split('\n').length)
  const findings = new Findings()
  for (const note of notes) findings.note(note)
  const signOn = child(child(ofx, 'SIGNONMSGSRSV1'), 'SONRS')
  const status = child(signOn, 'STATUS')
  if (isFailure(status))
    throw new DomainError([{ path: `line ${status.line}`, message: `the institution refused to sign in: ${answerOf(status)}` }])
  const infos = descendants(ofx, 'SECINFO')
  const institution = findings.row(signOn?.line ?? 1, fields => ({
    institutionName: fields.text('ORG', leaf(signOn, 'FI', 'ORG')),
    institutionId: fields.text('FID', leaf(signOn, 'FI', 'FID') ?? leaf(signOn, 'INTU.BID')),
  }))
  const file: File = { findings, securities: readSecurities(infos, findings), institution: institution ?? {} }
  const accounts = ofx.children.flatMap(set => {
    const statements = set.children.filter(({ name }) => (statementNames as readonly string[]).includes(name))
    if (statements.length === 0 && !['SIGNONMSGSRSV1', 'SECLISTMSGSRSV1'].includes(set.name))
      findings.note(`Line ${set.line}: ${set.name.slice(0, textLimits.symbol)} has no statement that is read.`)
    return statements.flatMap(response => {
      const refused = child(response, 'STATUS')
      if (isFailure(refused)) {
        findings.rejectRow(refused.line, `the institution refused the statement: ${answerOf(refused)}`, 'STATUS')
        return []
      }
      return response.children
        .filter(({ name }) => name.endsWith('STMTRS'))
        .flatMap(found => readStatement(found, file, idsAreUnique) ?? [])
    })
  })
  if (accounts.length === 0 && findings.rejectedCount === 0)
    throw new DomainError([{ path: 'file', message: 'has no statement of an account' }])
  const { notes: found, rejected, rejectedCount } = findings
  return { format: leaf(signOn, 'INTU.BID') === undefined ? 'ofx' : 'qfx', accounts, rejected, rejectedCount, notes: found }
}
