import { randomUUID } from 'node:crypto'
import type { Context, LambdaFunctionURLEvent } from 'aws-lambda'
import { lambdaContext } from '../../../local/api-event.ts'

export const operatorArn = 'arn:aws:sts::123456789012:assumed-role/nestegg-prod-operator/operator-1'

/**
 * A request in the form that the URL of a function with the authentication AWS_IAM gives to it. The form is that of the example in the Lambda
 * developer guide ("Invoking Lambda function URLs", request payload format).
 */
export const operatorEvent = (body: unknown, userArn: string | null = operatorArn): LambdaFunctionURLEvent => {
  const iam = {
    accessKey: 'ASIAIOSFODNN7EXAMPLE',
    accountId: '123456789012',
    callerId: 'AROAIOSFODNN7EXAMPLE:operator-1',
    cognitoIdentity: null,
    principalOrgId: 'o-example',
    userArn,
    userId: 'AROAIOSFODNN7EXAMPLE:operator-1',
  }
  const event = {
    version: '2.0',
    routeKey: '$default',
    rawPath: '/',
    rawQueryString: '',
    headers: { 'content-type': 'application/json', host: 'abcdefghij.lambda-url.us-east-1.on.aws' },
    requestContext: {
      accountId: '123456789012',
      apiId: 'abcdefghij',
      ...(userArn === null ? {} : { authorizer: { iam } }),
      domainName: 'abcdefghij.lambda-url.us-east-1.on.aws',
      domainPrefix: 'abcdefghij',
      http: { method: 'POST', path: '/', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'node' },
      requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
      routeKey: '$default',
      stage: '$default',
      time: '10/Mar/2020:00:03:59 +0000',
      timeEpoch: 1_583_798_639_428,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    isBase64Encoded: false,
  }
  return event
}

/** A request of a command, with an id of its own. */
export const commandRequest = (command: string, given: Record<string, unknown> = {}, requestId: string = randomUUID()) => ({
  requestId,
  command,
  arguments: given,
})

export const operatorContext: Context = {
  ...lambdaContext('run-command', 'request', 900),
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:run-command',
}
