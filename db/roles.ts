/** The purposes of functions that are called over the Data API, each with a role of its own. A role may execute its functions only. */
export const functionRoles = {
  /** Mirrors the events of Cognito, also for callers who are not signed in. */
  identity: 'nestegg_identity',
  invitations: 'nestegg_invitations',
  /** Large runs. */
  runs: 'nestegg_runs',
  /** Seals the audit trail and records its anchors. */
  audit: 'nestegg_audit',
  /** Synchronises with Plaid, and keeps access tokens and credentials. */
  wealth: 'nestegg_wealth',
} as const
export type FunctionPurpose = keyof typeof functionRoles
export type FunctionRole = (typeof functionRoles)[FunctionPurpose]

/**
 * The login roles of the database. `nestegg_owner` owns everything and runs migrations only. `nestegg_write`, `nestegg_read` and
 * `nestegg_operator` are under row-level security. `nestegg_backup` reads all rows and changes none. `nestegg_public` and the roles of functions access no table.
 */
export const databaseRoles = [
  'nestegg_owner',
  'nestegg_write',
  'nestegg_read',
  'nestegg_public',
  'nestegg_operator',
  'nestegg_backup',
  ...Object.values(functionRoles),
] as const
export type DatabaseRole = (typeof databaseRoles)[number]

const roleOfAccess = { public: 'nestegg_public', read: 'nestegg_read', write: 'nestegg_write', admin: 'nestegg_operator' } as const

/** The role with which a route's function connects: the function of a GET cannot write, even if its code is wrong. */
export const databaseRoleFor = (access: keyof typeof roleOfAccess): DatabaseRole => roleOfAccess[access]
