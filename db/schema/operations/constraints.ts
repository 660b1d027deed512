import type { Constraints } from '../constraint.ts'

export const operationsConstraints: Constraints = {
  data_retention_policies_action_known: { field: 'action', message: 'must be a known action' },
  data_retention_policies_period_positive: { field: 'retentionPeriodDays', message: 'must be at least 1' },
  data_retention_policies_status_known: null,
  data_retention_policies_name_key: { field: 'name', message: 'is the name of another policy' },
  legal_holds_of_one_owner: { field: 'userId', message: 'must be given, or householdId, and not both' },
  legal_holds_user_id_users_id_fk: { field: 'userId', message: 'there is no such user' },
  legal_holds_household_known: { field: 'householdId', message: 'there is no such household' },
}
