import { ok, serve } from '../../runtime/serve.ts'
import { weighBar } from '../answer-size.ts'
import { presentBar } from '../present.ts'
import { readBarPage } from '../read-bar-page.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['list-bars'], async ({ query, transaction }) =>
  ok(await readBarPage(transaction, query, presentBar, weighBar)),
)
