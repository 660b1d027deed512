import { CfnOutput, Duration, Validations } from 'aws-cdk-lib'
import { CorsHttpMethod, HttpApi, HttpMethod, HttpRoute, HttpRouteKey } from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import { exposedHeaders, requestHeaders } from '../lambdas/runtime/cross-origin.ts'
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

/** The HTTP API and its authorizer. The routes are in the stacks of their domains; the stage comes after them. */
export class ApiStack extends NesteggStack {
  readonly httpApi: HttpApi
  /** The domain of API Gateway itself. */
  readonly directDomain: string
  private readonly authorizer: HttpJwtAuthorizer

  constructor(scope: Construct, id: string, props: { readonly settings: EnvironmentSettings; readonly identity: IdentityStack }) {
    const { settings, identity } = props
    super(scope, id, { settings, description: 'The HTTP API and its authorizer' })
    const { allowedOrigins } = settings.api
    this.httpApi = new HttpApi(this, 'HttpApi', {
      apiName: `nestegg-${settings.name}`,
      createDefaultStage: false,
      // Stated also if it is open: without the property, an API that was closed could stay closed.
      disableExecuteApiEndpoint: settings.front?.directAddress === 'closed',
      corsPreflight:
        allowedOrigins.length === 0
          ? undefined
          : {
              allowOrigins: [...allowedOrigins],
              allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST, CorsHttpMethod.PATCH, CorsHttpMethod.PUT, CorsHttpMethod.DELETE],
              allowHeaders: [...requestHeaders],
              exposeHeaders: [...exposedHeaders],
              maxAge: Duration.hours(1),
            },
    })
    this.authorizer = new HttpJwtAuthorizer('Authorizer', identity.userPool.userPoolProviderUrl, {
      jwtAudience: [identity.client.userPoolClientId],
    })
    this.exportValues(this.httpApi.apiId)
    this.directDomain = `${this.httpApi.apiId}.execute-api.${this.region}.${this.urlSuffix}`
    new CfnOutput(this, 'DirectUrl', { value: `https://${this.directDomain}` })
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
