import { chainOfOwnRows, listOwnRows } from '../../../db/queries/operations/audit-rows.ts'
import { compareEntries, isSealIntact } from '../../../domain/operations/index.ts'
import { readCursor, writeCursor } from '../../runtime/pagination.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { operationsRoutes } from '../routes.ts'

const order = '-id'

const instantOf = (microseconds: string): string => new Date(Number(microseconds) / 1000).toISOString()

export const handler = serve(operationsRoutes['verify-own-audit-logs'], async ({ query, transaction }) => {
  const { cursor, from = null, limit, to = null } = query
  const before = readCursor(cursor, order)?.[1] ?? null
  const rows = await listOwnRows(transaction, { before, from, to }, limit + 1)
  const page = rows.slice(0, limit)
  const chain = await chainOfOwnRows(transaction, page)
  return ok({
    entries: compareEntries(page, chain).map(({ entry: { hash, id, timestamp }, ...found }) => ({ id, timestamp, hash, ...found })),
    seals: chain.seals.map(seal => ({
      number: seal.number,
      sealedAt: instantOf(seal.sealedAt),
      hash: seal.hash,
      previousHash: seal.previousHash,
      nextHash: seal.after,
      isIntact: isSealIntact(seal),
      anchor: seal.anchor && { key: seal.anchor.key, sealNumber: seal.anchor.sealNumber, anchoredAt: seal.anchor.anchoredAt },
    })),
    nextCursor: rows.length > limit ? writeCursor(order, [null, page.at(-1)!.id]) : null,
  })
})
