import { listing } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { portfolioVersions } from '../resources/portfolios.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['list-portfolio-versions'], listing(portfolioVersions))
