import { Stack } from 'aws-cdk-lib'
import { beforeAll, describe, expect, it } from 'vitest'
import { environmentSettings } from '../../../lib/environments.ts'
import { at, environment, only, type Synthesized, synthesize } from '../synthesized.ts'

const outputsOf = ({ templates }: Synthesized, stack: string) => templates.get(stack)!.Outputs
const isClosed = ({ resources }: Synthesized) => only(resources('AWS::ApiGatewayV2::Api')).properties['DisableExecuteApiEndpoint']
const configOf = ({ resources }: Synthesized) => at(only(resources('AWS::CloudFront::Distribution')).properties, 'DistributionConfig')

/** Facts about the setting `front`. The rehearsal checks what the front does. */
export const frontFacts = (): void => {
  describe('an environment without the setting', () => {
    const types = /^AWS::(WAFv2|Route53|CertificateManager)::|::(DomainName|ApiMapping)$/

    it.each(['dev', 'staging'] as const)('such as %s has a plain front, and no domain, firewall or certificate', name => {
      const synthesized = environment(name)
      const all = [...synthesized.templates.values()].flatMap(({ Resources }) => Object.values(Resources))
      expect(all.filter(({ Type }) => types.test(Type))).toEqual([])
      expect(JSON.stringify(all)).not.toContain('FRONT_ORIGIN_DOMAIN')
      expect(JSON.stringify(all)).not.toContain('RELYING_PARTY_ID')
      expect(JSON.stringify(all)).not.toContain('FRONT_URL')
      expect(only(synthesized.resources('AWS::Cognito::UserPool')).properties).not.toHaveProperty('WebAuthnRelyingPartyID')
      expect(only(synthesized.resources('AWS::Cognito::UserPoolClient')).properties['ExplicitAuthFlows']).toEqual([
        'ALLOW_USER_PASSWORD_AUTH',
      ])
      expect(isClosed(synthesized)).toBe(false)
      const stacks = [...synthesized.templates.keys()]
      expect(stacks.filter(stack => stack.startsWith('front'))).toEqual(['front-plain'])
      const { id } = only(synthesized.resources('AWS::CloudFront::Distribution', 'front-plain'))
      expect(outputsOf(synthesized, 'front-plain')['Url']).toEqual({
        Value: { 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': [id, 'DomainName'] }]] },
      })
    })

    it('sends the requests of the API to the address of API Gateway, which stays open', () => {
      const dev = environment('dev')
      expect(at(configOf(dev), 'Origins')).toMatchObject([
        { Id: 'web', OriginPath: '/pages', S3OriginConfig: { OriginAccessIdentity: '' } },
        { Id: 'api', CustomOriginConfig: { OriginProtocolPolicy: 'https-only' } },
      ])
      const api = at(configOf(dev), 'Origins', 1)
      expect(JSON.stringify(api)).toMatch(/Fn::ImportValue":"nestegg-dev-api:.*\.execute-api\.us-east-2\./)
      expect(JSON.stringify(api)).not.toContain('OriginMtlsConfig')
      expect(JSON.stringify(outputsOf(dev, 'api')['DirectUrl'])).toContain('.execute-api.us-east-2.')
    })

    it('passes no address of a viewer on: the functions would not believe it', () => {
      const functions = environment('dev').resources('AWS::CloudFront::Function')
      expect(functions.map(({ id }) => id)).toEqual([expect.stringMatching(/^WebShowPage/)])
    })

    it('has it in its own Region, after the stage of the API', () => {
      const stacks = environment('dev').app.node.children.filter(child => child instanceof Stack)
      const front = stacks.find(({ stackName }) => stackName.endsWith('-front-plain'))!
      expect(front.region).toBe('us-east-2')
      expect(front.dependencies.map(({ stackName }) => stackName)).toContain('nestegg-dev-stage')
    })
  })

  it('without the setting, the canary opens the address of CloudFront', () => {
    const { resources, templates } = synthesize('prod', {
      settings: { ...environmentSettings('prod'), front: undefined },
      routes: [],
      jobs: [],
    })
    expect([...templates.keys()]).toContain('front-plain')
    const { properties } = only(resources('AWS::Synthetics::Canary'))
    expect(JSON.stringify(at(properties, 'RunConfig', 'EnvironmentVariables', 'URL'))).toMatch(
      /https:\/\/.*Fn::ImportValue":"nestegg-prod-front-plain:\w*DomainName/,
    )
  })

  describe('an environment with a front', () => {
    const settings = environmentSettings('prod')
    let open: Synthesized
    beforeAll(() => {
      open = synthesize('prod', { settings: { ...settings, front: { ...settings.front!, directAddress: 'open' } }, jobs: [] })
    })

    it('has its address, and closes that of API Gateway unless clients still need it', () => {
      const closed = environment('prod')
      expect([isClosed(closed), isClosed(open)]).toEqual([true, false])
      const url = { Value: 'https://app.nestegg.example' }
      expect([outputsOf(closed, 'front')['Url'], outputsOf(open, 'front')['Url']]).toEqual([url, url])
      expect([...closed.templates.keys()]).not.toContain('front-plain')
    })

    it('has it after the domain of the API, and the domain after the stage', () => {
      const { app, resources } = environment('prod')
      const stacks = app.node.children.filter(child => child instanceof Stack)
      const front = stacks.find(({ stackName }) => stackName.endsWith('-front'))!
      expect(front.dependencies.map(({ stackName }) => stackName)).toEqual(['nestegg-prod-stage'])
      expect(only(resources('AWS::ApiGatewayV2::ApiMapping')).dependsOn).toContain(only(resources('AWS::ApiGatewayV2::Stage')).id)
    })

    it('offers passkeys for its domain, which verify their user and so stand for both factors', () => {
      const { resources } = environment('prod')
      expect(only(resources('AWS::Cognito::UserPool')).properties).toMatchObject({
        MfaConfiguration: 'OPTIONAL',
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
        WebAuthnFactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
        WebAuthnRelyingPartyID: 'app.nestegg.example',
        WebAuthnUserVerification: 'required',
      })
      expect(only(resources('AWS::Cognito::UserPoolClient')).properties['ExplicitAuthFlows']).toEqual([
        'ALLOW_USER_PASSWORD_AUTH',
        'ALLOW_USER_AUTH',
      ])
      const variable = (properties: object, name: string) => at(properties, 'Environment', 'Variables', name)
      const domains = resources('AWS::Lambda::Function').flatMap(({ properties }) => {
        const domain = variable(properties, 'RELYING_PARTY_ID')
        return domain === undefined ? [] : [[domain, variable(properties, 'USER_POOL_CLIENT_ID') !== undefined]]
      })
      expect(domains.length).toBeGreaterThan(20)
      expect(new Set(domains.map(each => JSON.stringify(each)))).toEqual(new Set([JSON.stringify(['app.nestegg.example', true])]))
    })

    it('gives its address to the functions that send mail or open the page of Plaid, and to no others', () => {
      const variable = (properties: object, name: string) => at(properties, 'Environment', 'Variables', name)
      const given = open
        .resources('AWS::Lambda::Function')
        .map(({ properties }) => [
          ['MAIL_FROM_ADDRESS', 'PLAID_ENDPOINT'].some(name => variable(properties, name) !== undefined),
          variable(properties, 'FRONT_URL'),
        ])
      expect(new Set(given.map(each => JSON.stringify(each)))).toEqual(
        new Set([JSON.stringify([true, 'https://app.nestegg.example']), JSON.stringify([false, undefined])]),
      )
    })

    it('tells the functions of routes from which domain they may believe the address of a viewer, and no others', () => {
      const { resources } = open
      const origins = resources('AWS::Lambda::Function').map(({ properties, stack }) => [
        stack.startsWith('routes-'),
        at(properties, 'Environment', 'Variables', 'FRONT_ORIGIN_DOMAIN'),
      ])
      expect(new Set(origins.map(each => JSON.stringify(each)))).toEqual(
        new Set([JSON.stringify([true, 'origin.app.nestegg.example']), JSON.stringify([false, undefined])]),
      )
    })
  })
}
