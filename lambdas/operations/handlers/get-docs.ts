import type { ApiDocument } from '../../documentation/document.ts'
import { documentationPage } from '../../documentation/page.ts'
import { documentationPolicy } from '../../documentation/search-script.ts'
import { openApiDocument } from '../../openapi.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { operationsRoutes } from '../routes.ts'

export const handler = serve(operationsRoutes['get-docs'], async () => ({
  ...ok(documentationPage(openApiDocument() as unknown as ApiDocument)),
  headers: { 'content-security-policy': documentationPolicy },
}))
