import type { Transaction } from '../../db/database.ts'
import { type PriceFile, undoPriceFile } from '../../db/queries/market/price-files.ts'
import { notFound, Problem } from '../runtime/problem.ts'
import { priceFiles } from './resources.ts'

const shownSymbols = 10

/**
 * Undoes a price file, all or none of it.
 * @throws Problem 404 for an unknown file; 409 for one that is undone, or of which prices or actions have changed since
 */
export const undoFile = async (transaction: Transaction, fileId: string): Promise<PriceFile> => {
  const undone = await undoPriceFile(transaction, fileId)
  if ('file' in undone) return undone.file
  if ('changed' in undone) {
    const { changed } = undone
    const more = changed.length > shownSymbols ? ` and ${changed.length - shownSymbols} more` : ''
    throw new Problem(
      'price-file-changed',
      `Prices, dividends or splits of ${changed.slice(0, shownSymbols).join(', ')}${more} have changed since the file was stored. Nothing was undone: undo the later files first.`,
    )
  }
  if (undone.refused === 'missing') throw notFound(priceFiles.one)
  throw new Problem('price-file-undone', 'This price file is undone already.')
}
