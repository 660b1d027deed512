import { problemPage } from '../../documentation/problem-page.ts'
import { problemCodes } from '../../runtime/problem-codes.ts'
import { notFound } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { operationsRoutes } from '../routes.ts'

export const handler = serve(operationsRoutes['get-problem'], async ({ params }) => {
  const code = problemCodes.find(known => known === params.code)
  if (code === undefined) throw notFound('problem')
  return ok(problemPage(code))
})
