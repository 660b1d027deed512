import { getting } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { portfolios } from '../resources/portfolios.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['get-portfolio'], getting(portfolios))
