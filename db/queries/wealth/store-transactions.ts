import { sql } from 'drizzle-orm'
import {
  type FileSplit,
  type FileTransaction,
  type Provenance,
  taxCategoryOf,
  type transactionSources,
} from '../../../domain/wealth/index.ts'
import type { Transaction } from '../../database.ts'
import { arrayText, plainArrayText } from '../array-text.ts'

/** A transaction to store, with what makes it equal to another. */
export interface NewTransaction extends Omit<FileTransaction, 'key' | 'line' | 'reverses' | 'splits'> {
  /** The household's own category, below `category`. */
  readonly categoryId?: string | undefined
  readonly transferAccountId?: string | undefined
  readonly contributorId?: string | undefined
  /** The transaction that it cancels. */
  readonly reversesId?: string | undefined
  readonly splits?: readonly (FileSplit & { readonly categoryId?: string | undefined })[] | undefined
  readonly fingerprint: string
  readonly occurrence: number
  readonly provenance: Partial<Record<string, Provenance>>
}

interface Place {
  readonly householdId: string
  readonly accountId: string
  readonly source: (typeof transactionSources)[number]
  readonly importId: string | null
}

type Column = (row: NewTransaction) => string | number | null | undefined

const texts = (rows: readonly NewTransaction[], column: Column): string => arrayText(rows.map(row => column(row) ?? null))
const plain = (rows: readonly NewTransaction[], column: Column): string => plainArrayText(rows.map(row => column(row) ?? null))
const listText = (list: readonly string[] | undefined): string | null =>
  list === undefined || list.length === 0 ? null : JSON.stringify(list)
const json = (value: object | undefined): string | null => (value === undefined ? null : JSON.stringify(value))

const storeInvestments = async (transaction: Transaction, { accountId, householdId }: Place, rows: readonly NewTransaction[]) => {
  await transaction.execute(sql`
    insert into wealth.investment_transactions (transaction_id, household_id, account_id, trade_date, settlement_date, symbol, security_name,
      security_id, quantity, price, commission, other_fees, regulatory_fees, load, penalty, taxes, tax_withheld, state_tax_withheld, value, acquired_date,
      lot_origin, cost_basis, basis_share, is_qualified, tax_year, contribution_source, contributor_id, tax_category, split_numerator,
      split_denominator, new_symbol, data_quality_score, confidence_score)
    select t.id, ${householdId}::uuid, ${accountId}::uuid, g.trade_date, g.settlement_date, g.symbol, g.security_name, g.security_id, g.quantity,
      g.price, g.commission, g.fees, g.regulatory_fees, g.load, g.penalty, g.taxes, g.tax_withheld, g.state_tax_withheld, g.value, g.acquired_date,
      g.lot_origin, g.cost_basis, g.basis_share, g.is_qualified, g.tax_year, g.contribution_source, g.contributor_id, g.tax_category, g.split_numerator,
      g.split_denominator, g.new_symbol, g.data_quality_score, g.confidence_score
    from unnest(${texts(rows, row => row.fingerprint)}::text[], ${plain(rows, row => row.occurrence)}::integer[],
      ${plain(rows, row => row.tradeDate ?? row.date)}::date[], ${plain(rows, row => row.settlementDate)}::date[],
      ${texts(rows, row => row.symbol)}::text[], ${texts(rows, row => row.securityName)}::text[], ${texts(rows, row => row.securityId)}::text[],
      ${plain(rows, row => row.quantity)}::numeric[], ${plain(rows, row => row.price)}::numeric[],
      ${plain(rows, row => row.charges?.commission)}::numeric[], ${plain(rows, row => row.charges?.fees)}::numeric[],
      ${plain(rows, row => row.charges?.regulatoryFees)}::numeric[],
      ${plain(rows, row => row.charges?.load)}::numeric[], ${plain(rows, row => row.charges?.penalty)}::numeric[],
      ${plain(rows, row => row.charges?.taxes)}::numeric[], ${plain(rows, row => row.charges?.taxWithheld)}::numeric[],
      ${plain(rows, row => row.charges?.stateTaxWithheld)}::numeric[], ${plain(rows, row => row.value)}::numeric[],
      ${plain(rows, row => row.acquiredDate)}::date[], ${plain(rows, row => row.lotOrigin)}::text[],
      ${plain(rows, row => row.costBasis)}::numeric[], ${plain(rows, row => row.basisShare)}::numeric[],
      ${plain(rows, ({ isQualified }) => (isQualified === undefined ? null : String(isQualified)))}::boolean[],
      ${plain(rows, row => row.taxYear)}::smallint[], ${plain(rows, row => row.contributionSource)}::text[],
      ${plain(rows, row => row.contributorId)}::uuid[], ${plain(rows, ({ isQualified, type }) => taxCategoryOf(type, isQualified))}::text[],
      ${plain(rows, row => row.splitRatio?.numerator)}::integer[], ${plain(rows, row => row.splitRatio?.denominator)}::integer[],
      ${texts(rows, row => row.newSymbol)}::text[], ${plain(rows, row => row.dataQualityScore)}::numeric[],
      ${plain(rows, row => row.confidenceScore)}::numeric[])
      as g (fingerprint, occurrence, trade_date, settlement_date, symbol, security_name, security_id, quantity, price, commission, fees, regulatory_fees, load,
        penalty, taxes, tax_withheld, state_tax_withheld, value, acquired_date, lot_origin, cost_basis, basis_share, is_qualified, tax_year,
        contribution_source, contributor_id, tax_category, split_numerator,
        split_denominator, new_symbol, data_quality_score, confidence_score)
    join wealth.transactions t on t.account_id = ${accountId}::uuid and t.fingerprint = g.fingerprint and t.occurrence = g.occurrence`)
}

/** The parts of transactions that a file divides. A part without a known category has the name in the file as its note. */
const storeParts = async (transaction: Transaction, { accountId, householdId }: Place, rows: readonly NewTransaction[]) => {
  const parts = rows.flatMap(({ fingerprint, occurrence, splits = [] }) =>
    splits.map((split, position) => ({ fingerprint, occurrence, position, ...split })),
  )
  if (parts.length === 0) return
  await transaction.execute(sql`
    insert into wealth.transaction_splits (household_id, transaction_id, position, amount, category, category_id, notes)
    select ${householdId}::uuid, t.id, g.position, g.amount, coalesce(g.category, 'other'), g.category_id, g.notes
    from unnest(${arrayText(parts.map(part => part.fingerprint))}::text[], ${plainArrayText(parts.map(part => part.occurrence))}::integer[],
      ${plainArrayText(parts.map(part => part.position))}::integer[], ${plainArrayText(parts.map(part => part.amount))}::numeric[],
      ${plainArrayText(parts.map(part => part.category ?? null))}::text[], ${plainArrayText(parts.map(part => part.categoryId ?? null))}::uuid[],
      ${arrayText(parts.map(({ category, label, notes }) => notes ?? (category === undefined ? label : undefined) ?? null))}::text[])
      as g (fingerprint, occurrence, position, amount, category, category_id, notes)
    join wealth.transactions t on t.account_id = ${accountId}::uuid and t.fingerprint = g.fingerprint and t.occurrence = g.occurrence`)
}

/** Stores transactions of one account, all or none. Returns their ids. */
export const storeTransactions = async (transaction: Transaction, place: Place, rows: readonly NewTransaction[]): Promise<string[]> => {
  if (rows.length === 0) return []
  const { accountId, householdId, importId, source } = place
  const stored = await transaction.execute<{ id: string }>(sql`
    insert into wealth.transactions (household_id, account_id, source, import_id, type, date, amount, description, merchant_name, category,
      category_id, transfer_account_id, notes, tags, attachments, check_number, is_pending, external_id, reverses_id, fingerprint, occurrence,
      provenance)
    select ${householdId}::uuid, ${accountId}::uuid, ${source}, ${importId}::uuid, g.type, g.date, g.amount, g.description, g.merchant_name,
      coalesce(g.category, case g.type when 'cash' then 'other' else 'investment' end), g.category_id, g.transfer_account_id, g.notes,
      case when g.tags is null then '{}' else (select array_agg(tag) from jsonb_array_elements_text(g.tags) as tag) end,
      case when g.attachments is null then '{}' else (select array_agg(name) from jsonb_array_elements_text(g.attachments) as name) end,
      g.check_number, g.is_pending, g.external_id, g.reverses_id, g.fingerprint, g.occurrence, g.provenance
    from unnest(${plain(rows, row => row.type)}::text[], ${plain(rows, row => row.date)}::date[], ${plain(rows, row => row.amount)}::numeric[],
      ${texts(rows, row => row.description)}::text[], ${texts(rows, row => row.merchantName)}::text[], ${plain(rows, row => row.category)}::text[],
      ${plain(rows, row => row.categoryId)}::uuid[], ${plain(rows, row => row.transferAccountId)}::uuid[],
      ${texts(rows, row => row.notes)}::text[], ${texts(rows, ({ tags }) => listText(tags))}::jsonb[],
      ${texts(rows, ({ attachments }) => listText(attachments))}::jsonb[],
      ${texts(rows, row => row.checkNumber)}::text[], ${plain(rows, row => String(row.isPending ?? false))}::boolean[],
      ${texts(rows, row => row.externalId)}::text[], ${plain(rows, row => row.reversesId)}::uuid[],
      ${texts(rows, row => row.fingerprint)}::text[], ${plain(rows, row => row.occurrence)}::integer[], ${texts(rows, row => json(row.provenance))}::jsonb[])
      as g (type, date, amount, description, merchant_name, category, category_id, transfer_account_id, notes, tags, attachments, check_number, is_pending, external_id,
        reverses_id, fingerprint, occurrence, provenance)
    returning id`)
  const investments = rows.filter(({ type }) => type !== 'cash')
  if (investments.length > 0) await storeInvestments(transaction, place, investments)
  await storeParts(transaction, place, rows)
  return stored.map(({ id }) => id)
}
