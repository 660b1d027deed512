import { InvokeStore, InvokeStoreBase } from '@aws/lambda-invoke-store'
import type { Context } from 'aws-lambda'
import { handlerPath } from '../lambdas/runtime/handler-path.ts'

/** The first use of the store in a process decides its kind, and clients of AWS use it too: this one must exist before their first call. */
const store = await InvokeStore.getInstanceAsync(true)

type Invoke<Event, Result> = (event: Event, context: Context) => Promise<Result>

/**
 * Loads the handler of a route, job or task from its source. One process runs many invocations at the same time, so each has a store of its
 * own, as in a Lambda function with concurrent invocations. The logger keeps there what it adds to the lines of an invocation.
 */
export const loadHandler = async <Event, Result>(unit: {
  readonly domain: string
  readonly name: string
}): Promise<Invoke<Event, Result>> => {
  // Makes the logger use the store. Lambda sets it too.
  process.env['AWS_LAMBDA_MAX_CONCURRENCY'] = '64'
  const { href } = new URL(`../lambdas/${handlerPath(unit)}.ts`, import.meta.url)
  const { handler } = (await import(href)) as { handler: Invoke<Event, Result> }
  return (event, context) => store.run({ [InvokeStoreBase.PROTECTED_KEYS.REQUEST_ID]: context.awsRequestId }, () => handler(event, context))
}
