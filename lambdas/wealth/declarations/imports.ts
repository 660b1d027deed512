import * as z from 'zod'
import { accounts as accountTable } from '../../../db/schema/wealth/accounts.ts'
import { importParts, importProfiles as profileTable, imports as importTable } from '../../../db/schema/wealth/imports.ts'
import { investmentTransactions, transactions, transactionSplits } from '../../../db/schema/wealth/transactions.ts'
import { columnRef, encodings } from '../../../domain/files/index.ts'
import { type CsvMeaning, csvMeanings, csvProfileChange } from '../../../domain/wealth/index.ts'
import { transactionCategories } from '../../../db/schema/wealth/categories.ts'
import { creates, gets, lists, removes } from '../../runtime/resource/declarations.ts'
import { reply } from '../../runtime/responses.ts'
import { heavyRequestsPerSecond } from '../../runtime/route.ts'
import { label, nameSchemas, uuid, wholeNumberText } from '../../runtime/schemas.ts'
import { deletes, inserts, updates } from '../../runtime/writes.ts'
import { lotWrites } from './lot-writes.ts'
import { ruleWrites } from './rules.ts'
import { decisionWrites } from './transfers.ts'
import { importProfiles, imports } from '../resources/imports.ts'
import { importAnswer, importFields, importPreview, partLimitBytes } from '../schemas/imports.ts'

const database = ['database'] as const
const importPath = z.strictObject({ importId: uuid.describe('The import.') })

/** The column of each meaning. */
const columns = z
  .strictObject(
    Object.fromEntries(
      (Object.keys(csvMeanings) as CsvMeaning[]).map(meaning => [
        meaning,
        columnRef.optional().describe(`The column with the meaning “${meaning}”.`),
      ]),
    ),
  )
  .transform(given =>
    Object.fromEntries(Object.entries(given).flatMap(([meaning, ref]) => (ref === undefined ? [] : [[meaning, ref] as const]))),
  )
  .describe('By meaning: the name of the column, or its place from 1.')

/** How a file is read and stored. A preview and the commit after it have the same body. */
export const importReading = z.strictObject({
  profile: csvProfileChange
    .extend({ columns: columns.optional() })
    .optional()
    .describe('Of a table: what differs from the profile that was found.'),
  dateOrder: z.enum(['DMY', 'MDY']).optional().describe('Of a QIF file in which no date shows the order of day and month.'),
  decimalMark: z.enum(['.', ',']).optional().describe('Of a QIF file in which every number can be read in two ways.'),
  encoding: z.enum(encodings).optional().describe('Of a QIF file in which nothing shows how letters are written.'),
  idsAreUnique: z.boolean().default(true).describe('`false` for an institution that gives the same id to different transactions.'),
  accounts: z
    .array(
      z.strictObject({
        key: z.string().max(200).describe('The `key` of the account in the preview, or `*` for every account.'),
        accountId: uuid.nullable().describe('Null leaves the rows out.'),
      }),
    )
    .max(100)
    .default([])
    .describe('The account of the household for each account of the file. Without it, the account with the same number.'),
  rejected: z.enum(['refuse', 'skip']).default('refuse').describe('Whether a file with rows that cannot be read is refused as a whole.'),
  doubtful: z.enum(['skip', 'store']).default('skip').describe('What happens to doubtful rows.'),
  except: z.array(z.int()).max(10_000).default([]).describe('Lines of doubtful rows for which the opposite of `doubtful` happens.'),
  setOpeningBalance: z
    .boolean()
    .default(false)
    .describe('Changes the opening balance, so that the ledger has the balance that the file states.'),
  saveProfileAs: label.optional().describe('Keeps the profile of a table for the next file with the same columns, under this name.'),
})
nameSchemas({ ImportReading: importReading })
export type Reading = z.output<typeof importReading>

const workingColumns = ['status', 'reading', 'workingSince', 'failure'] as const
/** The writes of storing the rows of an import. */
export const storingWrites = [
  updates(importTable, [...workingColumns, 'accounts', 'newCount', 'duplicateCount', 'rejectedCount', 'committedAt', 'version']),
  deletes(importParts),
  inserts(transactions),
  inserts(investmentTransactions),
  inserts(transactionSplits),
  inserts(transactionCategories),
  inserts(profileTable),
  updates(profileTable, ['name', 'profile', 'version']),
  updates(accountTable, ['openingBalance', 'mask', 'numberHash', 'version']),
  ...ruleWrites,
]

/** The writes of removing the transactions of an import. */
export const undoingWrites = [
  ...lotWrites,
  updates(importTable, [...workingColumns, 'undoneAt', 'version']),
  updates(accountTable, ['openingBalance', 'version']),
  ...decisionWrites,
]

const heavy = { timeoutSeconds: 29, memoryMegabytes: 3008, requestsPerSecond: heavyRequestsPerSecond } as const

export const importsDeclarations = {
  'list-imports': lists(imports),
  'get-import': gets(imports),
  'create-import': creates(imports, {
    description:
      'Begins an import. Then send the bytes of the file in parts, look at the preview, and commit it. Formats: OFX, QFX, QIF, CSV with any delimiter, and JSON in the form of Plaid.',
    body: z.strictObject(importFields),
    example: { body: { householdId: '01990000-0000-7000-8000-000000000001', fileName: 'checking.csv', sizeBytes: 1024 } },
  }),
  'delete-import': removes(imports, {
    description: 'Removes an open import and its file. A committed import can be undone instead.',
    refuses: [409],
    writes: [deletes(importParts)],
  }),
  'store-import-part': {
    method: 'PUT',
    path: '/v1/wealth/imports/{importId}/parts/{part}',
    summary: 'Send a part of a file',
    description: `At most ${partLimitBytes} bytes, from part 0 on. The same part again replaces it.`,
    access: 'write',
    backends: database,
    params: z.strictObject({
      ...importPath.shape,
      part: wholeNumberText(z.int().min(0).max(63)).describe('The number of the part, from 0.'),
    }),
    bulkBody: { mediaTypes: ['application/octet-stream'], limitBytes: partLimitBytes },
    refuses: [409],
    writes: [inserts(importParts), updates(importParts, ['bytes'])],
    responses: { 204: reply('Stored.') },
    memoryMegabytes: 1024,
  },
  'preview-import': {
    method: 'POST',
    path: '/v1/wealth/imports/{importId}/preview',
    summary: 'Preview an import',
    description:
      'Reads the whole file and says what would be stored, what the ledger already has and why, and which rows cannot be read. Stores nothing in the ledger.',
    access: 'write',
    backends: database,
    params: importPath,
    body: importReading,
    refuses: [409],
    writes: [
      updates(importTable, [
        ...workingColumns,
        'format',
        'institutionName',
        'contentHash',
        'newCount',
        'duplicateCount',
        'rejectedCount',
        'version',
      ]),
    ],
    responses: { 200: reply('The preview.', importPreview) },
    example: { body: {} },
    ...heavy,
  },
  'commit-import': {
    method: 'POST',
    path: '/v1/wealth/imports/{importId}/commit',
    summary: 'Commit an import',
    description:
      'Stores the new rows of the file, all or none, as the preview showed them. Those of a large file are stored after the answer, which is a 202. If the ledger has changed so that other rows are new, the answer is a 409: look at the preview again.',
    access: 'write',
    backends: ['database', 'ledger-work'],
    params: importPath,
    body: importReading,
    ifMatch: 'required',
    refuses: [409],
    writes: storingWrites,
    responses: {
      200: reply('The import.', importAnswer),
      202: reply('The import, `storing`. Get it to see when it is `committed`, or `open` again with the reason.', importAnswer),
    },
    ...heavy,
  },
  'undo-import': {
    method: 'POST',
    path: '/v1/wealth/imports/{importId}/undo',
    summary: 'Undo an import',
    description:
      'Removes all of its transactions from the ledger, with what was added to them since, and gives the opening balances back. The other sides of confirmed transfers get their category of before. Those of a large import are removed after the answer, which is a 202.',
    access: 'write',
    backends: ['database', 'ledger-work'],
    params: importPath,
    ifMatch: 'required',
    refuses: [409],
    writes: undoingWrites,
    responses: {
      200: reply('The import.', importAnswer),
      202: reply('The import, `undoing`. Get it to see when it is `undone`, or `committed` again with the reason.', importAnswer),
    },
    timeoutSeconds: 29,
  },
  'list-import-profiles': lists(importProfiles),
  'get-import-profile': gets(importProfiles),
  'delete-import-profile': removes(importProfiles),
} as const
