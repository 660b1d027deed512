import { getting } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { transactions } from '../resources/transactions.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['get-transaction'], getting(transactions))
