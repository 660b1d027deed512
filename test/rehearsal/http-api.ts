import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { Deployed, DeployedFunction } from './deployed.ts'

const routeSchema = z.strictObject({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string().regex(/^integrations\//),
  AuthorizationType: z.enum(['NONE', 'JWT']),
  AuthorizerId: z.string().optional(),
  AuthorizationScopes: z.array(z.string()).optional(),
})
const integrationSchema = z.strictObject({
  ApiId: z.string(),
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
})
const authorizerSchema = z.strictObject({
  ApiId: z.string(),
  Name: z.string(),
  AuthorizerType: z.literal('JWT'),
  IdentitySource: z.tuple([z.literal('$request.header.Authorization')]),
  JwtConfiguration: z.strictObject({ Audience: z.array(z.string()).min(1), Issuer: z.url() }),
})

export type Claims = Readonly<Record<string, unknown>>

interface Authorizer {
  readonly issuer: string
  readonly audience: readonly string[]
  readonly scopes: readonly string[]
}

/** A route of the template with the function of its integration. */
export interface DeployedRoute {
  readonly routeKey: string
  readonly method: string
  readonly path: string
  readonly function: DeployedFunction
  /** Undefined for a route that everybody may call. */
  readonly authorizer: Authorizer | undefined
}

export interface ApiRequest {
  readonly params?: Readonly<Record<string, string>>
  /** With its question mark. */
  readonly query?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly cookies?: readonly string[]
  readonly body?: string
  /** The claims of the caller's token. */
  readonly claims?: Claims
}

/** The function with that ARN, or the one that an alias with that ARN leads to. */
const functionAt = ({ functions, resources }: Pick<Deployed, 'functions' | 'resources'>, uri: string | undefined) => {
  const alias = resources('AWS::Lambda::Alias').find(({ arn }) => arn === uri)
  return functions().find(({ arn, name }) => arn === uri || name === alias?.properties['FunctionName'])
}

/** The routes of the template's only HTTP API. */
export const deployedRoutes = (deployed: Pick<Deployed, 'functions' | 'resources'>): readonly DeployedRoute[] => {
  const integrations = new Map(
    deployed.resources('AWS::ApiGatewayV2::Integration').map(({ name, properties }) => [name, integrationSchema.parse(properties)]),
  )
  const authorizers = new Map(
    deployed.resources('AWS::ApiGatewayV2::Authorizer').map(({ name, properties }) => [name, authorizerSchema.parse(properties)]),
  )
  const [api, ...others] = deployed.resources('AWS::ApiGatewayV2::Api')
  if (api === undefined || others.length > 0) throw new Error('The template has not exactly one HTTP API.')
  return deployed.resources('AWS::ApiGatewayV2::Route').map(({ id, properties }) => {
    const route = routeSchema.parse(properties)
    const integration = integrations.get(route.Target.replace('integrations/', ''))
    const authorizer = route.AuthorizerId === undefined ? undefined : authorizers.get(route.AuthorizerId)
    const lambda = functionAt(deployed, integration?.IntegrationUri)
    if (integration === undefined || lambda === undefined) throw new Error(`The route ${id} has no integration with a function.`)
    if ((route.AuthorizationType === 'JWT') !== (authorizer !== undefined)) throw new Error(`The route ${id} has no authorizer.`)
    if ([route, integration, ...(authorizer ? [authorizer] : [])].some(({ ApiId }) => ApiId !== api.name)) {
      throw new Error(`The route ${id} belongs to another API.`)
    }
    const [method = '', path = ''] = route.RouteKey.split(' ')
    return {
      routeKey: route.RouteKey,
      method,
      path,
      function: lambda,
      authorizer: authorizer && {
        issuer: authorizer.JwtConfiguration.Issuer,
        audience: authorizer.JwtConfiguration.Audience,
        scopes: route.AuthorizationScopes ?? [],
      },
    }
  })
}

/**
 * The answer of a JWT authorizer to a token with a valid signature; undefined if it lets the request through. `client_id` counts only in
 * a token without `aud`.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export const refusalOf = ({ authorizer }: DeployedRoute, claims: Claims | undefined, now = Date.now() / 1000): 401 | 403 | undefined => {
  if (authorizer === undefined) return undefined
  if (claims === undefined) return 401
  const { aud, client_id: clientId, exp, iss, nbf, scope, scp } = claims
  const audiences = aud === undefined ? [clientId] : [aud].flat()
  const isKnown = iss === authorizer.issuer && audiences.some(each => authorizer.audience.includes(String(each)))
  if (!isKnown || Number(exp) <= now || Number(nbf ?? 0) > now) return 401
  const scopes = new Set(
    z
      .array(z.string())
      .parse([scope ?? scp ?? ''].flat())
      .flatMap(text => text.split(' ')),
  )
  return authorizer.scopes.length === 0 || authorizer.scopes.some(needed => scopes.has(needed)) ? undefined : 403
}

/** API Gateway passes every claim as text, and a list as `[a b]`. */
const claimText = (value: unknown): string => (Array.isArray(value) ? `[${value.join(' ')}]` : String(value))

/** The address of the viewer, and that of CloudFront, which API Gateway sees. */
export const viewerAddress = '198.51.100.7'
const sourceAddress = '192.0.2.1'

/**
 * The event that the HTTP API sends to the function of a route: payload format 2.0. With a front, the request comes through it.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const apiEvent = (
  { account, region, resources }: Pick<Deployed, 'account' | 'region' | 'resources'>,
  { authorizer, method, path, routeKey }: DeployedRoute,
  { body, claims = {}, cookies, headers = {}, params = {}, query = '' }: ApiRequest = {},
): object => {
  const rawPath = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined) throw new Error(`${routeKey} needs ${name}.`)
    return encodeURIComponent(value)
  })
  const search = new URLSearchParams(query)
  const names = [...new Set(search.keys())]
  const apiId = 'a1b2c3d4e5'
  const [domain] = resources('AWS::ApiGatewayV2::DomainName')
  const host = domain?.name ?? `${apiId}.execute-api.${region}.amazonaws.com`
  const now = new Date()
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString: query.replace(/^\?/, ''),
    ...(cookies === undefined ? {} : { cookies }),
    headers: {
      accept: '*/*',
      ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)), 'content-type': 'application/json' }),
      host,
      'user-agent': 'curl/8.5.0',
      'x-amzn-trace-id': 'Root=1-5e6722a7-cc56abcdef45db7ae02d4da47e',
      ...(domain === undefined ? {} : { 'true-client-ip': viewerAddress }),
      'x-forwarded-for': `${viewerAddress}, ${sourceAddress}`,
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
      ...headers,
    },
    ...(names.length === 0 ? {} : { queryStringParameters: Object.fromEntries(names.map(name => [name, search.getAll(name).join(',')])) }),
    requestContext: {
      accountId: account,
      apiId,
      ...(authorizer === undefined
        ? {}
        : {
            authorizer: {
              jwt: {
                claims: Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, claimText(value)])),
                scopes: authorizer.scopes,
              },
            },
          }),
      domainName: host,
      domainPrefix: host.split('.')[0],
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: sourceAddress, userAgent: 'curl/8.5.0' },
      requestId: randomUUID(),
      routeKey,
      stage: '$default',
      time: now.toUTCString(),
      timeEpoch: now.getTime(),
    },
    ...(Object.keys(params).length === 0 ? {} : { pathParameters: params }),
    ...(body === undefined ? {} : { body }),
    isBase64Encoded: false,
  }
}

/** The claims of a token of the local user pool, as the template's own pool would write them for its client. */
export const deployedClaims = ({ authorizer }: DeployedRoute, token: string): Claims => {
  const claims = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Claims
  return authorizer === undefined ? claims : { ...claims, iss: authorizer.issuer, client_id: authorizer.audience[0] }
}
