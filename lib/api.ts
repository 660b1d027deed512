import { CfnOutput, Duration, Validations } from 'aws-cdk-lib'
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import {
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import type { Route } from '../lambdas/runtime/route.ts'
import { NesteggStack } from './constructs/nestegg-stack.ts'
import type { EnvironmentSettings } from './environments.ts'
import type { IdentityStack } from './identity.ts'

/**
 * A scope that only access tokens of Cognito have. API Gateway accepts a token if its `aud` or `client_id` is the audience, so it
 * would also accept ID tokens. Requiring this scope refuses them.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export const accessTokenScope = 'aws.cognito.signin.user.admin'

const accessLogFormat = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTime',
  sourceIp: '$context.identity.sourceIp',
  routeKey: '$context.routeKey',
  status: '$context.status',
  responseLengthBytes: '$context.responseLength',
  responseLatencyMilliseconds: '$context.responseLatency',
  integrationLatencyMilliseconds: '$context.integrationLatency',
  subject: '$context.authorizer.claims.sub',
  authorizerError: '$context.authorizer.error',
  integrationError: '$context.integrationErrorMessage',
})

/** The HTTP API: its authorizer, its stage, its access log. The routes are in the stacks of their domains. */
export class ApiStack extends NesteggStack {
  readonly httpApi: HttpApi
  private readonly authorizer: HttpJwtAuthorizer

  constructor(scope: Construct, id: string, props: { readonly settings: EnvironmentSettings; readonly identity: IdentityStack }) {
    const { settings, identity } = props
    super(scope, id, { settings, description: 'The HTTP API, its authorizer and its stage' })
    const { allowedOrigins, requestsPerSecond, burstRequests } = settings.api
    this.httpApi = new HttpApi(this, 'HttpApi', {
      apiName: `nestegg-${settings.name}`,
      createDefaultStage: false,
      corsPreflight:
        allowedOrigins.length === 0
          ? undefined
          : {
              allowOrigins: [...allowedOrigins],
              allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST, CorsHttpMethod.PATCH, CorsHttpMethod.PUT, CorsHttpMethod.DELETE],
              allowHeaders: ['authorization', 'content-type', 'idempotency-key', 'if-match'],
              exposeHeaders: ['etag', 'location'],
              maxAge: Duration.hours(1),
            },
    })
    const accessLog = new LogGroup(this, 'AccessLog', { retention: settings.logRetention, removalPolicy: settings.removalPolicy })
    new HttpStage(this, 'Stage', {
      httpApi: this.httpApi,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: requestsPerSecond, burstLimit: burstRequests },
      accessLogSettings: { destination: new LogGroupLogDestination(accessLog), format: AccessLogFormat.custom(accessLogFormat) },
    })
    this.authorizer = new HttpJwtAuthorizer('Authorizer', identity.userPool.userPoolProviderUrl, {
      jwtAudience: [identity.client.userPoolClientId],
    })
    this.exportValues(this.httpApi.apiId)
    new CfnOutput(this, 'Url', { value: this.httpApi.apiEndpoint })
  }

  /** Connects a route to its function, in the template of the given stack. All routes except public ones require an access token. */
  addRoute(scope: Construct, route: Route, handler: IFunction): HttpRoute {
    const isPublic = route.access === 'public'
    const httpRoute = new HttpRoute(scope, 'Route', {
      httpApi: this.httpApi,
      routeKey: HttpRouteKey.with(route.path, HttpMethod[route.method]),
      integration: new HttpLambdaIntegration('Integration', handler),
      ...(isPublic ? {} : { authorizer: this.authorizer, authorizationScopes: [accessTokenScope] }),
    })
    if (isPublic) {
      Validations.of(httpRoute).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason: 'Declared public in the route table: its callers have no token yet, or it shows no data of a user.',
      })
    }
    return httpRoute
  }
}
