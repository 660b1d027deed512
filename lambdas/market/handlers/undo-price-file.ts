import { ok, serve } from '../../runtime/serve.ts'
import { priceFiles } from '../resources.ts'
import { marketRoutes } from '../routes.ts'
import { undoFile } from '../undo-file.ts'

export const handler = serve(marketRoutes['undo-price-file'], async ({ params, transaction }) =>
  ok(priceFiles.present(await undoFile(transaction, params.priceFileId))),
)
