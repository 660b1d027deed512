import type { Constraints } from '../constraint.ts'

export const identityConstraints: Constraints = {
  household_invitations_accepted_or_revoked: null,
  household_invitations_open_key: null,
  household_members_role_known: { field: 'role', message: 'must be a known role' },
  households_currency_iso: { field: 'currency', message: 'must be an ISO 4217 currency code, like USD' },
  preferences_currency_iso: { field: 'currency', message: 'must be an ISO 4217 currency code, like USD' },
  preferences_theme_known: { field: 'theme', message: 'must be a known theme' },
}
