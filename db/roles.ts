/**
 * The login roles of the database. `nestegg_owner` owns everything and runs migrations only. `nestegg_write`, `nestegg_read` and
 * `nestegg_operator` are under row-level security. `nestegg_functions` may execute the functions for the Data API but access no table.
 */
export const databaseRoles = ['nestegg_owner', 'nestegg_write', 'nestegg_read', 'nestegg_operator', 'nestegg_functions'] as const
export type DatabaseRole = (typeof databaseRoles)[number]

/** The role with which a route's function connects: the function of a GET cannot write, even if its code is wrong. */
export const databaseRoleFor = (access: 'public' | 'read' | 'write' | 'admin'): DatabaseRole =>
  access === 'write' ? 'nestegg_write' : access === 'admin' ? 'nestegg_operator' : 'nestegg_read'
