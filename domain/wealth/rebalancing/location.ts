import type { TaxTreatment } from './terms.ts'

const income: readonly TaxTreatment[] = ['tax_deferred', 'tax_free', 'taxable']
const growth: readonly TaxTreatment[] = ['tax_free', 'taxable', 'tax_deferred']
const creditable: readonly TaxTreatment[] = ['taxable', 'tax_free', 'tax_deferred']

/**
 * Where usual asset classes are held best. Interest and the dividends of real estate trusts are ordinary income (IRC 61, 199A), so they go to accounts that
 * defer it. What is expected to grow most goes where growth is never taxed. The credit for taxes of other countries (IRC 901) and the exemption of municipal
 * interest (IRC 103) exist only in taxable accounts. A class that is not named is equally good everywhere.
 */
export const usualLocation: Readonly<Record<string, readonly TaxTreatment[]>> = {
  bonds: income,
  us_bonds: income,
  international_bonds: income,
  inflation_linked_bonds: income,
  real_estate: income,
  commodities: income,
  stocks: growth,
  us_stocks: growth,
  emerging_market_stocks: growth,
  international_stocks: creditable,
  municipal_bonds: creditable,
  cash: creditable,
}
