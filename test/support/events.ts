import type { APIGatewayProxyEventV2WithJWTAuthorizer, Context } from 'aws-lambda'
import { lambdaContext } from '../../local/api-event.ts'
import type { HttpEvent } from '../../lambdas/runtime/request.ts'

export const requestId = 'JKJaXmPLvHcESHA='

/**
 * A request in the form that API Gateway gives to a function: payload format 2.0 of an HTTP API with a JWT authorizer. The form is that of
 * the example in the API Gateway developer guide ("Create AWS Lambda proxy integrations for HTTP APIs").
 */
export const gatewayEvent = (changes: Partial<APIGatewayProxyEventV2WithJWTAuthorizer> = {}, claims: Record<string, string> = {}) => {
  const event = {
    version: '2.0',
    routeKey: 'POST /v1/planning/trials/{trialId}',
    rawPath: '/v1/planning/trials/01990000-0000-7000-8000-000000000001',
    rawQueryString: 'parameter1=value1&parameter1=value2&parameter2=value',
    cookies: ['cookie1=a', 'cookie2=b'],
    headers: {
      accept: '*/*',
      authorization: 'Bearer header.payload.signature',
      'content-length': '17',
      'content-type': 'application/json; charset=utf-8',
      host: 'abcdefghij.execute-api.us-east-1.amazonaws.com',
      'user-agent': 'curl/8.5.0',
      'x-amzn-trace-id': 'Root=1-5e6722a7-cc56xmpl46db7ae02d4da47e',
      'x-forwarded-for': '192.0.2.1',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
    },
    queryStringParameters: { parameter1: 'value1,value2', parameter2: 'value' },
    pathParameters: { trialId: '01990000-0000-7000-8000-000000000001' },
    requestContext: {
      accountId: '123456789012',
      apiId: 'abcdefghij',
      authorizer: {
        principalId: '',
        integrationLatency: 0,
        jwt: {
          claims: {
            auth_time: '1583798639',
            client_id: 'client',
            'cognito:groups': '[admins readers]',
            exp: '1583798699',
            origin_jti: 'sign-in',
            sub: '11111111-2222-3333-4444-555555555555',
            token_use: 'access',
            ...claims,
          },
          scopes: [],
        },
      },
      domainName: 'abcdefghij.execute-api.us-east-1.amazonaws.com',
      domainPrefix: 'abcdefghij',
      http: {
        method: 'POST',
        path: '/v1/planning/trials/01990000-0000-7000-8000-000000000001',
        protocol: 'HTTP/1.1',
        sourceIp: '192.0.2.1',
        userAgent: 'curl/8.5.0',
      },
      requestId,
      routeKey: 'POST /v1/planning/trials/{trialId}',
      stage: '$default',
      time: '10/Mar/2020:00:03:59 +0000',
      timeEpoch: 1_583_798_639_428,
    },
    body: '{"text":"Grüezi"}',
    isBase64Encoded: false,
    ...changes,
  } satisfies APIGatewayProxyEventV2WithJWTAuthorizer
  return event as unknown as HttpEvent
}

export const context: Context = lambdaContext('planning-create-trial', requestId, 29)
