import { describe, expect, it } from 'vitest'
import { databaseRoleFor } from '../../../db/roles.ts'
import { jobs } from '../../../lambdas/jobs.ts'
import { routes } from '../../../lambdas/routes.ts'
import type { Route } from '../../../lambdas/runtime/route.ts'
import { eventBridgeCron } from '../../../lib/constructs/cron.ts'
import { rightsOf } from '../policies.ts'
import { at, only, type Resource, type Synthesized } from '../synthesized.ts'

const keyOf = (route: Route): string => `${route.method} ${route.path}`

/** The database roles that a function may sign tokens for. */
const connectsAs = (synthesized: Synthesized, lambda: Resource): string[] =>
  rightsOf(synthesized, lambda)
    .filter(statement => statement.actions.some(action => action.startsWith('rds-db:') || action === '*'))
    .flatMap(statement => statement.resources.map(resource => /\/(\w+|\*)"/.exec(resource)?.[1] ?? resource))

export const routeFacts = (synthesized: () => Synthesized): void => {
  const handlerOf = (domain: string, name: string, stack: string): Resource =>
    only(
      synthesized()
        .resources('AWS::Lambda::Function', stack)
        .filter(
          ({ properties }) =>
            properties['Handler'] === `${name}.handler` && at(properties, 'Environment', 'Variables', 'POWERTOOLS_SERVICE_NAME') === domain,
        ),
    )
  const functionOf = (route: Route): Resource => handlerOf(route.domain, route.name, `routes-${route.domain}`)

  describe('routes', () => {
    it('are those of the table, each once, in API Gateway form', () => {
      const keys = synthesized()
        .resources('AWS::ApiGatewayV2::Route')
        .map(({ properties }) => String(properties['RouteKey']))
      expect(keys.toSorted()).toEqual(routes.map(keyOf).toSorted())
      expect(new Set(keys).size).toBe(keys.length)
      for (const key of keys) expect(key).toMatch(/^(GET|POST|PATCH|PUT|DELETE) (\/([a-z0-9.-]+|\{[a-zA-Z]+\}))+$/)
    })

    it('demand an access token, but for the public ones', () => {
      for (const route of routes) {
        const { properties } = only(
          synthesized()
            .resources('AWS::ApiGatewayV2::Route')
            .filter(each => each.properties['RouteKey'] === keyOf(route)),
        )
        if (route.access === 'public') {
          expect(properties, route.id).toMatchObject({ AuthorizationType: 'NONE' })
          expect(properties, route.id).not.toHaveProperty('AuthorizerId')
        } else {
          expect(properties, route.id).toMatchObject({
            AuthorizationType: 'JWT',
            AuthorizerId: expect.anything(),
            AuthorizationScopes: ['aws.cognito.signin.user.admin'],
          })
        }
      }
      const { properties } = only(synthesized().resources('AWS::ApiGatewayV2::Authorizer'))
      expect(properties).toMatchObject({ AuthorizerType: 'JWT', IdentitySource: ['$request.header.Authorization'] })
      expect(JSON.stringify(at(properties, 'JwtConfiguration', 'Issuer'))).toContain('ProviderURL')
      expect(at(properties, 'JwtConfiguration', 'Audience')).toHaveLength(1)
    })

    it('connect to the database in the role of their access and no other, a reader as nestegg_read', () => {
      for (const route of routes) {
        const expected = route.backends.includes('database') ? [databaseRoleFor(route.access)] : []
        expect(connectsAs(synthesized(), functionOf(route)), route.id).toEqual(expected)
        if (route.method === 'GET' && route.access !== 'admin' && expected.length > 0) expect(expected, route.id).toEqual(['nestegg_read'])
      }
    })

    it('run inside the VPC where they connect to the database, and outside of it otherwise', () => {
      for (const route of routes) {
        const { properties } = functionOf(route)
        expect('VpcConfig' in properties, route.id).toBe(route.backends.includes('database'))
        const variables = at(properties, 'Environment', 'Variables')
        expect(at(variables, 'DATABASE_HOST') !== undefined, route.id).toBe(route.backends.includes('database'))
        expect(at(variables, 'DATA_API_SECRET_ARN') !== undefined, route.id).toBe(route.backends.includes('database-functions'))
        expect(at(variables, 'USER_POOL_ID') !== undefined, route.id).toBe(route.backends.includes('user-pool'))
      }
    })

    it('reach the Data API with the secret of nestegg_functions alone', () => {
      for (const route of routes.filter(each => each.backends.includes('database-functions'))) {
        const rights = rightsOf(synthesized(), functionOf(route))
        expect(
          rights.filter(each => each.actions.includes('rds-data:ExecuteStatement')),
          route.id,
        ).toHaveLength(1)
        const secrets = rights.filter(each => each.actions.includes('secretsmanager:GetSecretValue')).flatMap(each => each.resources)
        expect(secrets, route.id).toEqual([expect.stringContaining('FunctionsSecret')])
      }
    })

    it('answer within the 29 seconds that API Gateway waits', () => {
      for (const route of routes) {
        const { properties } = functionOf(route)
        expect(properties['Timeout'], route.id).toBe(route.timeoutSeconds ?? 29)
        expect(properties['Timeout'], route.id).toBeLessThanOrEqual(29)
      }
    })

    it('are deployed after the database is migrated', () => {
      const stacks = [...synthesized().templates.keys()].filter(name => name.startsWith('routes-') || name === 'operations')
      for (const stack of synthesized().app.node.children) {
        const name = stack.node.id.replace(/^nestegg-\w+-/, '')
        if (!stacks.includes(name)) continue
        const dependencies: unknown = Reflect.get(stack, 'dependencies')
        expect(Array.isArray(dependencies) && dependencies.map(each => String(at(each, 'stackName'))), name).toContainEqual(
          expect.stringMatching(/-database$/),
        )
      }
    })
  })

  describe('jobs', () => {
    it('are scheduled by the table, start again when they fail, and leave their event in a queue', () => {
      const queue = only(synthesized().resources('AWS::SQS::Queue'))
      const schedules = synthesized().resources('AWS::Scheduler::Schedule')
      expect(schedules).toHaveLength(jobs.length)
      for (const job of jobs) {
        const lambda = handlerOf(job.domain, job.name, 'operations')
        const { properties } = only(schedules.filter(each => JSON.stringify(at(each.properties, 'Target', 'Arn')).includes(lambda.id)))
        expect(properties, job.id).toMatchObject({
          ScheduleExpression: eventBridgeCron(job.schedule),
          ScheduleExpressionTimezone: 'Etc/UTC',
          FlexibleTimeWindow: { Mode: 'FLEXIBLE' },
          Target: {
            DeadLetterConfig: { Arn: { 'Fn::GetAtt': [queue.id, 'Arn'] } },
            RetryPolicy: { MaximumRetryAttempts: 3 },
          },
        })
        const target = JSON.stringify({ 'Fn::GetAtt': [lambda.id, 'Arn'] })
        const starters = synthesized()
          .resources('AWS::IAM::Policy', 'operations')
          .filter(each => JSON.stringify(each.properties).includes(target))
        expect(starters, `${job.id} may be started`).toHaveLength(1)
      }
      expect(synthesized().resources('AWS::Lambda::EventInvokeConfig')).toHaveLength(jobs.length)
    })

    it('connect as nestegg_operator and may report their failure', () => {
      for (const job of jobs) {
        const lambda = handlerOf(job.domain, job.name, 'operations')
        expect(connectsAs(synthesized(), lambda), job.id).toEqual(job.backends.includes('database') ? ['nestegg_operator'] : [])
        expect(
          rightsOf(synthesized(), lambda).flatMap(each => each.actions),
          job.id,
        ).toContain('sqs:SendMessage')
      }
    })
  })
}
