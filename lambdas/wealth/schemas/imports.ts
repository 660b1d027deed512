import * as z from 'zod'
import { importStatuses } from '../../../db/schema/wealth/imports.ts'
import { accountTypes, fileFormats, transactionCategories, transactionTypes } from '../../../domain/wealth/index.ts'
import { calendarDate, instant, label, nameSchemas, uuid } from '../../runtime/schemas.ts'

/** Largest file: 50 MB. */
export const importLimitBytes = 52_428_800
/** Largest part of a file in one request. */
export const partLimitBytes = 4_194_304

const importedAccount = z.strictObject({
  key: z.string().describe('Distinguishes the accounts of a file.'),
  name: z.string().nullable(),
  accountId: uuid.nullable().describe('The account of the household that receives the rows.'),
  stored: z.int().nullable().describe('Number of stored transactions; null until the import is committed.'),
  openingBalanceBefore: z.string().nullable().describe('The opening balance before the import changed it; null if it did not.'),
})

export const importAnswer = z.strictObject({
  id: uuid,
  householdId: uuid,
  fileName: z.string(),
  sizeBytes: z.int(),
  status: z
    .enum(importStatuses)
    .describe(
      '`open`: it is sent or previewed. `storing`: it was committed, and its transactions are being stored. `committed`: they are in the ledger. `undone`: they were.',
    ),
  format: z.enum(fileFormats).nullable(),
  institutionName: z.string().nullable(),
  accounts: z.array(importedAccount).nullable(),
  newCount: z.int().nullable(),
  duplicateCount: z.int().nullable(),
  rejectedCount: z.int().nullable(),
  failure: z.string().nullable().describe('Why it is open again: its transactions could not be stored after it was committed.'),
  committedAt: instant.nullable(),
  undoneAt: instant.nullable(),
  version: z.int(),
  createdAt: instant,
  updatedAt: instant,
})

export const importFields = {
  householdId: uuid.describe('The household that the transactions belong to.'),
  fileName: label.describe('Name of the file, as the person sees it.'),
  sizeBytes: z.int().min(1).max(importLimitBytes).describe('Size of the whole file.'),
}

const figure = z.string().nullable()

const previewRow = z.strictObject({
  line: z.int().describe('Line of the file, from 1; in JSON the place in its list.'),
  verdict: z
    .enum(['new', 'duplicate', 'doubtful'])
    .describe('`duplicate`: the ledger has it. `doubtful`: the ledger has one that may be the same, so a person decides.'),
  reason: z.string().nullable(),
  existingId: uuid.nullable().describe('The transaction of the ledger that is the same or may be.'),
  type: z.enum(transactionTypes),
  date: calendarDate,
  amount: z.string(),
  description: z.string(),
  merchantName: z.string().nullable(),
  category: z.enum(transactionCategories).nullable(),
  notes: z.string().nullable(),
  symbol: z.string().nullable(),
  quantity: figure,
  price: figure,
  isPending: z.boolean(),
})

const previewAccount = z.strictObject({
  key: z.string(),
  name: z.string().nullable(),
  mask: z.string().nullable(),
  type: z.enum(accountTypes).nullable(),
  currency: z.string().nullable(),
  balance: figure.describe('The balance that the file states.'),
  balanceDate: calendarDate.nullable(),
  accountId: uuid.nullable().describe('The account of the household that would receive the rows; null until one is chosen.'),
  problem: z.string().nullable().describe('Why the rows cannot go to this account.'),
  rowCount: z.int(),
  newCount: z.int(),
  duplicateCount: z.int(),
  doubtfulCount: z.int(),
  firstDate: calendarDate.nullable(),
  lastDate: calendarDate.nullable(),
  newAmount: z.string().describe('Sum of the new rows.'),
  balanceAfter: figure.describe('The balance on the day of the stated one, with the new rows.'),
  openingBalance: figure.describe('The opening balance with which the ledger would have the stated balance.'),
  holdingCount: z.int(),
  rows: z.array(previewRow).describe('Doubtful rows first, then new ones, then duplicates: at most 500 of an account.'),
})

export const rejectedLine = z
  .strictObject({ line: z.int(), field: z.string().nullable(), message: z.string() })
  .meta({ id: 'RejectedLine', description: 'A line of a file that cannot be read.' })

export const importPreview = z.strictObject({
  import: importAnswer,
  format: z.enum(fileFormats),
  profile: z.record(z.string(), z.json()).nullable().describe('How the table is read; null for formats that need no choice.'),
  ambiguous: z.array(z.string()).describe('Fields of the profile that the file does not decide: a person should look at them.'),
  columns: z.array(z.string()).describe('Names of the columns of a table.'),
  notes: z.array(z.string()),
  accounts: z.array(previewAccount),
  rejected: z.array(rejectedLine).describe('The first hundred.'),
  rejectedCount: z.int(),
})

nameSchemas({ Import: importAnswer, ImportPreview: importPreview, ImportPreviewAccount: previewAccount, ImportPreviewRow: previewRow })
