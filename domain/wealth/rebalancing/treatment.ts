import type { TaxType } from '../account-types.ts'
import type { TaxTreatment } from './terms.ts'

/** Tax types of which withdrawals, as a rule, are not taxed. */
const taxFree: ReadonlySet<TaxType> = new Set(['roth_ira', 'hsa', '529'])

/**
 * How gains in an account are taxed. Of a workplace plan, contributions can be of both kinds: it counts as deferred.
 * @param isAdvantaged whether gains in it are not taxed in the year of a sale
 */
export const treatmentOf = (taxType: TaxType | null, isAdvantaged: boolean): TaxTreatment => {
  if (!isAdvantaged) return 'taxable'
  return taxType !== null && taxFree.has(taxType) ? 'tax_free' : 'tax_deferred'
}
