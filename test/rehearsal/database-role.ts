import { databaseRoleFor, type DatabaseRole } from '../../db/roles.ts'
import { jobs } from '../../lambdas/jobs.ts'
import { routes } from '../../lambdas/routes.ts'
import type { DeployedFunction } from './deployed.ts'

const routeRoles = new Map(routes.map(({ access, id }) => [id, databaseRoleFor(access)]))

/** The roles that the code of a function connects to the database as: `serve` takes it from the route, all others name it. */
export const databaseRolesOf = ({ domain, unit }: DeployedFunction): readonly DatabaseRole[] => {
  if (unit === 'apply-migrations') return ['nestegg_owner']
  // A command names its role, and is recorded as nestegg_operator.
  if (unit === 'run-command') return ['nestegg_operator', 'nestegg_owner', 'nestegg_backup']
  const job = jobs.find(({ id }) => id === `${domain}/${unit}`)
  if (job) return ['nestegg_operator', ...(job.alsoAs ?? [])]
  return [routeRoles.get(`${domain}/${unit}`) ?? 'nestegg_operator']
}
