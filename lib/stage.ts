import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import { type CfnStage, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import type { Route } from '../lambdas/runtime/route.ts'
import type { ApiStack } from './api.ts'
import { NesteggStack } from './constructs/nestegg-stack.ts'
import { OriginDomain } from './constructs/origin-domain.ts'
import type { EnvironmentSettings } from './environments.ts'
import type { RoutesStack } from './routes.ts'

const accessLogFormat = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTime',
  domainName: '$context.domainName',
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

export interface StageStackProps {
  readonly settings: EnvironmentSettings
  readonly api: ApiStack
  readonly routes: readonly Route[]
  readonly routesStacks: readonly RoutesStack[]
}

/**
 * The stage of the API: its throttles, its access log, and its domain for the front. API Gateway refuses the throttle of a route that does
 * not exist yet, so the stage is deployed after all routes. At a first deployment, the API answers once all of it is there.
 */
export class StageStack extends NesteggStack {
  constructor(scope: Construct, id: string, { settings, api, routes, routesStacks }: StageStackProps) {
    super(scope, id, { settings, description: 'The stage of the API: throttles, the access log, the domain for the front' })
    for (const stack of routesStacks) this.addStackDependency(stack, 'The stage throttles the routes')
    const { requestsPerSecond, burstRequests } = settings.api
    const accessLog = new LogGroup(this, 'AccessLog', { retention: settings.logRetention, removalPolicy: settings.removalPolicy })
    const stage = new HttpStage(this, 'Stage', {
      httpApi: api.httpApi,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: requestsPerSecond, burstLimit: burstRequests },
      accessLogSettings: { destination: new LogGroupLogDestination(accessLog), format: AccessLogFormat.custom(accessLogFormat) },
    })
    const resource = stage.node.defaultChild as CfnStage
    resource.routeSettings = Object.fromEntries(
      routes.flatMap(({ method, path, requestsPerSecond: own }) =>
        own === undefined
          ? []
          : [
              [
                `${method} ${path}`,
                { ThrottlingRateLimit: Math.min(own, requestsPerSecond), ThrottlingBurstLimit: Math.min(2 * own, burstRequests) },
              ],
            ],
      ),
    )
    if (settings.front) new OriginDomain(this, 'Origin', { front: settings.front, stage })
  }
}
