import { identityRoutes } from './identity/routes.ts'
import { marketRoutes } from './market/routes.ts'
import { operationsRoutes } from './operations/routes.ts'
import { planningRoutes } from './planning/routes.ts'
import type { Route } from './runtime/route.ts'
import { wealthRoutes } from './wealth/routes.ts'

/** Every route of the platform. API Gateway, the local gateway, the OpenAPI document and the tests are made from it. */
export const routes: readonly Route[] = [identityRoutes, planningRoutes, wealthRoutes, marketRoutes, operationsRoutes].flatMap(table =>
  Object.values<Route>(table),
)
