import type { Construct } from 'constructs'
import { databaseRoleFor } from '../db/roles.ts'
import type { EnvironmentVariables } from '../lambdas/runtime/environment.ts'
import type { Domain, Route } from '../lambdas/runtime/route.ts'
import type { ApiStack } from './api.ts'
import { BackendFunction, domainCode } from './constructs/backend-function.ts'
import type { Backends } from './constructs/backends.ts'
import { functionErrorAlarms } from './constructs/function-alarms.ts'
import { GradualRelease } from './constructs/gradual-release.ts'
import { NesteggStack } from './constructs/nestegg-stack.ts'
import type { EnvironmentSettings } from './environments.ts'
import { type Front, originDomainOf, urlOf } from './front-settings.ts'
import type { OperationsStack } from './operations.ts'

/** API Gateway's limit for an integration. A later answer of the function is lost. */
const longestSeconds = 29

/**
 * From the method and the path: API Gateway takes a route key only once, and CloudFormation makes the new resources before it removes the old
 * ones. So a handler with a new name must keep the resources of its route.
 */
const constructIdOf = ({ method, path }: Route): string => `${method}${path.replaceAll(/[{}]/g, '').replaceAll(/[^A-Za-z0-9]+/g, '-')}`

/** What a function behind the front must know of it. */
const environmentBehind = (front: Front, { plaid }: EnvironmentSettings, { backends }: Route): EnvironmentVariables => ({
  FRONT_ORIGIN_DOMAIN: originDomainOf(front),
  ...(backends.includes('user-pool') ? { RELYING_PARTY_ID: front.domainName } : {}),
  ...(backends.includes('mail') || (plaid && backends.includes('plaid')) ? { FRONT_URL: urlOf(front) } : {}),
})

/**
 * The resources of a domain that have a stack of their own, because a stack has at most 500 resources and a route needs nine: by the name of
 * the stack, the first segments of their paths after the domain.
 */
const dividedDomains: Partial<Record<Domain, Readonly<Record<string, readonly string[]>>>> = {
  wealth: {
    ledger: ['transactions', 'transaction-categories', 'transfers', 'recurring-transactions', 'rules', 'rule-runs'],
    taxes: [
      'positions',
      'tax-lots',
      'lot-closings',
      'wash-sales',
      'wash-sale-watch',
      'lot-previews',
      'lot-elections',
      'identical-securities',
      'tax-years',
      'contribution-limits',
      'tax-reports',
      'broker-comparisons',
      'harvest-candidates',
      'unrealised-gains',
    ],
    portfolios: ['portfolios', 'performance', 'net-worth', 'data-health', 'security-classes'],
    files: ['imports', 'import-profiles', 'plaid'],
  },
}

/** The routes of one domain by the stack that has them. */
export const stacksOf = (routes: readonly Route[]): readonly { readonly name: string; readonly routes: readonly Route[] }[] => {
  const stacks = Map.groupBy(routes, ({ domain, path }) => {
    const segment = path.split('/')[3] ?? ''
    const part = Object.entries(dividedDomains[domain] ?? {}).find(([, segments]) => segments.includes(segment))?.[0]
    return part === undefined ? domain : `${domain}-${part}`
  })
  return [...stacks].map(([name, some]) => ({ name, routes: some }))
}

export interface RoutesStackProps {
  readonly domain: Domain
  readonly routes: readonly Route[]
  readonly backends: Backends
  readonly api: ApiStack
  readonly operations: OperationsStack
}

/** The routes of one domain: per route a function, with the rights for its access and its backends, and its API Gateway route. */
export class RoutesStack extends NesteggStack {
  constructor(scope: Construct, id: string, { domain, routes, backends, api, operations }: RoutesStackProps) {
    super(scope, id, { settings: backends.settings, description: `The routes of ${domain} and their functions` })
    this.addStackDependency(backends.database, 'The database is migrated before the code that needs it is deployed')
    const code = domainCode(backends.buildFolder, domain)
    const { front, gradualRelease, functionAlarms } = backends.settings
    const release = gradualRelease && new GradualRelease(this, 'Release', { settings: backends.settings, release: gradualRelease })
    const functions = routes.map(route => {
      const { timeoutSeconds = longestSeconds } = route
      if (timeoutSeconds > longestSeconds) {
        throw new Error(`The route ${route.id} may run for ${timeoutSeconds} s, but API Gateway waits for ${longestSeconds} s only.`)
      }
      if (route.method === 'GET' && route.access === 'write') {
        throw new Error(`The route ${route.id} is a GET with write access. A GET must not change data.`)
      }
      const handler = new BackendFunction(this, constructIdOf(route), {
        unit: { ...route, timeoutSeconds },
        description: `${route.method} ${route.path}: ${route.summary}`,
        role: databaseRoleFor(route.access),
        backends,
        code,
        ...(front ? { environment: environmentBehind(front, backends.settings, route) } : {}),
      })
      api.addRoute(handler, route, release?.aliasOf(handler) ?? handler.function)
      return handler.function
    })
    const alarms = functionAlarms
      ? functionErrorAlarms(this, {
          topic: operations.alarms,
          functions,
          summary: `Functions of ${domain} crash or time out.`,
          severity: 'page',
          runbook: 'functions-fail',
          threshold: 3,
        })
      : []
    release?.rollBackOn([...operations.releaseAlarms, ...alarms])
  }
}
