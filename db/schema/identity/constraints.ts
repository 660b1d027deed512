import type { Constraints } from '../constraint.ts'

export const identityConstraints: Constraints = {
  households_currency_iso: { field: 'currency', message: 'must be an ISO 4217 currency code, like USD' },
  preferences_currency_iso: { field: 'currency', message: 'must be an ISO 4217 currency code, like USD' },
  preferences_theme_known: { field: 'theme', message: 'must be a known theme' },
}
