import { Stack } from 'aws-cdk-lib'
import { describe, expect, it } from 'vitest'
import { databaseRoleFor } from '../../../db/roles.ts'
import { routes } from '../../../lambdas/routes.ts'
import type { Backend } from '../../../lambdas/runtime/backends.ts'
import type { Route } from '../../../lambdas/runtime/route.ts'
import type { EnvironmentName } from '../../../lib/deployment.ts'
import { environmentSettings } from '../../../lib/environments.ts'
import { stacksOf } from '../../../lib/routes.ts'
import { connectsAs, rightsOf } from '../policies.ts'
import { at, environment, handlerOf, only, type Resource, type Synthesized, synthesize } from '../synthesized.ts'

const keyOf = (route: Route): string => `${route.method} ${route.path}`

export const routeFacts = (name: EnvironmentName, synthesized: () => Synthesized): void => {
  const functionOf = (route: Route): Resource => handlerOf(synthesized(), route, `routes-${stacksOf([route])[0]!.name}`)

  /** A fact about the function of each route, by route id. */
  const ofRoutes = <Fact>(fact: (lambda: Resource, route: Route) => Fact): [string, Fact][] =>
    routes.map(route => [route.id, fact(functionOf(route), route)])
  const uses = ({ backends }: Route, backend: Backend): boolean => backends.includes(backend)

  describe('routes', () => {
    it('are those of the table, each once, as API Gateway writes them', () => {
      const keys = synthesized()
        .resources('AWS::ApiGatewayV2::Route')
        .map(({ properties }) => String(properties['RouteKey']))
      expect(keys.toSorted()).toEqual(routes.map(keyOf).toSorted())
      expect(new Set(keys).size).toBe(keys.length)
      expect(keys.filter(key => !/^(GET|POST|PATCH|PUT|DELETE) (\/([a-z0-9.-]+|\{[a-zA-Z]+\}))+$/.test(key))).toEqual([])
    })

    it('require an access token, except the public ones', () => {
      const { id, properties } = only(synthesized().resources('AWS::ApiGatewayV2::Authorizer'))
      expect(properties).toMatchObject({ AuthorizerType: 'JWT', IdentitySource: ['$request.header.Authorization'] })
      expect(JSON.stringify(at(properties, 'JwtConfiguration', 'Issuer'))).toContain('ProviderURL')
      expect(at(properties, 'JwtConfiguration', 'Audience')).toEqual([expect.anything()])

      const authorizer = expect.stringContaining(id)
      const guarded = ['JWT', ['aws.cognito.signin.user.admin'], { 'Fn::ImportValue': authorizer }]
      const found = synthesized()
        .resources('AWS::ApiGatewayV2::Route')
        .map(({ properties: { RouteKey, ...each } }) => [
          RouteKey,
          [each['AuthorizationType'], each['AuthorizationScopes'], each['AuthorizerId']],
        ])
      expect(Object.fromEntries(found)).toEqual(
        Object.fromEntries(routes.map(route => [keyOf(route), route.access === 'public' ? ['NONE', undefined, undefined] : guarded])),
      )
    })

    it('connect to the database with the role of their access only', () => {
      expect(ofRoutes(lambda => connectsAs(synthesized(), lambda))).toEqual(
        ofRoutes((_, route) => (uses(route, 'database') ? [databaseRoleFor(route.access)] : [])),
      )
    })

    it('with a GET connect as nestegg_read, except those of operators and public ones', () => {
      const readers = routes.filter(route => route.method === 'GET' && route.access === 'read' && uses(route, 'database'))
      expect(readers).not.toEqual([])
      expect(readers.flatMap(route => connectsAs(synthesized(), functionOf(route)))).toEqual(readers.map(() => 'nestegg_read'))
    })

    it('use the Data API with the secrets of their purposes only', () => {
      const secretOf: Partial<Record<Backend, string>> = {
        'identity-functions': 'IdentityFunctionsSecret',
        'invitation-functions': 'InvitationFunctionsSecret',
        'run-functions': 'RunFunctionsSecret',
        'audit-functions': 'AuditFunctionsSecret',
        'wealth-functions': 'WealthFunctionsSecret',
        ...(environmentSettings(name).plaid ? { plaid: 'PlaidKeys' } : {}),
      }
      const expected = ({ backends }: Route) =>
        backends.flatMap(backend => secretOf[backend] ?? []).map(name => expect.stringContaining(name) as string)
      const secretsOf = (lambda: Resource): string[] =>
        rightsOf(synthesized(), lambda)
          .filter(each => each.actions.includes('secretsmanager:GetSecretValue'))
          .flatMap(each => each.resources)
      expect(ofRoutes(secretsOf)).toEqual(ofRoutes((_, route) => expected(route)))
    })

    it('may start the state machine of large runs only, and only if they declare it', () => {
      const { id } = only(synthesized().resources('AWS::StepFunctions::StateMachine', 'simulation'))
      const started = (lambda: Resource): string[] =>
        rightsOf(synthesized(), lambda).flatMap(({ actions, resources }) =>
          actions.some(action => action.startsWith('states:')) ? [...actions, ...resources] : [],
        )
      const granted = ['states:StartExecution', expect.stringMatching(new RegExp(`^\\{"Fn::ImportValue":.*${id}`))]
      expect(ofRoutes(started)).toEqual(ofRoutes((_, route) => (uses(route, 'simulation-fan-out') ? granted : [])))
    })

    it('have the throttle of the environment, and a lower one if they declare it, after they exist', () => {
      const { DefaultRouteSettings, RouteSettings } = only(synthesized().resources('AWS::ApiGatewayV2::Stage', 'stage')).properties
      const stage = { ThrottlingRateLimit: expect.any(Number), ThrottlingBurstLimit: expect.any(Number) }
      expect(DefaultRouteSettings).toEqual(stage)
      const own = routes.filter(({ requestsPerSecond }) => requestsPerSecond !== undefined)
      // Nobody signs in for these, and each costs a mail, an attempt to guess a password, or seconds of a processor.
      expect(own.map(({ id }) => id)).toEqual(
        expect.arrayContaining(['identity/create-sign-up', 'identity/create-session', 'planning/create-run']),
      )
      const rate = (settings: unknown) => Number(at(settings, 'ThrottlingRateLimit'))
      const expected = own.map(route => [keyOf(route), Math.min(route.requestsPerSecond!, rate(DefaultRouteSettings))])
      expect(Object.entries(RouteSettings as object).map(([key, settings]) => [key, rate(settings)])).toEqual(expected)
      const stack = synthesized()
        .app.node.children.filter(child => child instanceof Stack)
        .find(({ stackName }) => stackName.endsWith('-stage'))
      const before = stack!.dependencies.map(({ stackName }) => stackName.replace(/^nestegg-\w+?-/, ''))
      expect(before).toEqual(expect.arrayContaining(['routes-identity', 'routes-market', 'routes-operations', 'routes-planning']))
    })

    it('keep their resources when their handler gets another name', () => {
      const renamed = routes.filter(({ domain }) => domain === 'operations').map(route => ({ ...route, name: `${route.name}-again` }))
      const changed = synthesize('dev', { routes: renamed, jobs: [] }).templates.get('routes-operations')!
      const before = environment('dev').templates.get('routes-operations')!
      expect(Object.keys(changed.Resources)).toEqual(Object.keys(before.Resources))
    })

    it('answer within the 29 seconds that API Gateway waits', () => {
      expect(ofRoutes(({ properties }) => properties['Timeout'])).toEqual(ofRoutes((_, { timeoutSeconds = 29 }) => timeoutSeconds))
      expect(routes.filter(({ timeoutSeconds = 29 }) => timeoutSeconds > 29)).toEqual([])
    })

    it('are deployed after the database is migrated', () => {
      const dependents = synthesized()
        .app.node.children.filter(child => child instanceof Stack)
        .filter(stack => /-(routes-[\w-]+|operations|simulation)$/.test(stack.stackName))
      expect(dependents.length).toBeGreaterThan(2)
      const waiting = dependents.filter(stack => stack.dependencies.some(({ stackName }) => stackName.endsWith('-database')))
      expect(waiting).toEqual(dependents)
    })
  })
}
