import { type Indicator, indicators } from '../../../domain/market/index.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { marketRoutes } from '../routes.ts'

const described = Object.entries<Indicator>(indicators).map(([name, { convention, memory, outputs, parameters, title }]) => ({
  name,
  title,
  parameters,
  outputs,
  memory,
  convention: convention ?? null,
}))

export const handler = serve(marketRoutes['list-indicators'], async () => ok({ items: described }))
