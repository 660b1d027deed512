import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import { fingerprintOf } from '../../domain/wealth/index.ts'
import { grouped, median, milliseconds, perSecond } from './measure.ts'
import type { BenchPlatform } from './platform.ts'

const rowCount = 100_000
const rounds = 5

export interface BenchRow {
  readonly date: string
  readonly description: string
  readonly amount: string
}

/** Transactions of ten years of a household that pays with a card: some equal ones on a day. */
const benchRows = (): BenchRow[] =>
  Array.from({ length: rowCount }, (_, index) => ({
    date: new Date(Date.UTC(2016, 0, 1) + Math.floor(index / 27) * 86_400_000).toISOString().slice(0, 10),
    description: `CARD PURCHASE SHOP ${(index * 7919) % 4001} SPRINGFIELD`,
    amount: (-((index * 104_729) % 20_000) / 100 - 0.01).toFixed(2),
  }))

export const makeAccount = async ({ administrator }: BenchPlatform, householdId: string): Promise<string> => {
  const [row] = await administrator<{ id: string }[]>`
    insert into wealth.accounts (household_id, name, type, balance_source) values (${householdId}, 'Card', 'credit_card', 'ledger') returning id`
  return row!.id
}

/** COPY of the same rows, with what the import computes, into the same table. */
export const copyRows = async ({ administrator }: BenchPlatform, householdId: string, accountId: string, rows: readonly BenchRow[]) => {
  const occurrences = new Map<string, number>()
  const lines = rows.map(row => {
    const fingerprint = fingerprintOf({ ...row, type: 'cash' })
    const occurrence = (occurrences.get(fingerprint) ?? 0) + 1
    occurrences.set(fingerprint, occurrence)
    return `${householdId},${accountId},cash,${row.date},${row.amount},${row.description},import,${fingerprint},${occurrence}\n`
  })
  const [made] = await administrator<{ id: string }[]>`
    insert into wealth.imports (household_id, file_name, size_bytes) values (${householdId}, 'copy', 1) returning id`
  const text = lines.map(line => `${made!.id},${line}`).join('')
  // The triggers that keep the totals act for a household.
  const elapsed = await milliseconds(() =>
    administrator.begin(async transaction => {
      const identity = { householdId, requestId: 'bench', route: 'bench' }
      await transaction`select operations.begin_household_work(${JSON.stringify(identity)}::text::jsonb)`
      const sink = await transaction`
        copy wealth.transactions (import_id, household_id, account_id, type, date, amount, description, source, fingerprint, occurrence)
        from stdin (format csv)`.writable()
      await pipeline(Readable.from([text]), sink)
    }),
  )
  return elapsed
}

/** Imports the rows over HTTP, as the page does. The work that follows is not a part of it. */
export const importRows = async (platform: BenchPlatform, householdId: string, accountId: string, rows: readonly BenchRow[]) => {
  const { token, url } = platform
  const file = new TextEncoder().encode(
    `Date,Description,Amount\n${rows.map(row => `${row.date},${row.description},${row.amount}\n`).join('')}`,
  )
  const send = async (method: string, path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}/v1/wealth/imports${path}`, {
      method,
      body,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`)
    return text === '' ? {} : JSON.parse(text)
  }
  const { id } = await send('POST', '', JSON.stringify({ householdId, fileName: 'card.csv', sizeBytes: file.length }))
  const partBytes = 4_194_304
  const sent = await milliseconds(async () => {
    for (let part = 0; part * partBytes < file.length; part += 1)
      await send('PUT', `/${id}/parts/${part}`, file.slice(part * partBytes, (part + 1) * partBytes), {
        'content-type': 'application/octet-stream',
      })
  })
  const body = JSON.stringify({ accounts: [{ key: '*', accountId }] })
  let version = 0
  const previewed = await milliseconds(async () => {
    const preview = await send('POST', `/${id}/preview`, body)
    version = preview.import.version
    if (preview.import.newCount !== rows.length) throw new Error(`The preview has ${preview.import.newCount} new rows.`)
  })
  const committed = await milliseconds(async () => {
    await send('POST', `/${id}/commit`, body, { 'if-match': `"v${version}"` })
  })
  return { importId: id as string, sent, previewed, committed }
}

/** Import of a file with 100,000 rows, from its bytes to the ledger, against COPY of the same rows into the same table. */
export const timeImport = async (platform: BenchPlatform): Promise<void> => {
  const household = (await platform.ask('POST', '/v1/identity/households', {
    body: JSON.stringify({ name: 'Bench', timezone: 'UTC' }),
    mediaType: 'application/json',
  })) as { id: string }
  const rows = benchRows()
  const copies: number[] = []
  const imports: { sent: number; previewed: number; committed: number }[] = []
  for (let round = 0; round <= rounds; round += 1) {
    const copied = await copyRows(platform, household.id, await makeAccount(platform, household.id), rows)
    const imported = await importRows(platform, household.id, await makeAccount(platform, household.id), rows)
    // The first round is for warm-up.
    if (round > 0) {
      copies.push(copied)
      imports.push(imported)
    }
  }
  const copy = median(copies)
  const commit = median(imports.map(({ committed, sent }) => committed + sent))
  const whole = median(imports.map(({ committed, previewed, sent }) => committed + previewed + sent))
  console.table({
    'COPY of the same rows (baseline)': { 'rows/s': grouped(perSecond(rowCount, copy)), 'of COPY': '100 %' },
    'import: send, parse, detect, compare, store': {
      'rows/s': grouped(perSecond(rowCount, commit)),
      'of COPY': `${((copy / commit) * 100).toFixed(0)} %`,
    },
    'the same with its preview': { 'rows/s': grouped(perSecond(rowCount, whole)), 'of COPY': `${((copy / whole) * 100).toFixed(0)} %` },
  })
}
