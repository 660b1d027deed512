import type { Constraints } from '../constraint.ts'

export const identityConstraints: Constraints = {
  household_invitations_accepted_or_revoked: null,
  household_invitations_open_key: null,
  household_members_role_known: { field: 'role', message: 'must be a known role' },
  households_currency_iso: { field: 'currency', message: 'must be an ISO 4217 currency code, like USD' },
  people_investment_horizon: { field: 'investmentHorizon', message: 'must lie between 0 and 100 years' },
  people_kyc_status_known: { field: 'kycStatus', message: 'must be a known status' },
  people_kyc_verified_whole: null,
  people_member_fk: { field: 'userId', message: 'there is no such member of the household' },
  people_relationship_known: { field: 'relationship', message: 'must be a known relationship' },
  people_risk_tolerance: { field: 'riskTolerance', message: 'must lie between 0 and 1' },
  people_user_key: { field: 'userId', message: 'must be unique: the member is another person already' },
  preferences_currency_iso: { field: 'currency', message: 'must be an ISO 4217 currency code, like USD' },
  preferences_theme_known: { field: 'theme', message: 'must be a known theme' },
}
